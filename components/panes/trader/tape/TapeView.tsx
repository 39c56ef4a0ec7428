import {
  memo,
  type Ref,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { formatAge, formatCount } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { useZoneText } from '../../../../lib/hooks/timeZone.ts';
import { tokenPx, useAppearance } from '../../../ui/appearance.ts';
import { classes } from '../../../ui/classes.ts';
import { Pane } from '../../../ui/Pane.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { useSize } from '../../../ui/useSize.ts';
import styles from './Tape.module.css';
import { createBigLots, newSince, printsFrom } from './Tape.state.ts';
import { minimumText, type TapeChoices, TapeMenu } from './TapeMenu.tsx';
import type { TapeFeed } from './tapeFeed.ts';
import { pacedTape } from './tapePace.ts';
import { createTapePainter, type TapePaint } from './tapePainter.ts';

export interface TapeViewProps {
  market: MarketView | undefined;
  feed: TapeFeed;
  ownIds: ReadonlySet<number>;
  choices: TapeChoices;
  freshness: Freshness;
}

/** Prints, newest on top. The pointer holds them, or a key: nothing moves under it, and what came meanwhile is counted. */
export const TapeView = memo(function TapeView({ market, feed, ownIds, choices, freshness }: TapeViewProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [held, setHeld] = useState<readonly TradeView[]>();
  const rows = useRowCount(body);
  const zone = useZoneText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another market's prints are large by another size.
  const bigLots = useMemo(createBigLots, [feed]);
  const read = (): TapePaint | undefined => {
    const trades = feed.trades();
    if (market === undefined || trades === undefined) return undefined;
    const usdMin = Number(choices.minimumUsd) * 1e6;
    const filter = { market, usdMin, isMerged: choices.isMerged, ownIds };
    return { prints: printsFrom(held ?? trades, rows, filter), market, bigLots: bigLots(trades) };
  };
  usePaintedTape(body, rows, feed, read);
  const waiting = useSyncExternalStore(
    feed.subscribe,
    () => (held === undefined ? 0 : newSince(feed.trades() ?? [], held)),
    () => 0,
  );
  const isStale = freshness.face === 'stale';
  const hold = () => setHeld((now) => now ?? feed.trades());
  const release = () => setHeld(undefined);
  useAction('tape.hold', held === undefined ? hold : release);
  return (
    <Pane
      title="Tape"
      className={classes(styles.pane, isStale && styles.stale)}
      actions={
        isStale ? (
          <span className={styles.message}>held, {formatAge(freshness.ageMs)}</span>
        ) : waiting > 0 ? (
          <span className={styles.pill}>{formatCount(waiting)} new</span>
        ) : (
          <TapeMenu choices={choices} />
        )
      }
    >
      <table
        className={styles.tape}
        aria-label={`Trades ${market?.name ?? ''}`}
        onPointerEnter={hold}
        onPointerLeave={release}
      >
        <thead>
          <tr className={styles.head}>
            <th scope="col">{zone}</th>
            <th scope="col">price</th>
            <th scope="col">{market?.underlying ?? 'size'}</th>
          </tr>
        </thead>
        <TapeRows ref={body} rows={rows} zone={zone} />
      </table>
      <WhyEmpty feed={feed} read={read} minimumUsd={choices.minimumUsd} />
    </Pane>
  );
});

interface TapeRowsProps {
  ref: Ref<HTMLTableSectionElement>;
  rows: number;
  zone: string;
}

const TapeRows = memo(function TapeRows({ ref, rows, zone }: TapeRowsProps) {
  return (
    <tbody ref={ref} className={styles.rows}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place on the screen, not a trade.
        <tr key={row} className={styles.row}>
          <td title={zone}>
            <span data-part="time" />
            <span data-part="tenths" />
            <i data-part="side" />
          </td>
          <td data-part="price" />
          <td>
            <b data-part="size" />
            <i data-part="zeros" />
          </td>
        </tr>
      ))}
    </tbody>
  );
});

interface WhyEmptyProps {
  feed: TapeFeed;
  read: () => TapePaint | undefined;
  minimumUsd: string;
}

/** A tape without a line says whether it is not known, quiet, or filtered away. */
function WhyEmpty({ feed, read, minimumUsd }: WhyEmptyProps) {
  const why = useSyncExternalStore(
    feed.subscribe,
    () => {
      const kept = feed.trades()?.length;
      if (kept === undefined) return 'Waiting for the first prints.';
      if (kept === 0) return 'Nothing has traded yet.';
      // Without a least worth every print passes: none needs to be read to know it.
      if (Number(minimumUsd) === 0) return '';
      const isShown = read()?.prints.length !== 0;
      return isShown ? '' : `None of the last ${kept} prints is worth ${minimumText(minimumUsd)} USD.`;
    },
    () => '',
  );
  return why === '' ? null : <p className={styles.empty}>{why}</p>;
}

/** Whole rows that fit: two pixels lower than a row of a table. */
function useRowCount(body: RefObject<HTMLElement | null>): number {
  const size = useSize(body);
  useAppearance();
  return size === undefined ? 0 : Math.floor(size.height / (tokenPx('--row') - 2));
}

/** Paints after every render, and what is printed as often as the tape moves. */
function usePaintedTape(
  body: RefObject<HTMLTableSectionElement | null>,
  rows: number,
  feed: TapeFeed,
  read: () => TapePaint | undefined,
): void {
  const paint = useRef<(paint: TapePaint) => void>(undefined);
  const latest = useRef(read);
  useLayoutEffect(() => {
    paint.current = body.current === null || rows === 0 ? undefined : createTapePainter(body.current);
  }, [body, rows]);
  useLayoutEffect(() => {
    latest.current = read;
    const now = read();
    if (now !== undefined) paint.current?.(now);
  });
  useEffect(() => {
    const repaint = () => {
      const now = latest.current();
      if (now !== undefined) paint.current?.(now);
    };
    return feed.subscribe(pacedTape(repaint));
  }, [feed]);
}

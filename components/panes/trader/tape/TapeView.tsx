import { memo, type Ref, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { formatAge, formatCount } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { sizeText } from '../../../../lib/numberInput.ts';
import { classes } from '../../../ui/classes.ts';
import { Pane } from '../../../ui/Pane.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useSize } from '../../../ui/useSize.ts';
import styles from './Tape.module.css';
import { bigLots, filterChoices, newSince, printsFrom } from './Tape.state.ts';
import { createTapePainter, type TapeInput } from './tapePainter.ts';

export interface TapeViewProps {
  market: MarketView | undefined;
  /** Newest first. */
  trades: readonly TradeView[];
  ownIds: ReadonlySet<number>;
  freshness: Freshness;
}

const ROW_PX = 18;

/** Prints, newest on top. The pointer holds them: nothing moves under it, and what came meanwhile is counted. */
export function TapeView({ market, trades, ownIds, freshness }: TapeViewProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [lotsMin, setLotsMin] = useState(0);
  const [held, setHeld] = useState<readonly TradeView[]>();
  const rows = Math.floor((useSize(body)?.height ?? 0) / ROW_PX);
  const shown = held ?? trades;
  const big = useMemo(() => bigLots(trades), [trades]);
  const prints = useMemo(() => printsFrom(shown, lotsMin, rows), [shown, lotsMin, rows]);
  usePaintedTape(body, rows, market && { prints, market, ownIds, bigLots: big });
  const waiting = held === undefined ? 0 : newSince(trades, held);
  const isStale = freshness.face === 'stale';
  return (
    <Pane
      title="Tape"
      className={classes(styles.pane, isStale && styles.stale)}
      actions={
        isStale ? (
          <span className={styles.message}>held, {formatAge(freshness.ageMs)}</span>
        ) : waiting > 0 ? (
          <span className={styles.message}>+{formatCount(waiting)} new</span>
        ) : (
          <SizeFilter
            market={market}
            lastTicks={trades[0]?.priceTicks}
            lotsMin={lotsMin}
            onPick={setLotsMin}
          />
        )
      }
    >
      <table
        className={styles.tape}
        aria-label={`Trades ${market?.name ?? ''}`}
        onPointerEnter={() => setHeld(trades)}
        onPointerLeave={() => setHeld(undefined)}
      >
        <thead>
          <tr className={styles.head}>
            <th scope="col">UTC</th>
            <th scope="col">price</th>
            <th scope="col">{market?.underlying ?? 'size'}</th>
          </tr>
        </thead>
        <TapeRows ref={body} rows={rows} />
      </table>
    </Pane>
  );
}

const TapeRows = memo(function TapeRows({ ref, rows }: { ref: Ref<HTMLTableSectionElement>; rows: number }) {
  return (
    <tbody ref={ref} className={styles.rows}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place on the screen, not a trade.
        <tr key={row} className={styles.row}>
          <td>
            <span data-part="time" />
            <span data-part="tenths" className={styles.tenths} />
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

interface SizeFilterProps {
  market: MarketView | undefined;
  lastTicks: number | undefined;
  lotsMin: number;
  onPick: (lotsMin: number) => void;
}

function SizeFilter({ market, lastTicks, lotsMin, onPick }: SizeFilterProps) {
  if (market === undefined || lastTicks === undefined) return null;
  const choices = [...new Set([...filterChoices(lastTicks, market), lotsMin])].sort((a, b) => a - b);
  return (
    <Select
      label="smallest size shown"
      isLabelHidden
      value={String(lotsMin)}
      options={choices.map((lots) => ({
        value: String(lots),
        label: lots === 0 ? 'all' : `≥ ${sizeText(lots, market)}`,
      }))}
      onPick={(value) => onPick(Number(value))}
    />
  );
}

function usePaintedTape(
  body: React.RefObject<HTMLTableSectionElement | null>,
  rows: number,
  input: TapeInput | undefined,
): void {
  const paint = useRef<(input: TapeInput) => void>(undefined);
  useLayoutEffect(() => {
    paint.current = body.current === null || rows === 0 ? undefined : createTapePainter(body.current);
  }, [body, rows]);
  useLayoutEffect(() => {
    if (input !== undefined) paint.current?.(input);
  });
}

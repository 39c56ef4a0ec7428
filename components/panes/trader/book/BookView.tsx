import { useId, useMemo, useRef, useState } from 'react';
import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Pane } from '../../../ui/Pane.tsx';
import { useHotkey } from '../../../ui/useHotkey.ts';
import styles from './Book.module.css';
import { type BookSides, middleTicks, outside, pickOf, takenBy } from './Book.state.ts';
import { LadderGrid } from './LadderGrid.tsx';
import { ColumnHeads, FollowButton, LadderAction, StepPicker } from './LadderHead.tsx';
import { rowWords } from './ladderText.ts';
import { useFollow, useGroup, usePainted, useRowCount, useWindow } from './useLadder.ts';
import { type CellPlace, useLadderKeys } from './useLadderKeys.ts';

export interface BookViewProps {
  market: MarketView | undefined;
  book: BookSides | undefined;
  freshness: Freshness;
  /** Own open orders of this market. */
  orders: readonly OrderView[];
  lastTicks: number | undefined;
  /** The part of the ticket that would trade at once; undefined when there is none. */
  taking: { side: SideName; lots: number; limitTicks: number | undefined } | undefined;
  onPick: (priceTicks: number, side: SideName | undefined) => void;
}

const noneTaken: ReadonlyMap<number, number> = new Map();
const ROW_PX = 20;

export function BookView({ market, book, freshness, orders, lastTicks, taking, onPick }: BookViewProps) {
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const [words, setWords] = useState('');
  const rows = useRowCount(body);
  const middle = book === undefined ? undefined : middleTicks(book);
  const { groupTicks, chooseGroup } = useGroup(book);
  const { window, centre, scroll } = useWindow(middle, rows, groupTicks);
  const taken = useMemo(
    () => (book && taking && groupTicks ? takenBy(book, taking, groupTicks) : noneTaken),
    [book, taking, groupTicks],
  );
  const input = market && book && window && { market, book, window, orders, taken, lastTicks };
  const painted = usePainted(body, rows, input);
  const pick = (place: CellPlace) => {
    const row = painted.current[place.row];
    if (row === undefined) return;
    const { priceTicks, side } = pickOf(place.column, row);
    onPick(priceTicks, side);
  };
  const say = (place: CellPlace) => {
    const row = painted.current[place.row];
    if (row !== undefined && market !== undefined) setWords(rowWords(row, market));
  };
  const keys = useLadderKeys({
    id,
    grid: body,
    rows,
    onMove: say,
    onPick: pick,
    onCentre: centre,
    onScroll: scroll,
  });
  const { isFollowing, setFollowing, hold } = useFollow(middle, window, centre);
  useHotkey('c', centre);
  const gone = book && window && outside(book, window);
  const isHeld = freshness.face === 'stale' || freshness.face === 'wrong';
  return (
    <Pane
      title="Ladder"
      className={classes(styles.pane, isHeld && styles.held)}
      aside={
        <>
          <StepPicker market={market} middle={middle} groupTicks={groupTicks} onChoose={chooseGroup} />
          <FollowButton isFollowing={isFollowing} onFollow={setFollowing} />
        </>
      }
      actions={<LadderAction freshness={freshness} onCentre={centre} />}
    >
      <table
        className={styles.grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA allows grid on a table; the keys below make it one.
        role="grid"
        aria-label={`Ladder ${market?.name ?? ''}`}
        aria-rowcount={rows + 1}
        aria-colcount={5}
        aria-activedescendant={keys.activeId}
        tabIndex={0}
        onKeyDown={keys.onKeyDown}
        onBlur={keys.onBlur}
        onPointerEnter={() => {
          hold.current = true;
        }}
        onPointerLeave={() => {
          hold.current = keys.activeId !== undefined;
        }}
        onClick={(event) => {
          const place = keys.placeOf(event.target);
          if (place !== undefined) pick(place);
        }}
        onWheel={(event) => scroll(-event.deltaY / ROW_PX)}
      >
        <ColumnHeads unit={market?.underlying ?? ''} />
        <LadderGrid ref={body} rows={rows} id={id} />
      </table>
      <p className="visually-hidden" aria-live="polite">
        {words}
      </p>
      {freshness.face === 'wrong' && (
        <p className={classes(styles.outside, styles.below, styles.reason)}>{freshness.reason}</p>
      )}
      {gone !== undefined && (
        <div className={classes(styles.outside, styles[gone])}>
          <Button tone="warn" onClick={centre}>
            {gone === 'above' ? '▲' : '▼'} market is {gone}, centre
          </Button>
        </div>
      )}
    </Pane>
  );
}

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { tokenPx, useAppearance } from '../../../ui/appearance.ts';
import { useSize } from '../../../ui/useSize.ts';
import {
  type BookSides,
  centredOn,
  isOffCentre,
  type LadderRow,
  type LadderWindow,
  ladderRows,
  middleTicks,
  usualGroup,
} from './Book.state.ts';
import { createLadderPainter, type LadderPainter } from './ladderPainter.ts';

/** Whole rows that fit the box; 0 until it is on the page. */
export function useRowCount(box: RefObject<HTMLElement | null>): number {
  const size = useSize(box);
  useAppearance();
  return size === undefined ? 0 : Math.floor(size.height / tokenPx('--row'));
}

/**
 * Ticks per row: what was chosen, else the usual step for the price of the first book. It stays when the
 * price drifts over the edge of another step, because a ladder that regroups itself moves under the hand.
 */
export function useGroup(book: BookSides | undefined) {
  const [chosen, choose] = useState<number>();
  const [usual, setUsual] = useState<number>();
  useEffect(() => {
    if (book !== undefined && middleTicks(book) !== undefined) setUsual((now) => now ?? usualGroup(book));
  }, [book]);
  return { groupTicks: chosen ?? usual, chooseGroup: choose };
}

/** The window of the ladder: set once when the first book comes, then only by somebody's command. */
export function useWindow(middle: number | undefined, rows: number, groupTicks: number | undefined) {
  const [top, setTop] = useState<{ bucket: number; groupTicks: number }>();
  const centre = useCallback(() => {
    if (middle !== undefined && rows > 0 && groupTicks !== undefined) {
      setTop({ bucket: centredOn(middle, rows, groupTicks).top, groupTicks });
    }
  }, [middle, rows, groupTicks]);
  const isPlaced = top !== undefined && top.groupTicks === groupTicks;
  useEffect(() => {
    if (!isPlaced) centre();
  }, [isPlaced, centre]);
  const rest = useRef(0);
  const scroll = useCallback((byRows: number) => {
    // A trackpad sends parts of a row.
    rest.current += byRows;
    const whole = Math.trunc(rest.current);
    rest.current -= whole;
    setTop((now) => now && { ...now, bucket: now.bucket + whole });
  }, []);
  const window: LadderWindow | undefined = isPlaced
    ? { top: top.bucket, rows, groupTicks: top.groupTicks }
    : undefined;
  return { window, centre, scroll };
}

const FOLLOW_KEY = 'ballast.ladder.follows';

/**
 * Following is a choice, kept in this browser. Nothing moves while the pointer or the keyboard is on the
 * ladder: a price must not slip away under a click.
 */
export function useFollow(
  middle: number | undefined,
  window: LadderWindow | undefined,
  centre: () => void,
): { isFollowing: boolean; setFollowing: (isFollowing: boolean) => void; hold: RefObject<boolean> } {
  const [isFollowing, setState] = useState(false);
  const hold = useRef(false);
  useEffect(() => setState(localStorage.getItem(FOLLOW_KEY) === 'yes'), []);
  const setFollowing = useCallback((follows: boolean) => {
    localStorage.setItem(FOLLOW_KEY, follows ? 'yes' : 'no');
    setState(follows);
  }, []);
  useEffect(() => {
    if (!isFollowing || hold.current || middle === undefined || window === undefined) return;
    if (isOffCentre(middle, window)) centre();
  }, [isFollowing, middle, window, centre]);
  return { isFollowing, setFollowing, hold };
}

export interface PaintInput {
  market: MarketView;
  book: BookSides;
  window: LadderWindow;
  orders: readonly OrderView[];
  taken: ReadonlyMap<number, number>;
  lastTicks: number | undefined;
}

/** Paints after every render; returns what is on the screen, for clicks and keys. */
export function usePainted(
  grid: RefObject<HTMLElement | null>,
  rowCount: number,
  input: PaintInput | undefined,
): RefObject<readonly LadderRow[]> {
  const painter = useRef<LadderPainter>(undefined);
  const painted = useRef<readonly LadderRow[]>([]);
  useLayoutEffect(() => {
    // New elements need a painter of their own; a height of no rows has nothing to paint.
    painter.current = grid.current === null || rowCount === 0 ? undefined : createLadderPainter(grid.current);
  }, [grid, rowCount]);
  useLayoutEffect(() => {
    if (input === undefined || painter.current === undefined) return;
    painted.current = ladderRows(input);
    painter.current.paint(painted.current, input.market, input.window.groupTicks);
  });
  return painted;
}

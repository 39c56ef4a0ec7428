import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { tokenPx, useAppearance } from '../../../ui/appearance.ts';
import { useSize } from '../../../ui/useSize.ts';
import { type LadderInput, type LadderRow, ladderRows } from './Book.state.ts';
import type { LadderFeed } from './ladderFeed.ts';
import { createLadderPainter, type LadderPainter } from './ladderPainter.ts';
import {
  centredOn,
  isOffCentre,
  type LadderWindow,
  middleTicks,
  nextGroup,
  usualGroup,
} from './ladderWindow.ts';

/** Whole rows that fit the box; 0 until it is on the page. */
export function useRowCount(box: RefObject<HTMLElement | null>): number {
  const size = useSize(box);
  useAppearance();
  return size === undefined ? 0 : Math.floor(size.height / tokenPx('--row'));
}

/** A price of the market, the first one that was known: what steps and sizes are chosen by. */
export function useFirstPrice(feed: LadderFeed): number | undefined {
  const [first, setFirst] = useState<number>();
  useEffect(() => {
    const look = () => {
      const book = feed.book();
      if (book !== undefined) setFirst((now) => now ?? middleTicks(book));
    };
    look();
    return first === undefined ? feed.subscribe(look) : undefined;
  }, [feed, first]);
  return first;
}

/**
 * Ticks per row: what was chosen, else the usual step for the first book. It stays when the price drifts over
 * the edge of another step, because a ladder that regroups itself moves under the hand.
 */
export function useGroup(feed: LadderFeed, firstPrice: number | undefined) {
  const [chosen, choose] = useState<number>();
  const [usual, setUsual] = useState<number>();
  useEffect(() => {
    const book = feed.book();
    if (firstPrice !== undefined && book !== undefined) setUsual((now) => now ?? usualGroup(book));
  }, [feed, firstPrice]);
  const groupTicks = chosen ?? usual;
  const step = (by: 1 | -1) => {
    if (groupTicks !== undefined && firstPrice !== undefined) choose(nextGroup(groupTicks, by, firstPrice));
  };
  return { groupTicks, chooseGroup: choose, stepGroup: step };
}

/** The window of the ladder: set once when the first book comes, then only by somebody's command. */
export function useWindow(feed: LadderFeed, isPriced: boolean, rows: number, groupTicks: number | undefined) {
  const [top, setTop] = useState<{ bucket: number; groupTicks: number }>();
  const centre = useCallback(() => {
    const book = feed.book();
    const middle = book && middleTicks(book);
    if (middle !== undefined && rows > 0 && groupTicks !== undefined) {
      setTop({ bucket: centredOn(middle, rows, groupTicks).top, groupTicks });
    }
  }, [feed, rows, groupTicks]);
  const isPlaced = top !== undefined && top.groupTicks === groupTicks;
  useEffect(() => {
    if (isPriced && !isPlaced) centre();
  }, [isPriced, isPlaced, centre]);
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

/**
 * Whoever chose to follow is recentred when the market leaves the middle half. Nothing moves while the pointer or
 * the keyboard is on the ladder: a price must not slip away under a click.
 */
export function useFollow(
  feed: LadderFeed,
  window: LadderWindow | undefined,
  isFollowing: boolean,
  centre: () => void,
): RefObject<boolean> {
  const hold = useRef(false);
  useEffect(() => {
    if (!isFollowing || window === undefined) return;
    const look = () => {
      const book = feed.book();
      const middle = book && middleTicks(book);
      if (!hold.current && middle !== undefined && isOffCentre(middle, window)) centre();
    };
    look();
    return feed.subscribe(look);
  }, [feed, isFollowing, window, centre]);
  return hold;
}

/** Something short about the market, rendered again only when it reads differently. */
export function useFeedFact<T extends string | number | undefined>(feed: LadderFeed, read: () => T): T {
  return useSyncExternalStore(feed.subscribe, read, read);
}

/** What the rows depend on besides the market itself. */
export interface PaintInput extends Omit<LadderInput, 'book' | 'lastTicks'> {
  market: MarketView;
}

export interface Painted {
  /** What is on the screen, for clicks and keys. */
  rows: RefObject<readonly LadderRow[]>;
  /** Paints now: something changed that React does not know. */
  repaint: () => void;
}

/** Paints after every render and at every change of the market, once a frame. */
export function usePainted(
  grid: RefObject<HTMLElement | null>,
  rowCount: number,
  feed: LadderFeed,
  read: () => PaintInput | undefined,
): Painted {
  const painter = useRef<LadderPainter>(undefined);
  const painted = useRef<LadderRow[]>([]);
  const latest = useRef(read);
  const repaint = useCallback(() => {
    const book = feed.book();
    const input = latest.current();
    if (book === undefined || input === undefined || painter.current === undefined) return;
    painted.current = ladderRows({ ...input, book, lastTicks: feed.lastTicks() }, painted.current);
    painter.current.paint(painted.current, input.market, input.window.groupTicks);
    // Whoever checks the screen against the engine's state must know which state it shows.
    if (grid.current !== null) grid.current.dataset.seq = String(book.seq);
  }, [feed, grid]);
  useLayoutEffect(() => {
    // New elements need a painter of their own; a height of no rows has nothing to paint.
    painter.current = grid.current === null || rowCount === 0 ? undefined : createLadderPainter(grid.current);
  }, [grid, rowCount]);
  useLayoutEffect(() => {
    latest.current = read;
    repaint();
  });
  useEffect(() => feed.subscribe(oncePerTask(repaint)), [feed, repaint]);
  return { rows: painted, repaint };
}

/** Book and trades of a frame are told one after the other: both are painted together. */
function oncePerTask(run: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      run();
    });
  };
}

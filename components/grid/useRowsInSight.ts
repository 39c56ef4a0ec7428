import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

const ROW_PX = 20;
/** Rows drawn beyond the edges, so that a key lands on a row that is there. */
const OVERSCAN = 6;
/** Before the box is measured. */
const FIRST_BOX = { width: 0, height: 400 };

export interface RowsInSight {
  /** Places of the rows to draw, in order. */
  places: readonly number[];
  /** Room of the rows above and below that are not drawn, px. */
  abovePx: number;
  belowPx: number;
  /** Rows that fit the box. */
  page: number;
  scrollTo(place: number): void;
}

/** Which rows of a long table have to be drawn. Rows are `tr[data-key]`, all as high as the density has them. */
export function useRowsInSight(box: RefObject<HTMLElement | null>, keys: readonly string[]): RowsInSight {
  const virtual: Virtualizer<HTMLElement, Element> = useVirtualizer<HTMLElement, Element>({
    count: keys.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPxOf(box.current),
    overscan: OVERSCAN,
    initialRect: FIRST_BOX,
    getItemKey: (index) => keys[index] ?? index,
  });
  const items = virtual.getVirtualItems();
  return {
    places: items.map(({ index }) => index),
    abovePx: items[0]?.start ?? 0,
    belowPx: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    page: Math.max(1, items.length - 2 * OVERSCAN),
    scrollTo: (place) => virtual.scrollToIndex(place),
  };
}

function rowPxOf(box: HTMLElement | null): number {
  const row = box?.querySelector<HTMLElement>('tr[data-key]');
  return row?.getBoundingClientRect().height ?? ROW_PX;
}

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { type OrderRow, stillRows } from './Orders.state.ts';

export interface StillRows {
  rows: readonly OrderRow[];
  /** Of the element over which the pointer holds the rows. */
  box: RefObject<HTMLDivElement | null>;
  hold: () => void;
}

/** Remembers the rows as they were drawn, so that a table under the pointer can keep their places. */
export function useStillRows(orders: readonly OrderView[]): StillRows {
  const box = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  const [drawn, setDrawn] = useState<{ orders: typeof orders; isHeld: boolean; rows: readonly OrderRow[] }>({
    orders: [],
    isHeld: false,
    rows: [],
  });
  let { rows } = drawn;
  if (drawn.orders !== orders || drawn.isHeld !== isHeld) {
    rows = stillRows(rows, orders, isHeld);
    setDrawn({ orders, isHeld, rows });
  }
  useEffect(() => {
    if (!isHeld) return;
    // A leave event is lost when the element under the pointer was removed, as a cancelled row's buttons are.
    const release = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || box.current?.contains(event.target) !== true) setHeld(false);
    };
    document.addEventListener('pointermove', release);
    document.addEventListener('pointerleave', release, true);
    return () => {
      document.removeEventListener('pointermove', release);
      document.removeEventListener('pointerleave', release, true);
    };
  }, [isHeld]);
  return { rows, box, hold: () => setHeld(true) };
}

import { useReducer, useRef } from 'react';
import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { Carried } from './press.ts';

export interface Carrying {
  /** Own orders in the hand, as they are now. */
  carried: () => Carried | undefined;
  pickUp: (carried: Carried) => void;
  letGo: () => void;
  /** @returns whether something carried would go to another price than before: the rows have to be painted */
  aimAt: (priceTicks: number | undefined) => boolean;
  /** Where they would go. */
  drop: () => { side: SideName; priceTicks: number } | undefined;
}

/**
 * Own orders picked up to be put down at another price. A drag can end before React has rendered its beginning, so
 * what is held and where it aims is asked at the moment it matters.
 */
export function useCarried(orders: readonly OrderView[]): Carrying {
  const picked = useRef<Carried>(undefined);
  const aim = useRef<number>(undefined);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const carried = () => picked.current && stillOpen(picked.current, orders);
  const hold = (next: Carried | undefined) => {
    picked.current = next;
    renderAgain();
  };
  return {
    carried,
    pickUp: hold,
    letGo: () => hold(undefined),
    aimAt(priceTicks) {
      const isOther = aim.current !== priceTicks;
      aim.current = priceTicks;
      return isOther && picked.current !== undefined;
    },
    drop() {
      const held = carried();
      if (held === undefined || aim.current === undefined || aim.current === held.fromTicks) return undefined;
      return { side: held.side, priceTicks: aim.current };
    },
  };
}

/** What was filled or cancelled meanwhile is not carried any further. */
export function stillOpen(picked: Carried, orders: readonly OrderView[]): Carried | undefined {
  const ids = new Set(picked.orders.map(({ orderId }) => orderId));
  const left = orders.filter(({ orderId, state }) => ids.has(orderId) && state === 'open');
  return left.length === 0 ? undefined : { ...picked, orders: left };
}

import { type MouseEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { isPast } from '../../../../lib/past/asOf.ts';
import { type PriceSpace, ticksAt, yOf } from '../../../charts/priceSpace.ts';

/** A price somebody asked the menu of, and where on the window. */
export interface AskedPrice {
  ticks: number;
  at: { x: number; y: number };
}

/** Opens the menu of a price: at the pointer, or from the keys at a line and else at the mark. */
export function usePriceMenu(space: RefObject<PriceSpace | undefined>, markTicks: number | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<AskedPrice>();
  const onContextMenu = (event: MouseEvent) => {
    const rect = box.current?.getBoundingClientRect();
    const now = space.current;
    // Everything in it starts something: there is nothing to start in the past.
    if (isPast || rect === undefined || now === undefined) return;
    const [x, y] = [event.clientX - rect.left, event.clientY - rect.top];
    if (x > now.width || y > now.height) return;
    event.preventDefault();
    // The menu key sends its own event with no place in it; the keys of the pills have answered it already.
    if (event.detail === 0 && event.clientX === 0) return;
    setAsked({ ticks: ticksAt(now, y), at: { x: event.clientX, y: event.clientY } });
  };
  const openAt = useCallback(
    (ticks: number | undefined) => {
      const rect = box.current?.getBoundingClientRect();
      const now = space.current;
      const price = ticks ?? (markTicks === undefined ? undefined : Math.round(markTicks));
      if (rect === undefined || now === undefined || price === undefined) return;
      const y = Math.min(Math.max(yOf(now, price), 0), now.height);
      setAsked({ ticks: price, at: { x: rect.left + now.width / 2, y: rect.top + y } });
    },
    [space, markTicks],
  );
  const close = useCallback(() => setAsked(undefined), []);
  return { box, asked, onContextMenu, openAt, close };
}

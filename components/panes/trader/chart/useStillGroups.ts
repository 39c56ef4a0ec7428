import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PriceSpace } from '../../../charts/priceSpace.ts';
import type { ChartLine } from './chartLines.ts';
import { membershipOf, type PillGroup, pillGroups } from './pillGroups.ts';

/** Groups of pills that neither form nor break while a hand is at work. */
export function useStillGroups(
  lines: readonly ChartLine[],
  space: PriceSpace,
  isStill: boolean,
  alone: string | undefined,
): PillGroup[] {
  const kept = useRef<ReadonlyMap<string, string>>(undefined);
  const groups = pillGroups(lines, space, isStill ? kept.current : undefined, alone);
  useEffect(() => {
    if (!isStill) kept.current = membershipOf(groups);
  }, [isStill, groups]);
  return groups;
}

/** Whether the pointer is over a pill. A leave event is lost when the pill under the pointer was removed. */
export function usePointerOver(box: RefObject<HTMLElement | null>, onOver: (isOver: boolean) => void) {
  const [over, setOver] = useState<string>();
  const isOver = over !== undefined;
  useEffect(() => onOver(isOver), [isOver, onOver]);
  useEffect(() => {
    if (over === undefined) return;
    const follow = ({ target }: PointerEvent) => {
      const isInside = target instanceof Node && box.current?.contains(target) === true;
      if (!isInside) setOver(undefined);
    };
    document.addEventListener('pointermove', follow);
    document.addEventListener('pointerleave', follow, true);
    return () => {
      document.removeEventListener('pointermove', follow);
      document.removeEventListener('pointerleave', follow, true);
    };
  }, [over, box]);
  return { over, setOver };
}

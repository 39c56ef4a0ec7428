import { useState } from 'react';
import { isMove } from '../../../../lib/firm/changeSet.ts';
import { type Drop, dropAt } from '../../../../lib/firm/drop.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { addPart, changeSetStore } from '../../../../lib/stores/changeSetStore.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { carriedOf, type RowDrag, type RowDrop } from './carried.ts';
import type { TreeLine } from './Tree.state.ts';

/** What is picked up in the tree, where it is held, and what it would mean to put it down there. */
export interface Held {
  /** The line that is picked up. */
  line: TreeLine | undefined;
  isByKeys: boolean;
  /** Where it is held now, and what that means; undefined over what takes nothing. */
  over: { target: TreeLine; drop: Drop } | undefined;
  dragOf(line: TreeLine): RowDrag;
  dropOn(line: TreeLine): RowDrop;
  /** The pointer has gone where nothing can be put down. */
  leave(): void;
  /** Whether a key on the line that has the focus picked up, put down or put back. */
  onKey(key: string, at: TreeLine | undefined): boolean;
}

/** @param focused the line that has the focus: where something is held that was picked up with the keyboard */
export function useHeld(lines: readonly TreeLine[], focused: string | undefined): Held {
  const markets = useMarkets();
  // What is past is looked at and stays where it was.
  const isPast = useIsPast();
  const [picked, setPicked] = useState<{ key: string; isByKeys: boolean }>();
  const [pointed, setPointed] = useState<string>();
  const isByKeys = picked?.isByKeys === true;
  const line = picked && lines.find(({ key }) => key === picked.key);
  const carried = line && carriedOf(line, markets);
  const dropOf = (target: TreeLine | undefined): Drop | undefined =>
    carried === undefined || target?.kind !== 'branch' ? undefined : dropAt(carried, target.branch.node);
  const putBack = () => {
    setPicked(undefined);
    setPointed(undefined);
  };
  const putDown = (target: TreeLine | undefined) => {
    const drop = dropOf(target);
    if (drop === undefined || 'forbidden' in drop) return;
    putBack();
    // While moves are being drafted what is put down is one of them: nothing is asked for before all are.
    if (changeSetStore.getState().isOpen && isMove(drop.draft)) addPart(drop.draft);
    else openChange(drop.draft);
  };
  const target = lines.find(({ key }) => key === (isByKeys ? focused : pointed));
  const drop = target?.key === picked?.key ? undefined : dropOf(target);
  return {
    line,
    isByKeys,
    over: target === undefined || drop === undefined ? undefined : { target, drop },
    dragOf: (of) => ({
      isHeld: of.key === picked?.key,
      isMovable: !isPast && carriedOf(of, markets) !== undefined,
      onStart: () => setPicked({ key: of.key, isByKeys: false }),
      onEnd: putBack,
      onOver: () => setPointed(of.key),
    }),
    dropOn: (of) => {
      const found = dropOf(of);
      return found === undefined || 'forbidden' in found ? found : { onDrop: () => putDown(of) };
    },
    leave: () => setPointed(undefined),
    onKey: (key, at) => {
      if (!isByKeys) {
        const isPicking =
          !isPast && key.toLowerCase() === 'm' && at !== undefined && carriedOf(at, markets) !== undefined;
        if (isPicking) setPicked({ key: at.key, isByKeys: true });
        return isPicking;
      }
      if (key === 'Escape') putBack();
      else if (key === 'Enter' || key === ' ') putDown(at);
      else return false;
      return true;
    },
  };
}

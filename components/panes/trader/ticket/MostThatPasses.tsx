'use client';

import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { useMost } from '../../../../lib/hooks/draft.ts';
import { sizeText } from '../../../../lib/numberInput.ts';
import { setSize } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';

/** The way on from a refusal that a smaller order would pass. */
export function MostThatPasses({ market }: { market: MarketView }) {
  const most = useMost();
  if (most?.lots === 0) return <Button disabled>No size passes</Button>;
  const size = most && sizeText(most.lots, market);
  return (
    <Button
      aria-live="off"
      isPending={size === undefined}
      onClick={() => size !== undefined && setSize(size)}
    >
      {size === undefined ? 'Finding the most that passes' : `Use ${size}, the most that passes`}
    </Button>
  );
}

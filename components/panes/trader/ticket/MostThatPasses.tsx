import { useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { requestPreview } from '../../../../lib/connection.ts';
import { orderOf } from '../../../../lib/draftOrder.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { RequestError } from '../../../../lib/http.ts';
import { largestSize } from '../../../../lib/largestSize.ts';
import { lotsOf, sizeText } from '../../../../lib/numberInput.ts';
import { pulse } from '../../../../lib/stores/connectionStore.ts';
import { setSize } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';

/** Asks the engine's copy for the largest size it would take and writes it into the ticket. */
export function MostThatPasses({ market }: { market: MarketView }) {
  const draft = useDraft();
  const account = useSelectedAccount()?.account;
  const [answer, setAnswer] = useState<'asking' | 'none'>();
  const find = async () => {
    const reading = orderOf(draft, account ?? -1, market, pulse()?.timeMs ?? 0);
    const refusedLots = reading.is === 'order' ? lotsOf(reading.order.size, market) : undefined;
    if (reading.is !== 'order' || refusedLots === undefined) return;
    setAnswer('asking');
    try {
      const { order } = reading;
      const most = await largestSize(
        (lots) => requestPreview({ ...order, size: sizeText(lots, market) }),
        refusedLots,
      );
      if (most > 0) setSize(sizeText(most, market));
      setAnswer(most > 0 ? undefined : 'none');
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setAnswer(undefined);
    }
  };
  return (
    <Button onClick={find} isPending={answer === 'asking'} disabled={answer === 'none'}>
      {answer === 'none' ? 'No size passes' : 'Use the most that passes'}
    </Button>
  );
}

import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PlacedOperation } from '../../../../lib/draftOrder.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { usePacedMark } from '../../../../lib/hooks/market.ts';
import { operationGuards } from '../../../../lib/operationGuards.ts';
import { type LimitReading, limitReadings } from './Ticket.limits.ts';

/** What the engine and the person's own guards allow, and how much of it this order takes; empty until it is known. */
export function useLimits({
  market,
  operation,
}: {
  market: MarketView | undefined;
  operation: PlacedOperation | undefined;
}): LimitReading[] {
  const preview = usePreview();
  const account = useAccount();
  const mark = usePacedMark(market?.instrument ?? -1);
  if (market === undefined || operation === undefined || preview.state !== 'known') return [];
  const guards = operationGuards(operation, preview.preview);
  return limitReadings({ operation, preview: preview.preview, market, mark, account, guards });
}

import type { PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { OrderDraftWire } from '../../../../engine/protocol/wire/commands.ts';
import { sizeText } from '../../../../lib/numberInput.ts';

/** By listing, which never changes: a sort by a moving number would move rows under the pointer. */
export function positionsInOrder(positions: readonly PositionView[]): readonly PositionView[] {
  return [...positions].sort((a, b) => a.instrument - b.instrument);
}

export function totalsOf(positions: readonly PositionView[]): {
  notionalUsd: number;
  unrealizedPnlUsd: number;
} {
  let notionalUsd = 0;
  let unrealizedPnlUsd = 0;
  for (const position of positions) {
    notionalUsd += Math.abs(position.notionalUsd);
    unrealizedPnlUsd += position.unrealizedPnlUsd;
  }
  return { notionalUsd, unrealizedPnlUsd };
}

/** The order that closes a position and can do nothing else. */
export function flattenOrder(
  account: number,
  position: Pick<PositionView, 'lots'>,
  market: MarketView,
): OrderDraftWire {
  return {
    account,
    instrument: market.name,
    side: position.lots > 0 ? 'sell' : 'buy',
    type: 'market',
    size: sizeText(Math.abs(position.lots), market),
    isReduceOnly: true,
  };
}

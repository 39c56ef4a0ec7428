import type { OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { formatDistance, formatPoints } from '../../../../lib/format.ts';
import type { FillAt, FillReading } from '../../../../lib/hooks/fillReading.ts';
import { type Level, levelOf } from '../../../../lib/riskLevel.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag } from './drag.ts';

/** What an order would leave of the account if it filled where it is held. */
export interface EffectWords {
  distance: string | undefined;
  level: Level;
  /** Change of maintenance margin as a share of equity; undefined where there is no such share. */
  margin: string | undefined;
  /** Why the engine would not take it there. */
  refusal: string | undefined;
}

const nothingSaid = { distance: undefined, level: 'safe', margin: undefined } as const;

/** @param preview the engine's word on the amendment; until it is there nothing speaks against it */
export function effectWords(
  reading: FillReading | undefined,
  preview: Pick<PreviewView, 'refusal'> | undefined,
): EffectWords | undefined {
  if (reading === undefined && preview?.refusal === undefined) return undefined;
  const filled = reading === undefined ? nothingSaid : fillWords(reading);
  return { ...filled, refusal: preview?.refusal?.message };
}

function fillWords({ now, after }: FillReading): Omit<EffectWords, 'refusal'> {
  const { state, sigmas } = after.distance;
  const margin =
    now.ratioPpm < 0 || after.ratioPpm < 0 ? undefined : `MM ${formatPoints(after.ratioPpm - now.ratioPpm)}`;
  switch (state) {
    case 'noRisk':
      return { distance: 'no risk left if it fills there', level: 'safe', margin };
    case 'liquidatable':
      return { distance: 'liquidation if it fills there', level: 'danger', margin };
    case 'beyond':
    case 'measured': {
      return {
        distance: `${formatDistance(sigmas)}σ left if it fills there`,
        level: levelOf(sigmas),
        margin,
      };
    }
  }
}

/** The fill to ask about while an order is held: all that is open, a reduce-only order no more than it can close. */
export function fillInHand(
  drag: Drag,
  lines: readonly ChartLine[],
  market: MarketView | undefined,
  position: PositionView | undefined,
): FillAt | undefined {
  if (drag.tag !== 'carried' || market === undefined) return undefined;
  const line = lines.find((each) => each.key === drag.key);
  if (line?.subject.is !== 'order') return undefined;
  const { order } = line.subject;
  const lots = fillLots(order, position?.lots ?? 0);
  return lots === 0 ? undefined : { account: order.account, market, lots, priceTicks: drag.toTicks };
}

function fillLots(order: OrderView, heldLots: number): number {
  const way = order.side === 'buy' ? 1 : -1;
  if (!order.isReduceOnly) return way * order.openLots;
  return way * Math.min(order.openLots, Math.max(0, -way * heldLots));
}

import type { MarketView, MarkView } from '../../../../engine/protocol/views/market.ts';
import { USD_SCALE } from '../../../../engine/units/money.ts';
import { divFloor } from '../../../../engine/units/round.ts';
import { sizeText } from '../../../../lib/numberInput.ts';

export interface SizeChoice {
  label: string;
  /** As the quantity field takes it; empty when the choice means nothing now. */
  text: string;
}

const NOTIONALS = [
  ['10k', 10_000],
  ['50k', 50_000],
  ['250k', 250_000],
] as const;

/**
 * Sizes one press away: round notionals at mark, rounded down to a lot, and half or all of the position.
 */
export function sizeChoices(
  market: MarketView,
  mark: MarkView | undefined,
  positionLots: number,
): readonly SizeChoice[] {
  const byNotional = NOTIONALS.map(([label, dollars]) => {
    const lots = mark === undefined ? 0 : divFloor(dollars * USD_SCALE, mark.markUsdPerLot);
    return choice(label, lots, market);
  });
  const held = Math.abs(positionLots);
  return [...byNotional, choice('½ pos', Math.floor(held / 2), market), choice('pos', held, market)];
}

function choice(label: string, lots: number, market: MarketView): SizeChoice {
  return { label, text: lots > 0 ? sizeText(Math.min(lots, market.sizeLotsMax), market) : '' };
}

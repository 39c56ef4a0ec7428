import { errors } from '../../../../engine/protocol/errors.ts';
import type { LevelView, MarketView, MarkView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatUsdShort } from '../../../../lib/format.ts';
import { lotsOf, nearestTicks, readNumber, ticksOf } from '../../../../lib/numberInput.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';

/** What the size is worth: at the limit where there is one, else at mark. */
export function notionalHint(
  draft: Draft,
  market: MarketView | undefined,
  mark: MarkView | undefined,
): string | undefined {
  const size = readNumber(draft.sizeText);
  if (market === undefined || size.is !== 'decimal') return undefined;
  const lots = lotsOf(size.text, market);
  const price = readNumber(draft.type === 'market' ? '' : draft.priceText);
  const ticks = price.is === 'decimal' ? ticksOf(price.text, market) : undefined;
  const usdPerLot = ticks === undefined ? mark?.markUsdPerLot : ticks * market.usdPerTickLot;
  if (lots === undefined || usdPerLot === undefined) return undefined;
  return `${formatUsdShort(lots * usdPerLot)} USDC`;
}

/** Where the price stands in the book: `ask + 3` ticks, `bid`, `inside`. */
export function priceHint(
  draft: Draft,
  market: MarketView | undefined,
  book: { bids: readonly LevelView[]; asks: readonly LevelView[] } | undefined,
): string | undefined {
  const price = readNumber(draft.priceText);
  if (market === undefined || price.is !== 'decimal') return undefined;
  const ticks = ticksOf(price.text, market);
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  if (ticks === undefined || bid === undefined || ask === undefined) return undefined;
  if (ticks >= ask) return ticks === ask ? 'ask' : `ask + ${ticks - ask}`;
  if (ticks <= bid) return ticks === bid ? 'bid' : `bid − ${bid - ticks}`;
  return 'inside';
}

export function sizeFault(draft: Draft, market: MarketView | undefined): string | undefined {
  const size = readNumber(draft.sizeText);
  if (size.is === 'unreadable') return 'Not a number.';
  if (market === undefined || size.is === 'empty') return undefined;
  if (lotsOf(size.text, market) !== undefined) return undefined;
  return errors['order.sizeOffLot'][1];
}

/** The engine would say the same; saying which prices would pass is what it cannot know. */
export function priceFault(typed: string, market: MarketView | undefined): string | undefined {
  const price = readNumber(typed);
  if (price.is === 'unreadable') return 'Not a number.';
  if (market === undefined || price.is === 'empty' || ticksOf(price.text, market) !== undefined)
    return undefined;
  const near = nearestTicks(price.text, market);
  if (near === undefined) return errors['order.priceOffTick'][1];
  return `Off tick: ${formatPrice(near.below, market)} or ${formatPrice(near.above, market)}.`;
}

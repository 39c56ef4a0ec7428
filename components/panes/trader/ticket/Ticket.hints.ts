import { pageErrors } from '../../../../engine/protocol/pageErrors.ts';
import type { LevelView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { type DraftContext, hasLimit, hasTrigger, sizeContext } from '../../../../lib/draftOrder.ts';
import { formatPrice, formatUsdShort } from '../../../../lib/format.ts';
import { lotsOf, nearestTicks, ticksOf } from '../../../../lib/numberInput.ts';
import { type PriceContext, readPrice } from '../../../../lib/priceInput.ts';
import { readSize } from '../../../../lib/sizeInput.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';

/** A size as the ticket reads it now: at the limit where there is one, at the trigger, else at mark. */
export function sizeReading(draft: Draft, context: DraftContext) {
  const typed = hasLimit(draft) || draft.type === 'scale' ? draft.priceText : draft.triggerText;
  const isPriced =
    draft.type !== 'market' && (hasTrigger(draft) || hasLimit(draft) || draft.type === 'scale');
  const price = isPriced ? readPrice(typed, context) : undefined;
  const inputs = sizeContext(draft, price?.is === 'decimal' ? price.text : undefined, context);
  return { size: readSize(draft.sizeText, inputs), usdPerLot: inputs.usdPerLot };
}

/** What the quantity comes to: what was computed is said back in coins, what was typed in money. */
export function sizeHint(draft: Draft, context: DraftContext): string | undefined {
  const { size, usdPerLot } = sizeReading(draft, context);
  if (size.is === 'waiting') return 'asking';
  if (size.is !== 'decimal') return undefined;
  if (size.isComputed) return `= ${size.text} ${context.market.underlying}`;
  const lots = lotsOf(size.text, context.market);
  if (lots === undefined || usdPerLot === undefined) return undefined;
  return `${formatUsdShort(lots * usdPerLot)} USDC`;
}

/** Where a price stands in the book: `ask + 3` ticks, `bid`, `inside`. What was computed is said back in USDC. */
export function priceHint(typed: string, context: PriceContext): string | undefined {
  const price = readPrice(typed, context);
  if (price.is !== 'decimal') return undefined;
  const ticks = ticksOf(price.text, context.market);
  if (ticks === undefined) return undefined;
  return price.isComputed ? `= ${formatPrice(ticks, context.market)}` : placeOf(ticks, context.book);
}

function placeOf(
  ticks: number,
  book: { bids: readonly LevelView[]; asks: readonly LevelView[] } | undefined,
): string | undefined {
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  if (bid === undefined || ask === undefined) return undefined;
  if (ticks >= ask) return ticks === ask ? 'ask' : `ask + ${ticks - ask}`;
  if (ticks <= bid) return ticks === bid ? 'bid' : `bid − ${bid - ticks}`;
  return 'inside';
}

export function sizeFault(draft: Draft, context: DraftContext): string | undefined {
  const { size } = sizeReading(draft, context);
  if (size.is === 'unreadable') return 'No quantity. Try 2.5, 50k usd, 50%, pos, max.';
  if (size.is !== 'decimal' || lotsOf(size.text, context.market) !== undefined) return undefined;
  return pageErrors['order.sizeOffLot'][1];
}

/** The engine would say the same; saying which prices would pass is what it cannot know. */
export function priceFault(typed: string, context: PriceContext): string | undefined {
  const price = readPrice(typed, context);
  if (price.is === 'unreadable') return 'No price. Try 63,100, bid+2, mid.';
  if (price.is !== 'decimal') return undefined;
  return offTickText(price.text, context.market);
}

function offTickText(price: string, market: MarketView): string | undefined {
  if (ticksOf(price, market) !== undefined) return undefined;
  const near = nearestTicks(price, market);
  if (near === undefined) return pageErrors['order.priceOffTick'][1];
  return `Off tick: ${formatPrice(near.below, market)} or ${formatPrice(near.above, market)}.`;
}

/** The price some ticks further, for the arrow keys; undefined when there is no price to start from. */
export function steppedTicks(typed: string, steps: number, context: PriceContext): number | undefined {
  const price = readPrice(typed.trim() === '' ? 'mid' : typed, context);
  const ticks = price.is === 'decimal' ? ticksOf(price.text, context.market) : undefined;
  return ticks === undefined ? undefined : Math.max(1, ticks + steps);
}

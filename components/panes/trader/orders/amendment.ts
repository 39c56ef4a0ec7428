import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { type LegName, readLeg, type TypedLeg } from '../../../../lib/bracketInput.ts';
import { priceText, readNumber, sizeText, ticksOf } from '../../../../lib/numberInput.ts';
import { bracketLegText, type OrderChange } from '../../../../lib/orderChange.ts';
import type { PriceContext } from '../../../../lib/priceInput.ts';

/** Price (or trigger), open size and the exits that are not open, as a person writes them anew. */
export interface AmendDraft {
  priceText: string;
  sizeText: string;
  /** `62,471`, `2%`, `62471/62300`; empty for none. */
  takeProfitText: string;
  stopLossText: string;
}

export const legFields: Record<LegName, 'takeProfitText' | 'stopLossText'> = {
  takeProfit: 'takeProfitText',
  stopLoss: 'stopLossText',
};

export function amendDraftOf(order: OrderView, market: MarketView): AmendDraft {
  const ticks = order.priceTicks > 0 ? order.priceTicks : order.triggerTicks;
  const legText = (name: LegName) => {
    const leg = order[name] && bracketLegText(order[name], market);
    if (leg === undefined) return '';
    return leg.price === undefined ? leg.triggerPrice : `${leg.triggerPrice}/${leg.price}`;
  };
  return {
    priceText: priceText(ticks, market),
    sizeText: sizeText(order.openLots, market),
    takeProfitText: legText('takeProfit'),
    stopLossText: legText('stopLoss'),
  };
}

/** Whether the order has the exits that were asked for, and those not that were not wanted; one that ended has all. */
export function areLegsShown(change: OrderChange, order: OrderView | undefined): boolean {
  if (order === undefined) return true;
  return (['takeProfit', 'stopLoss'] as const).every(
    (name) => change[name] === undefined || (change[name] === 'none') === (order[name] === undefined),
  );
}

/** An exit as it is written, measured from the price that is written with it. */
export function legOfDraft(
  order: OrderView,
  name: LegName,
  edited: AmendDraft,
  context: PriceContext,
): TypedLeg {
  const price = readNumber(edited.priceText);
  const entryTicks = price.is === 'decimal' ? ticksOf(price.text, context.market) : undefined;
  return readLeg(edited[legFields[name]], name, { side: order.side, entryTicks }, context);
}

/** The change that the edited texts ask for; undefined while they cannot be read or change nothing. */
export function changeOf(
  order: OrderView,
  edited: AmendDraft,
  context: PriceContext,
): OrderChange | undefined {
  const { market } = context;
  const before = amendDraftOf(order, market);
  const price = readNumber(edited.priceText);
  const size = readNumber(edited.sizeText);
  if (price.is !== 'decimal' || size.is !== 'decimal') return undefined;
  const change: OrderChange = {};
  if (edited.sizeText !== before.sizeText) change.size = size.text;
  if (edited.priceText !== before.priceText) {
    if (order.priceTicks > 0) change.price = price.text;
    else change.triggerPrice = price.text;
  }
  for (const name of ['takeProfit', 'stopLoss'] as const) {
    if (edited[legFields[name]].trim() === before[legFields[name]]) continue;
    const typed = legOfDraft(order, name, edited, context);
    if (typed.is !== 'leg' && typed.is !== 'empty') return undefined;
    change[name] = typed.is === 'leg' ? typed.leg : 'none';
  }
  return Object.keys(change).length > 0 ? change : undefined;
}

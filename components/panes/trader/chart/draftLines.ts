import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { hasLimit, hasTrigger, legOf } from '../../../../lib/draftOrder.ts';
import { priceText, ticksOf } from '../../../../lib/numberInput.ts';
import { type PriceContext, readPrice } from '../../../../lib/priceInput.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';

/** Texts of the draft that are a price. */
export type DraftField = 'priceText' | 'toPriceText' | 'triggerText' | 'takeProfitText' | 'stopLossText';

/** A price being written in the ticket. */
export interface DraftPrice {
  field: DraftField;
  ticks: number;
  /** `buy 40`, `buy 40 trigger`, `buy 40 take profit`. */
  words: string;
}

/** The prices of the ticket that can be read and lie on a tick: what is half written has no place yet. */
export function draftPrices(draft: Draft, context: PriceContext): DraftPrice[] {
  const { market } = context;
  const size = draft.sizeText.trim();
  const words = size === '' ? draft.side : `${draft.side} ${size}`;
  const isScale = draft.type === 'scale';
  const found: DraftPrice[] = [];
  const add = (field: DraftField, price: string | undefined, suffix: string): void => {
    const ticks = price === undefined ? undefined : ticksOf(price, market);
    if (ticks !== undefined && ticks > 0) found.push({ field, ticks, words: `${words}${suffix}` });
  };
  add('triggerText', hasTrigger(draft) ? decimalOf(draft.triggerText, context) : undefined, ' trigger');
  const limitWords = isScale ? ' from' : hasTrigger(draft) ? ' worst' : '';
  add('priceText', hasLimit(draft) || isScale ? decimalOf(draft.priceText, context) : undefined, limitWords);
  add('toPriceText', isScale ? decimalOf(draft.toPriceText, context) : undefined, ' to');
  for (const [field, name, suffix] of legs) {
    const leg = legOf(draft, name, context);
    add(field, leg.is === 'leg' ? leg.leg.triggerPrice : undefined, suffix);
  }
  return found;
}

const legs = [
  ['takeProfitText', 'takeProfit', ' take profit'],
  ['stopLossText', 'stopLoss', ' stop'],
] as const;

function decimalOf(typed: string, context: PriceContext): string | undefined {
  const price = readPrice(typed, context);
  return price.is === 'decimal' ? price.text : undefined;
}

/** The draft with one of its prices elsewhere; a worst price behind a slash stays as it was written. */
export function withDraftPrice(
  draft: Pick<Draft, DraftField>,
  field: DraftField,
  ticks: number,
  market: MarketView,
): Partial<Draft> {
  const [, worst] = draft[field].split('/');
  const price = priceText(ticks, market);
  return { [field]: worst === undefined ? price : `${price}/${worst}` };
}

/** Whether a price of the draft follows the book: `bid+2`. */
export function followsBook(draft: Draft): boolean {
  const { priceText: price, toPriceText, triggerText, takeProfitText, stopLossText } = draft;
  return [price, toPriceText, triggerText, takeProfitText, stopLossText].some((text) => /[a-z]/i.test(text));
}

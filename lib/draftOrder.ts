import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { MINUTE_MS } from '../engine/units/time.ts';
import { readNumber } from './numberInput.ts';
import type { Draft } from './stores/draftStore.ts';

export type DraftField = 'size' | 'price' | 'triggerPrice' | 'lifeMinutes';

/** The draft as the wire writes it, or the first field that is still missing or cannot be read. */
export type DraftReading =
  | { is: 'order'; order: OrderDraftWire }
  | { is: 'missing' | 'unreadable'; field: DraftField };

export function hasLimit(draft: Pick<Draft, 'type'>): boolean {
  return draft.type === 'limit' || draft.type === 'stopLimit' || draft.type === 'takeLimit';
}

export function hasTrigger(draft: Pick<Draft, 'type'>): boolean {
  return draft.type !== 'limit' && draft.type !== 'market';
}

/**
 * Reads what was typed into an order. Whether the numbers are on tick, in band and affordable is the
 * engine's to say: they travel as written.
 *
 * @param nowMs engine time, for an order with a life
 */
export function orderOf(draft: Draft, account: number, market: MarketView, nowMs: number): DraftReading {
  const numbers: Partial<Record<DraftField, string>> = {};
  const fields: [DraftField, string, boolean][] = [
    ['size', draft.sizeText, true],
    ['triggerPrice', draft.triggerText, hasTrigger(draft)],
    ['price', draft.priceText, hasLimit(draft)],
    ['lifeMinutes', draft.lifeMinutesText, hasLimit(draft) && draft.timeInForce === 'gtt'],
  ];
  for (const [field, typed, isAsked] of fields) {
    if (!isAsked) continue;
    const number = readNumber(typed);
    if (number.is === 'empty') return { is: 'missing', field };
    if (number.is === 'unreadable') return { is: 'unreadable', field };
    numbers[field] = number.text;
  }
  const { size = '', price, triggerPrice } = numbers;
  const { side, type, isReduceOnly } = draft;
  const order: OrderDraftWire = { account, instrument: market.name, side, type, size };
  if (price !== undefined) order.price = price;
  if (triggerPrice !== undefined) order.triggerPrice = triggerPrice;
  if (hasLimit(draft)) order.timeInForce = draft.timeInForce;
  if (hasLimit(draft) && draft.isPostOnly) order.isPostOnly = true;
  if (isReduceOnly) order.isReduceOnly = true;
  if (numbers.lifeMinutes !== undefined) {
    order.expiresAtMs = nowMs + Math.floor(Number(numbers.lifeMinutes)) * MINUTE_MS;
  }
  return { is: 'order', order };
}

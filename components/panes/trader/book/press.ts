import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { formatAge } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { LadderRow } from './Book.state.ts';

/** The columns of the ladder as they stand. */
export const columns = ['own bid', 'bid', 'price', 'ask', 'own ask'] as const;
const PRICE_COLUMN = 2;

export type PressButton = 'first' | 'second' | 'middle';

/** Own orders of one side that were picked up to be put down at another price. */
export interface Carried {
  side: SideName;
  /** The row they were picked up from. */
  fromTicks: number;
  orders: readonly OrderView[];
}

export interface Press {
  column: number;
  row: LadderRow;
  button: PressButton;
  carried: Carried | undefined;
  isArmed: boolean;
  freshness: Freshness;
}

/** What a press on a cell asks for. */
export type PressMeaning =
  | { is: 'write'; priceTicks: number; side: SideName | undefined }
  | { is: 'place'; priceTicks: number; side: SideName; size: 'first' | 'second' }
  | { is: 'pickUp'; carried: Carried }
  | { is: 'putDown'; priceTicks: number }
  | { is: 'cancel'; orders: readonly OrderView[] }
  | { is: 'refused'; sentence: string }
  | { is: 'nothing' };

/**
 * Safe, a press writes the ticket; armed, one on a bid or ask sends. An own order is picked up and put down in both:
 * safe, its move is reviewed. A middle press cancels what is ours there, whatever else is true.
 */
export function meaningOf(press: Press): PressMeaning {
  const { column, row, button, carried, isArmed, freshness } = press;
  const side = sideOf(column);
  if (button === 'middle') {
    const orders = ownOrders(row, side);
    return orders.length > 0 ? { is: 'cancel', orders } : { is: 'nothing' };
  }
  const stopped = whyStopped(freshness);
  if (stopped !== undefined) return { is: 'refused', sentence: stopped };
  if (carried !== undefined) return { is: 'putDown', priceTicks: row.priceTicks };
  const isOwnColumn = column === 0 || column === columns.length - 1;
  if (isOwnColumn && side !== undefined && button === 'first') {
    const orders = ownOrders(row, side);
    if (orders.length > 0) {
      return { is: 'pickUp', carried: { side, fromTicks: row.priceTicks, orders } };
    }
  }
  if (isArmed && side !== undefined && !isOwnColumn) {
    return { is: 'place', priceTicks: row.priceTicks, side, size: button };
  }
  return button === 'first' ? { is: 'write', priceTicks: row.priceTicks, side } : { is: 'nothing' };
}

/** The bid side buys, the ask side sells, the price only names a price. */
export function sideOf(column: number): SideName | undefined {
  if (column === PRICE_COLUMN) return undefined;
  return column < PRICE_COLUMN ? 'buy' : 'sell';
}

/** Of one side, or of both where the press names none. */
export function ownOrders(row: LadderRow, side: SideName | undefined): readonly OrderView[] {
  const bids = side === 'sell' ? [] : (row.ownBid?.orders ?? []);
  const asks = side === 'buy' ? [] : (row.ownAsk?.orders ?? []);
  return [...bids, ...asks];
}

/** Nothing goes out on a book that is not live. Cancelling does. */
function whyStopped(freshness: Freshness): string | undefined {
  if (freshness.face === 'stale')
    return `Nothing done: the book is ${formatAge(freshness.ageMs)} old. ${freshness.reason} Cancels work.`;
  if (freshness.face === 'wrong') return `Nothing done: ${freshness.reason} Cancels work.`;
  if (freshness.face === 'unknown') return 'Nothing done: the book is not known yet.';
  return undefined;
}

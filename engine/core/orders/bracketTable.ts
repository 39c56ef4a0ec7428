import type { BracketRole } from '../../protocol/enums.ts';

/**
 * A bracket: an entry and the two orders that close what it fills. It lives from the entry's acceptance until
 * all three have ended. Few orders have one, so its words stand here and not in the row of every order.
 */
export const BRACKET_LAYOUT = {
  /** Id of the entry, also after it has ended; 0 while the row is free. */
  entryId: 'f64',
  /** What the entry has filled and the two orders have not closed: each of them is open for just that. */
  heldLots: 'f64',
  account: 'i32',
  instrument: 'i32',
  /** Side of the entry; what closes its fills is on the other. */
  entrySide: 'i32',
  /** Rows of the three orders; NONE for one that is not there yet, or not any more. */
  entry: 'i32',
  takeProfit: 'i32',
  stopLoss: 'i32',
  /** What the two will be, or are: 0 ticks for one that was not asked for or was given up. */
  takeProfitTicks: 'i32',
  takeProfitLimitTicks: 'i32',
  stopLossTicks: 'i32',
  stopLossLimitTicks: 'i32',
  /** Orders for which room is kept in the books while the entry can fill. */
  promisedOrders: 'i32',
} as const;

/** Bracket of an order row, where the order's `packed` says that it has one. */
export const BRACKET_LINK_LAYOUT = { bracket: 'i32' } as const;

/** Place of an order in its bracket: the entry, or one of `BracketRole`. */
export const ENTRY = 0;
export type BracketPlace = typeof ENTRY | BracketRole;

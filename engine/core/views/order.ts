import { BracketRole, nameOf, OrderFlag, OrderType, Side, TimeInForce } from '../../protocol/enums.ts';
import type { OrderView } from '../../protocol/views/account.ts';
import { lotsAhead } from '../book/depth.ts';
import { flagsOf, sideOf, timeInForceOf, typeOf } from '../book/orderTable.ts';
import { NONE } from '../memory/table.ts';
import { instrumentOfOrder, isParked } from '../orders/books.ts';
import { bracketOf, placeInBracket } from '../orders/bracketPlaces.ts';
import { ENTRY } from '../orders/bracketTable.ts';
import type { State } from '../state.ts';

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** Four words as 32 hex digits, or the empty string for none. */
export function clientIdText(a: number, b: number, c: number, d: number): string {
  return (a | b | c | d) === 0 ? '' : hexWord(a) + hexWord(b) + hexWord(c) + hexWord(d);
}

/** An open or parked order. The state does not keep when it was accepted, only at which sequence. */
export function orderViewOf(state: State, row: number): OrderView {
  const c = state.book.orders.columns;
  const packed = c.packed[row]!;
  const parked = isParked(state, row);
  return {
    orderId: c.id[row]!,
    clientId: clientIdText(c.clientId0[row]!, c.clientId1[row]!, c.clientId2[row]!, c.clientId3[row]!),
    account: c.account[row]!,
    instrument: instrumentOfOrder(state, row),
    side: nameOf(Side, sideOf(packed)),
    type: nameOf(OrderType, typeOf(packed)),
    timeInForce: nameOf(TimeInForce, timeInForceOf(packed)),
    isPostOnly: (flagsOf(packed) & OrderFlag.postOnly) !== 0,
    isReduceOnly: (flagsOf(packed) & OrderFlag.reduceOnly) !== 0,
    priceTicks: c.priceTicks[row]!,
    sizeLots: c.originalLots[row]!,
    openLots: c.openLots[row]!,
    triggerTicks: c.triggerTicks[row]!,
    expiresAtMs: c.expiresAtMs[row]!,
    acceptedSeq: c.acceptedSeq[row]!,
    acceptedMs: 0,
    lotsAhead: parked ? -1 : lotsAhead(state.book, row),
    state: parked ? 'parked' : 'open',
    ...bracketViewOf(state, row),
  };
}

type BracketFields = Pick<OrderView, 'takeProfit' | 'stopLoss' | 'entryOrderId' | 'role'>;

/** Nothing for most orders. */
function bracketViewOf(state: State, row: number): BracketFields {
  const bracket = bracketOf(state, row);
  if (bracket === NONE) return {};
  const b = state.brackets.columns;
  const place = placeInBracket(state, bracket, row);
  if (place !== ENTRY && place !== undefined)
    return { entryOrderId: b.entryId[bracket]!, role: nameOf(BracketRole, place) };
  const [takeTicks, stopTicks] = [b.takeProfitTicks[bracket]!, b.stopLossTicks[bracket]!];
  const takeProfit = { triggerTicks: takeTicks, priceTicks: b.takeProfitLimitTicks[bracket]! };
  const stopLoss = { triggerTicks: stopTicks, priceTicks: b.stopLossLimitTicks[bracket]! };
  return { ...(takeTicks !== 0 && { takeProfit }), ...(stopTicks !== 0 && { stopLoss }) };
}

/** Open and parked orders of an account, newest first. */
export function ordersOf(state: State, account: number): OrderView[] {
  const orders: OrderView[] = [];
  const { nextOfAccount } = state.book.orders.columns;
  for (let row = state.accounts.columns.firstOrder[account]!; row !== NONE; row = nextOfAccount[row]!) {
    orders.push(orderViewOf(state, row));
  }
  return orders;
}

import type { BracketRoleName } from '../../../../engine/protocol/enums.ts';
import type { BracketLegView, OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';

/** A take-profit or stop of an entry that no fill has opened yet. */
export interface WaitingLeg {
  readonly entry: OrderView;
  readonly role: BracketRoleName;
  /** Undefined for one that the entry could have and has not. */
  readonly terms: BracketLegView | undefined;
}

export const roleWords: Record<BracketRoleName, string> = { takeProfit: 'take profit', stopLoss: 'stop' };
/** Where there is little room. */
export const shortRoles: Record<BracketRoleName, string> = { takeProfit: 'TP', stopLoss: 'SL' };
const roles = ['takeProfit', 'stopLoss'] as const;

/**
 * What an order will place when it fills. One that a fill has opened is an order of its own and not among them.
 *
 * @param isAmending then also those that it could be given
 */
export function waitingLegs(
  entry: OrderView,
  market: MarketView,
  orders: readonly OrderView[],
  isAmending: boolean,
): WaitingLeg[] {
  const mayHave = entry.role === undefined && !entry.isReduceOnly && market.kind !== 'spot';
  return roles.flatMap((role) => {
    const terms = entry[role];
    const isShown = terms !== undefined || (isAmending && mayHave);
    return isShown && !isOpen(entry, role, orders) ? [{ entry, role, terms }] : [];
  });
}

function isOpen({ orderId }: OrderView, role: BracketRoleName, orders: readonly OrderView[]): boolean {
  return orders.some((order) => order.entryOrderId === orderId && order.role === role);
}

/** The order it becomes when the whole entry fills; it has the entry's id, because it is changed with it. */
export function orderToCome({ entry, role, terms }: WaitingLeg): OrderView {
  const { orderId, account, instrument, openLots, acceptedSeq, acceptedMs } = entry;
  const { triggerTicks, priceTicks } = terms ?? { triggerTicks: 0, priceTicks: 0 };
  const isMarket = priceTicks === 0;
  const types =
    role === 'takeProfit' ? (['takeMarket', 'takeLimit'] as const) : (['stopMarket', 'stopLimit'] as const);
  return {
    orderId,
    clientId: '',
    account,
    instrument,
    side: entry.side === 'buy' ? 'sell' : 'buy',
    type: types[isMarket ? 0 : 1],
    timeInForce: isMarket ? 'ioc' : 'gtc',
    isPostOnly: false,
    isReduceOnly: true,
    priceTicks,
    sizeLots: openLots,
    openLots,
    triggerTicks,
    expiresAtMs: 0,
    acceptedSeq,
    acceptedMs,
    lotsAhead: -1,
    state: 'parked',
  };
}

/** `take profit of 12`. */
export function legText({ entry, role }: WaitingLeg): string {
  return `${roleWords[role]} of ${entry.orderId}`;
}

/** `TP of 12`, where there is little room. */
export function shortLegText({ entry, role }: WaitingLeg): string {
  return `${shortRoles[role]} of ${entry.orderId}`;
}

/** Why its row is not there any more. */
export function legEndText({ entry, role }: WaitingLeg, orders: readonly OrderView[]): string {
  if (isOpen(entry, role, orders)) return 'open now';
  return orders.some(({ orderId }) => orderId === entry.orderId) ? 'removed' : 'gone with its entry';
}

import type { OrderMarginView, OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { PPM_SCALE } from '../../../../engine/units/rate.ts';
import { formatSignedPercent, formatSize, formatTime, UNKNOWN } from '../../../../lib/format.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';
import { orderKey } from '../../../../lib/orderEnds.ts';
import type { PendingOrder } from '../../../../lib/stores/accountStore.ts';
import { legText, orderToCome, roleWords, shortRoles, type WaitingLeg, waitingLegs } from './waitingLegs.ts';

const typeNames: Record<OrderView['type'], string> = {
  limit: 'Limit',
  market: 'Market',
  stopMarket: 'Stop market',
  stopLimit: 'Stop limit',
  takeMarket: 'Take market',
  takeLimit: 'Take limit',
};

export function typeText(order: Pick<OrderView, 'type'>): string {
  return typeNames[order.type];
}

/** The entry's row, of what it will place. */
export function underOf({ leg }: OrderRow): string | undefined {
  return leg && orderKey(leg.entry);
}

/** Only being written, and not even asked for. */
export function isUnset({ leg }: OrderRow): boolean {
  return leg !== undefined && leg.terms === undefined;
}

/** `GTC post`, `GTT 12:30:00`, `reduce only`. */
export function termsText(order: OrderView): string {
  const until = order.timeInForce === 'gtt' ? ` ${formatTime(order.expiresAtMs, false)}` : '';
  const flags = `${order.isPostOnly ? ' post' : ''}${order.isReduceOnly ? ' reduce' : ''}`;
  return `${order.timeInForce.toUpperCase()}${until}${flags}`;
}

/** Newest first. */
export const ordersLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'time', isDescending: true }],
  groupBy: '',
};

/** How far the price stands from the mark, ppm; undefined without a price or a mark. */
export function fromMarkPpm({
  order,
  market,
  markUsdPerLot,
}: Pick<OrderRow, 'order' | 'market' | 'markUsdPerLot'>) {
  if (order === undefined || markUsdPerLot === undefined) return undefined;
  const ticks = order.priceTicks > 0 ? order.priceTicks : order.triggerTicks;
  if (ticks === 0) return undefined;
  return Math.round(((ticks * market.usdPerTickLot - markUsdPerLot) / markUsdPerLot) * PPM_SCALE);
}

export function fromMarkText(
  order: OrderView,
  market: MarketView,
  markUsdPerLot: number | undefined,
): string {
  const ppm = fromMarkPpm({ order, market, markUsdPerLot });
  return ppm === undefined ? UNKNOWN : formatSignedPercent(ppm);
}

export function sideOf({ order, pending }: Pick<OrderRow, 'order' | 'pending'>): 'buy' | 'sell' {
  return order?.side ?? pending?.order.side ?? 'buy';
}

export function queueText(order: OrderView, market: MarketView): string {
  if (order.state === 'parked') return 'at trigger';
  if (order.lotsAhead < 0) return UNKNOWN;
  return order.lotsAhead === 0 ? 'q 0 first' : `q ${formatSize(order.lotsAhead, market)} ahead`;
}

/** An order as its row shows it: pending until the engine answered, then the engine's own. */
export interface OrderRow {
  /** Stays the same when a pending order turns solid. */
  readonly key: string;
  readonly market: MarketView;
  readonly order: OrderView | undefined;
  readonly pending: PendingOrder | undefined;
  readonly markUsdPerLot: number | undefined;
  /** What it holds of initial margin; undefined while the engine has not said. */
  readonly heldUsd: number | undefined;
  /** What else fires or falls with it. */
  readonly siblings: string;
  /** Of a row that is no order yet: `order` is then what the entry will place. */
  readonly leg: WaitingLeg | undefined;
}

export type OrderKind = 'working' | 'triggers';

export interface OrderRowsSource {
  orders: readonly OrderView[];
  pending: readonly PendingOrder[];
  margins: readonly OrderMarginView[];
  markets: readonly MarketView[];
  markOf: (instrument: number) => number | undefined;
  /** Whether an order is being written anew: then it shows also the exits that it could have. */
  isAmending: (orderId: number) => boolean;
}

/** Working orders, or those that wait for a mark; what was sent and not heard of stands among them. */
export function orderRows(kind: OrderKind, source: OrderRowsSource): OrderRow[] {
  const { orders, pending, margins, markets, markOf, isAmending } = source;
  const isOurs = (type: OrderView['type'], isParked: boolean) =>
    (kind === 'triggers') === (isParked || (type !== 'limit' && type !== 'market'));
  const sent = pending.flatMap((each): OrderRow[] => {
    const market = markets.find(({ name }) => name === each.order.instrument);
    if (market === undefined || !isOurs(each.order.type, false)) return [];
    const markUsdPerLot = markOf(market.instrument);
    const unknown = { order: undefined, heldUsd: undefined, siblings: '', leg: undefined };
    return [{ key: each.clientId, market, pending: each, markUsdPerLot, ...unknown }];
  });
  const known = orders.flatMap((order): OrderRow[] => {
    const market = markets.find(({ instrument }) => instrument === order.instrument);
    // A stop that fired works like any other order.
    const isParked = order.state === 'parked';
    if (market === undefined || (kind === 'triggers') !== isParked) return [];
    const row = {
      key: orderKey(order),
      market,
      pending: undefined,
      markUsdPerLot: markOf(order.instrument),
    };
    const heldUsd = margins.find(({ orderId }) => orderId === order.orderId)?.initialUsd;
    const legs = waitingLegs(order, market, orders, isAmending(order.orderId));
    return [
      { ...row, order, heldUsd, siblings: siblingsText(order, orders), leg: undefined },
      ...legs.map((leg): OrderRow => {
        const key = `${row.key}/${leg.role}`;
        // An order that only reduces holds none.
        return { ...row, key, order: orderToCome(leg), heldUsd: 0, siblings: legText(leg), leg };
      }),
    ];
  });
  const arrived = new Set(known.map(({ key }) => key));
  return [...sent.filter(({ key }) => !arrived.has(key)), ...known];
}

/** `take profit of 12 · or SL 14`: what an exit belongs to, and which order falls when it fires. */
export function siblingsText(order: OrderView, orders: readonly OrderView[]): string {
  const { entryOrderId, role, orderId } = order;
  if (entryOrderId === undefined || role === undefined) return '';
  const other = orders.find((each) => each.entryOrderId === entryOrderId && each.orderId !== orderId);
  const or = other?.role === undefined ? '' : ` · or ${shortRoles[other.role]} ${other.orderId}`;
  return `${roleWords[role]} of ${entryOrderId}${or}`;
}

const pendingWords: Record<PendingOrder['state'], string> = {
  sent: 'pending',
  late: 'late: no answer yet',
  unknown: 'answer lost, being asked',
  acknowledged: 'accepted',
};

export function stateText({ order, pending, leg }: OrderRow): string {
  if (leg !== undefined) return leg.terms === undefined ? 'not set' : 'waits for its fill';
  if (order === undefined) return pending === undefined ? '' : pendingWords[pending.state];
  if (order.state === 'parked') return 'waiting';
  return order.openLots < order.sizeLots ? 'partly filled' : 'working';
}

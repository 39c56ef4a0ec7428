import type { CancelReasonName } from '../engine/protocol/enums.ts';
import type { AccountDeltaMessage, AccountSnapshotMessage } from '../engine/protocol/stream.ts';
import type { FillView, OrderView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatAverage, formatSize } from './format.ts';
import { endOf } from './orderEnds.ts';
import { playSound } from './sounds/playSound.ts';
import { listing } from './stores/marketStore.ts';
import type { AccountState } from './stores/mergeAccount.ts';
import { toast } from './stores/toastStore.ts';

const reasonSentences: Record<CancelReasonName, string> = {
  requested: '',
  iocRemainder: 'It could not be filled at once.',
  selfTrade: 'It would have met an order of the same firm.',
  expired: 'Its time ran out.',
  reduceOnlyExceeded: 'There is no position left for it to reduce.',
  marginInsufficient: 'The account could not carry it any more.',
  amendedToZero: 'Nothing of it was left to work.',
  triggerRefused: 'Its trigger fired, and the order was refused.',
  instrumentExpired: 'Its contract has expired.',
  siblingFilled: 'The other order of its bracket has closed all there was to close.',
  nodeRestricted: 'The account may no longer open positions.',
  keyRevoked: 'The key that placed or changed it was revoked.',
};

type AccountNews = Pick<AccountDeltaMessage, 'orders' | 'fills' | 'notices'>;
type Notice = AccountNews['notices'][number];

/** Orders that ended and nobody here asked for it: expired or cancelled, and with how much of them filled. */
export function announceEnds({ notices, orders }: AccountNews): void {
  for (const notice of notices) {
    if (notice.reason === 'requested') continue;
    tellEnd(
      notice,
      orders.find(({ orderId }) => orderId === notice.orderId),
    );
  }
}

/** One order that ended before all of it was filled. */
export function tellEnd({ orderId, reason, filledLots }: Notice, order: OrderView | undefined): void {
  const market = order && marketOf(order);
  const words = filledLots > 0 ? `partly filled, the rest ${endOf(reason)}` : endOf(reason);
  const filled =
    filledLots > 0 && market !== undefined
      ? `${sizeOf(filledLots, market)} of ${sizeOf(order!.sizeLots, market)} was filled.`
      : '';
  toast({
    group: `order ${orderId}`,
    tone: 'warn',
    text: `Order ${orderId} ${words}.`,
    detail: [reasonSentences[reason], filled].filter(Boolean).join(' '),
  });
}

/** Fills that nobody is looking at: orders that rested and somebody met, and stops that fired. One toast an order. */
export function announceFills({ fills, orders, notices }: AccountNews): void {
  for (const orderId of new Set(fills.map((fill) => fill.orderId))) {
    const own = fills.filter((fill) => fill.orderId === orderId);
    const order = orders.find((each) => each.orderId === orderId);
    const market = marketOf(own[0]!);
    const wasWaiting = own.some(({ isMaker }) => isMaker) || (order?.triggerTicks ?? 0) > 0;
    const isTold = notices.some((notice) => notice.orderId === orderId);
    if (!wasWaiting || isTold || order === undefined || market === undefined) continue;
    const isWhole = order.openLots === 0;
    const open = isWhole || order.state === 'cancelled' ? '' : `, ${sizeOf(order.openLots, market)} open`;
    playSound(isWhole ? 'fill' : 'partFill');
    toast({
      group: `order ${orderId}`,
      tone: 'info',
      text: `${isWhole ? 'Filled' : 'Partly filled'}: ${tradedWords(own, market)}.`,
      detail: `Order ${orderId} on ${market.name}${open}.`,
    });
  }
}

/** What a fresh snapshot tells of orders that still work: they are also met while the line is down. */
export function newsOf(
  before: AccountState | undefined,
  { account, fills }: AccountSnapshotMessage,
): AccountNews {
  const fresh = before === undefined ? [] : fills.filter(({ seq }) => seq > before.seq);
  const met = new Set(fresh.map(({ orderId }) => orderId));
  const known = new Set(before?.orders.map(({ orderId }) => orderId));
  const orders = account.orders.filter(({ orderId }) => met.has(orderId) && known.has(orderId));
  return { orders, fills: fresh, notices: [] };
}

/** `bought 0.3 BTC at 63,100.0`: the sum of several trades, at their average. */
function tradedWords(fills: readonly FillView[], market: MarketView): string {
  const lots = fills.reduce((sum, fill) => sum + fill.lots, 0);
  const notionalUsd = fills.reduce((sum, { priceTicks, lots }) => sum + priceTicks * lots, 0);
  const average = formatAverage(notionalUsd * market.usdPerTickLot, lots, market);
  return `${fills[0]?.side === 'buy' ? 'bought' : 'sold'} ${sizeOf(lots, market)} at ${average}`;
}

export function sizeOf(lots: number, market: MarketView): string {
  return `${formatSize(lots, market)} ${market.underlying}`;
}

export function marketOf({ instrument }: Pick<OrderView, 'instrument'>): MarketView | undefined {
  return listing.get('listing')?.markets.find((market) => market.instrument === instrument);
}

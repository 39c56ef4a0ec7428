import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { formatSignedPercent, formatSize, formatTime, UNKNOWN } from '../../../../lib/format.ts';
import { priceText, readNumber, sizeText } from '../../../../lib/numberInput.ts';

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

/** `GTC post`, `GTT 12:30:00`, `reduce only`. */
export function termsText(order: OrderView): string {
  const until = order.timeInForce === 'gtt' ? ` ${formatTime(order.expiresAtMs, false)}` : '';
  const flags = `${order.isPostOnly ? ' post' : ''}${order.isReduceOnly ? ' reduce' : ''}`;
  return `${order.timeInForce.toUpperCase()}${until}${flags}`;
}

/** How far the price stands from the mark. */
export function fromMarkText(
  order: OrderView,
  market: MarketView,
  markUsdPerLot: number | undefined,
): string {
  const ticks = order.priceTicks > 0 ? order.priceTicks : order.triggerTicks;
  if (markUsdPerLot === undefined || ticks === 0) return UNKNOWN;
  const price = ticks * market.usdPerTickLot;
  return formatSignedPercent(Math.round(((price - markUsdPerLot) / markUsdPerLot) * 1_000_000));
}

export function queueText(order: OrderView, market: MarketView): string {
  if (order.state === 'parked') return 'at trigger';
  return order.lotsAhead === 0 ? 'first' : `q ${formatSize(order.lotsAhead, market)}`;
}

/** Price (or trigger) and open size as an amendment starts with them. */
export interface AmendDraft {
  priceText: string;
  sizeText: string;
}

export function amendDraftOf(order: OrderView, market: MarketView): AmendDraft {
  const ticks = order.priceTicks > 0 ? order.priceTicks : order.triggerTicks;
  return { priceText: priceText(ticks, market), sizeText: sizeText(order.openLots, market) };
}

/** The amendment that the edited texts ask for; undefined while they cannot be read or change nothing. */
export function amendmentOf(
  order: OrderView,
  market: MarketView,
  edited: AmendDraft,
): OperationWire | undefined {
  const before = amendDraftOf(order, market);
  const price = readNumber(edited.priceText);
  const size = readNumber(edited.sizeText);
  if (price.is !== 'decimal' || size.is !== 'decimal') return undefined;
  const { account, orderId } = order;
  const amendment: Extract<OperationWire, { type: 'AmendOrder' }> = {
    type: 'AmendOrder',
    account,
    instrument: market.name,
    orderId,
  };
  if (edited.sizeText !== before.sizeText) amendment.size = size.text;
  if (edited.priceText !== before.priceText) {
    if (order.priceTicks > 0) amendment.price = price.text;
    else amendment.triggerPrice = price.text;
  }
  const isChanged =
    amendment.size !== undefined || amendment.price !== undefined || amendment.triggerPrice !== undefined;
  return isChanged ? amendment : undefined;
}

/** A row that stays where it is while the pointer is over the table, even when its order is gone. */
export interface OrderRow {
  order: OrderView;
  isGone: boolean;
}

/** While frozen, rows keep their place: new ones go below, finished ones stay and say so. */
export function stillRows(
  shown: readonly OrderRow[],
  orders: readonly OrderView[],
  isFrozen: boolean,
): readonly OrderRow[] {
  if (!isFrozen) return orders.map((order) => ({ order, isGone: false }));
  const left = new Map(orders.map((order) => [order.orderId, order]));
  const kept = shown.map(({ order }) => {
    const now = left.get(order.orderId);
    left.delete(order.orderId);
    return now === undefined ? { order, isGone: true } : { order: now, isGone: false };
  });
  return [...kept, ...[...left.values()].map((order) => ({ order, isGone: false }))];
}

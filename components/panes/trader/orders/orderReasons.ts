import { formatMark, formatPrice, formatSignedUsd, formatSize } from '../../../../lib/format.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import type { CellReason } from '../../../../lib/reasons/reason.ts';
import { fromMarkText, type OrderRow, queueText } from './Orders.state.ts';
import { legText } from './waitingLegs.ts';

type OrderNumber = 'open' | 'filled' | 'price' | 'fromMark' | 'queue' | 'held';

const names: Record<OrderNumber, string> = {
  open: 'open size',
  filled: 'filled',
  price: 'price',
  fromMark: 'from mark',
  queue: 'queue',
  held: 'initial margin it holds',
};

/** Why each number of an order, or of an exit that waits for its entry, is what it is. */
export function orderReason(id: OrderNumber, row: OrderRow): CellReason {
  const { order, market, leg } = row;
  const whose = leg === undefined ? `order ${order?.orderId ?? ''}` : legText(leg);
  return { name: `${names[id]} of ${whose} in ${market.name}`, ...partsOf(id, row) };
}

function partsOf(id: OrderNumber, row: OrderRow): Omit<CellReason, 'name'> {
  const { order, market, markUsdPerLot, heldUsd } = row;
  if (order === undefined) return { formula: 'as it was sent: the engine has not answered yet', inputs: [] };
  const size = (lots: number) => `${formatSize(lots, market)} ${market.underlying}`;
  const sizes = [
    ['size', size(order.sizeLots)],
    ['filled', size(order.sizeLots - order.openLots)],
    ['open', size(order.openLots)],
  ] as const;
  const accepted = sourceText(order.acceptedSeq, order.acceptedMs);
  switch (id) {
    case 'open':
      return { formula: 'size as it was accepted or amended − filled', inputs: sizes };
    case 'filled':
      return { formula: 'sum of the sizes of its fills', inputs: sizes };
    case 'price':
      return { ...priceParts(row, order), source: `accepted at ${accepted}` };
    case 'fromMark':
      return {
        formula: '(its price − mark) ÷ mark; of a trigger without a limit the price it fires at',
        inputs: [
          ...priceParts(row, order).inputs,
          ['mark', markUsdPerLot === undefined ? 'not known' : formatMark(markUsdPerLot, market)],
          ['from mark', fromMarkText(order, market, markUsdPerLot)],
        ],
      };
    case 'queue':
      return {
        formula: 'sizes that rest at its price and came before it, by price and then by time',
        inputs: [
          ['ahead', queueText(order, market)],
          ['open', size(order.openLots)],
        ],
      };
    case 'held':
      return {
        formula:
          'initial margin with this order − initial margin without it, each from the worst fill of all orders; an order that only reduces holds none',
        inputs: [['it holds', heldUsd === undefined ? 'not known' : formatSignedUsd(heldUsd, 2)]],
      };
  }
}

function priceParts({ market }: OrderRow, order: NonNullable<OrderRow['order']>): Omit<CellReason, 'name'> {
  const { priceTicks, triggerTicks, state } = order;
  const limit = priceTicks > 0 ? ([['limit', formatPrice(priceTicks, market)]] as const) : [];
  if (state !== 'parked') return { formula: 'its limit: the worst price it takes or gives', inputs: limit };
  return {
    formula:
      priceTicks > 0
        ? 'it is sent to the book once the mark reaches its trigger, and then takes nothing worse than its limit'
        : 'it is sent to the market once the mark reaches its trigger',
    inputs: [['trigger', formatPrice(triggerTicks, market)], ...limit],
  };
}

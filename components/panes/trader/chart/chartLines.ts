import type { BracketRoleName } from '../../../../engine/protocol/enums.ts';
import type { BracketLegView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAverage, formatPrice, formatSignedUsd, formatSize } from '../../../../lib/format.ts';
import { ticksOf } from '../../../../lib/numberInput.ts';
import type { PriceLevel } from '../../../../lib/stores/levelStore.ts';
import type { LineMark, MarkTone } from '../../../charts/chartMarks.ts';
import { splitZeros } from '../../../ui/numberText.ts';
import { entryTicks, positionOf, standsAt } from './Chart.state.ts';
import type { DraftPrice } from './draftLines.ts';

/** What a line stands for. */
export type LineSubject =
  | { is: 'order'; order: OrderView }
  | { is: 'leg'; entry: OrderView; role: BracketRoleName; leg: BracketLegView }
  | { is: 'entry'; position: PositionView }
  | { is: 'draft'; price: DraftPrice }
  | { is: 'level'; level: PriceLevel };

/** A price of the account or of the person on the chart: a line over the candles and a pill that can be read and held. */
export interface ChartLine extends LineMark {
  /** The same for as long as the thing exists. */
  key: string;
  subject: LineSubject;
  at: 'left' | 'right';
  parts: readonly { text: string; tone: MarkTone }[];
  axisText: string;
  /** In full, for screen readers and sentences: `Buy 25 limit`. */
  name: string;
  canMove: boolean;
}

export interface LineInput {
  market: MarketView;
  /** Of this market. */
  orders: readonly OrderView[];
  positions: readonly PositionView[] | undefined;
  levels: readonly PriceLevel[];
  /** Of the ticket, while it is open on this market. */
  draftPrices: readonly DraftPrice[];
  mayTrade: boolean;
}

export function chartLines(input: LineInput, shown: { orders: boolean; entry: boolean }): ChartLine[] {
  const { market, orders, positions, levels, draftPrices } = input;
  const position = positionOf(positions, market.instrument);
  return [
    ...(shown.entry && position !== undefined ? [entryLine(position, market)] : []),
    ...(shown.orders ? orders.flatMap((order) => orderLines(order, input)) : []),
    ...(shown.orders ? draftPrices.map((price) => draftLine(price, market)) : []),
    ...levels.flatMap((level) => levelLine(level, market)),
  ];
}

/** A size without the zeros that say only how fine the lot is. */
export function shortSize(lots: number, market: MarketView): string {
  return splitZeros(formatSize(lots, market))[0];
}

function entryLine(position: PositionView, market: MarketView): ChartLine {
  const pnl = formatSignedUsd(position.unrealizedPnlUsd);
  const size = `${position.lots < 0 ? 'short' : 'long'} ${shortSize(Math.abs(position.lots), market)}`;
  return {
    key: 'entry',
    subject: { is: 'entry', position },
    priceTicks: entryTicks(position, market),
    tone: 'plain',
    at: 'left',
    dash: 'dotted',
    parts: [
      { text: `entry ${size}`, tone: 'plain' },
      { text: pnl, tone: pnl.startsWith('+') ? 'up' : pnl.startsWith('−') ? 'down' : 'plain' },
    ],
    axisText: formatAverage(position.entryValueUsd, position.lots, market),
    name: `Entry ${size}, unrealised ${pnl}`,
    canMove: false,
  };
}

function orderLines(order: OrderView, input: LineInput): ChartLine[] {
  return [orderLine(order, input.market, input.mayTrade), ...legLines(order, input)];
}

function orderLine(order: OrderView, market: MarketView, mayTrade: boolean): ChartLine {
  const tone = order.side === 'buy' ? 'up' : 'down';
  const size = shortSize(order.openLots, market);
  const kind = kindWords(order);
  const words = [order.side, size, ...(kind === 'limit' ? [] : [kind])].join(' ');
  return {
    key: `order ${order.orderId}`,
    subject: { is: 'order', order },
    priceTicks: standsAt(order),
    tone,
    at: 'right',
    dash: 'dashed',
    parts: [{ text: `${words}${order.isReduceOnly ? ' reduce' : ''}`, tone }],
    axisText: formatPrice(standsAt(order), market),
    name: `${order.side === 'buy' ? 'Buy' : 'Sell'} ${size} ${kind}${order.isReduceOnly ? ', reduce only' : ''}`,
    canMove: mayTrade,
  };
}

const legNames: Record<BracketRoleName, { role: string; name: string }> = {
  takeProfit: { role: 'take profit', name: 'Take profit' },
  stopLoss: { role: 'stop', name: 'Stop' },
};

/** What an entry will place when it fills: moved with the entry until it stands there, then as an order of its own. */
function legLines(entry: OrderView, { market, orders, mayTrade }: LineInput): ChartLine[] {
  const size = shortSize(entry.openLots, market);
  const tone: MarkTone = entry.side === 'buy' ? 'down' : 'up';
  return (['takeProfit', 'stopLoss'] as const).flatMap((bracketRole): ChartLine[] => {
    const leg = entry[bracketRole];
    if (leg === undefined) return [];
    const { role, name } = legNames[bracketRole];
    const isOpen = orders.some((each) => each.entryOrderId === entry.orderId && each.role === bracketRole);
    return [
      {
        key: `${role} of ${entry.orderId}`,
        subject: { is: 'leg', entry, role: bracketRole, leg },
        priceTicks: leg.triggerTicks,
        tone,
        at: 'right',
        dash: 'dotted',
        parts: [{ text: `${role} of ${entry.side} ${size}`, tone: 'plain' }],
        axisText: formatPrice(leg.triggerTicks, market),
        name: `${name} of ${entry.side} ${size} when it fills`,
        canMove: mayTrade && !isOpen,
      },
    ];
  });
}

function kindWords(order: OrderView): string {
  if (order.role === 'takeProfit') return 'take profit';
  if (order.role === 'stopLoss') return 'stop';
  if (order.state !== 'parked') return 'limit';
  return order.type.startsWith('stop') ? 'stop' : 'take profit';
}

function draftLine(price: DraftPrice, market: MarketView): ChartLine {
  return {
    key: `draft ${price.field}`,
    subject: { is: 'draft', price },
    priceTicks: price.ticks,
    tone: 'info',
    at: 'right',
    dash: 'dashed',
    parts: [{ text: `ticket ${price.words}`, tone: 'info' }],
    axisText: formatPrice(price.ticks, market),
    name: `In the ticket: ${price.words}`,
    canMove: true,
  };
}

function levelLine(level: PriceLevel, market: MarketView): ChartLine[] {
  const ticks = ticksOf(level.price, market);
  if (ticks === undefined) return [];
  return [
    {
      key: `level ${level.id}`,
      subject: { is: 'level', level },
      priceTicks: ticks,
      tone: 'plain',
      at: 'right',
      dash: 'dotted',
      parts: [{ text: level.crossedMs === undefined ? 'level' : 'level, crossed', tone: 'plain' }],
      axisText: formatPrice(ticks, market),
      name: level.crossedMs === undefined ? 'Level' : 'Level, crossed',
      canMove: true,
    },
  ];
}

import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { OrderDraftWire } from '../../../../engine/protocol/wire/commands.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';

/** An order that can start at a price of the chart. */
export interface PlaceChoice {
  side: SideName;
  type: 'limit' | 'stopMarket' | 'takeMarket';
  ticks: number;
  isReduceOnly: boolean;
  /** `Buy limit`, `Sell stop, closes the long`. */
  label: string;
}

/**
 * What may be placed at a price. A stop and a take-profit have one side that can wait there: on a rise a stop buys
 * and a take-profit sells, below the mark the other way round.
 *
 * @param markTicks what triggers are compared with; without it there is nothing to wait for
 * @param heldLots position, positive is long: what closes it may not open anything
 */
export function placeChoices(ticks: number, markTicks: number | undefined, heldLots: number): PlaceChoice[] {
  const choices: PlaceChoice[] = [
    choice(
      'buy',
      'limit',
      ticks,
      false,
      markTicks !== undefined && ticks > markTicks ? ', takes at once' : '',
    ),
    choice(
      'sell',
      'limit',
      ticks,
      false,
      markTicks !== undefined && ticks < markTicks ? ', takes at once' : '',
    ),
  ];
  if (markTicks === undefined || Math.round(markTicks) === ticks) return choices;
  const isAbove = ticks > markTicks;
  for (const type of ['stopMarket', 'takeMarket'] as const) {
    const side = (type === 'stopMarket') === isAbove ? 'buy' : 'sell';
    const closes = heldLots !== 0 && (side === 'sell') === heldLots > 0;
    choices.push(
      choice(side, type, ticks, closes, closes ? `, closes the ${heldLots > 0 ? 'long' : 'short'}` : ''),
    );
  }
  return choices;
}

const kinds = { limit: 'limit', stopMarket: 'stop', takeMarket: 'take profit' } as const;

function choice(
  side: SideName,
  type: PlaceChoice['type'],
  ticks: number,
  isReduceOnly: boolean,
  more: string,
): PlaceChoice {
  const label = `${side === 'buy' ? 'Buy' : 'Sell'} ${kinds[type]}${more}`;
  return { side, type, ticks, isReduceOnly, label };
}

/** The choice as the ticket's draft; the quantity stays what it is. */
export function draftOf(
  { side, type, ticks, isReduceOnly }: PlaceChoice,
  market: MarketView,
): Partial<Draft> {
  const price = priceText(ticks, market);
  if (type === 'limit') return { side, type, isReduceOnly, priceText: price };
  return { side, type, isReduceOnly, triggerText: price };
}

/**
 * The choice as an order of one size.
 *
 * @param worstOf the worst price of what may open and fills at market, from its trigger in micro-USD per lot
 */
export function orderOf(
  { side, type, ticks, isReduceOnly }: PlaceChoice,
  account: number,
  market: MarketView,
  size: string,
  worstOf: (market: MarketView, side: SideName, fromUsdPerLot: number) => string | undefined,
): OrderDraftWire {
  const price = priceText(ticks, market);
  const order: OrderDraftWire = { account, instrument: market.name, side, type, size };
  if (type === 'limit') order.price = price;
  else order.triggerPrice = price;
  const worst =
    type === 'limit' || isReduceOnly ? undefined : worstOf(market, side, ticks * market.usdPerTickLot);
  if (worst !== undefined) order.price = worst;
  if (isReduceOnly) order.isReduceOnly = true;
  return order;
}

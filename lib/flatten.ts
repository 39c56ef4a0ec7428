import type { SideName } from '../engine/protocol/enums.ts';
import type { PositionView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire, OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { sizeText } from './numberInput.ts';

/** A position with what it takes to trade out of it. */
export interface HeldPosition {
  account: number;
  market: MarketView;
  /** Positive is long. */
  lots: number;
}

/** The positions of an account whose markets trade; an expired contract is closed by its settlement, not by an order. */
export function heldPositions(
  account: number,
  positions: readonly Pick<PositionView, 'instrument' | 'lots'>[],
  markets: readonly MarketView[],
): HeldPosition[] {
  return positions.flatMap(({ instrument, lots }) => {
    const market = markets.find((each) => each.instrument === instrument);
    return market?.stage === 'trading' && lots !== 0 ? [{ account, market, lots }] : [];
  });
}

/**
 * Orders that close positions and can do nothing else, in the order the positions are given. Nothing but the engine's
 * band holds their price: an exit that does not fill leaves the risk it was to end (decision 114).
 */
export function flattenOperations(positions: readonly HeldPosition[]): OperationWire[] {
  return positions.flatMap((position) => exits(position, Math.abs(position.lots), true));
}

/** Half of each position, rounded up: pressing it again and again ends flat. */
export function halveOperations(positions: readonly HeldPosition[]): OperationWire[] {
  return positions.flatMap((position) => exits(position, Math.ceil(Math.abs(position.lots) / 2), true));
}

/**
 * The same size on the other side. One order of twice the size: the engine judges it whole, so a margin that
 * does not hold the new side refuses it with the position untouched, where two orders would leave it flat.
 */
export function reverseOperations(positions: readonly HeldPosition[], worstOf: WorstOf): OperationWire[] {
  return positions.flatMap((position) => exits(position, 2 * Math.abs(position.lots), false, worstOf));
}

/** The worst price of an order that may open; undefined for none. */
export type WorstOf = (market: MarketView, side: SideName) => string | undefined;

const toTheBand: WorstOf = () => undefined;

/** Market orders against a position, each no larger than the market takes in one. */
function exits(
  { account, market, lots }: HeldPosition,
  size: number,
  isReduceOnly: boolean,
  worstOf = toTheBand,
): OperationWire[] {
  const operations: OperationWire[] = [];
  const side = lots > 0 ? 'sell' : 'buy';
  const price = worstOf(market, side);
  for (let left = size; left > 0; left -= market.sizeLotsMax) {
    const order: OrderDraftWire = {
      account,
      instrument: market.name,
      side,
      type: 'market',
      size: sizeText(Math.min(left, market.sizeLotsMax), market),
    };
    if (isReduceOnly) order.isReduceOnly = true;
    if (price !== undefined) order.price = price;
    operations.push({ type: 'PlaceOrder', order });
  }
  return operations;
}

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
 * The same size on the other side. Where the market takes twice the size in one order it is one: the engine judges it
 * whole, so a margin that does not hold the new side refuses it with the position untouched. A larger one takes several
 * orders, and each is judged alone: first those that close, which can do nothing else, then those that open, so that
 * what is refused leaves the account flat or smaller, never larger. Its title says so.
 */
export function reverseOperations(position: HeldPosition, worstOf: WorstOf): OperationWire[] {
  const size = Math.abs(position.lots);
  if (2 * size <= position.market.sizeLotsMax) return exits(position, 2 * size, false, worstOf);
  return [...exits(position, size, true), ...exits(position, size, false, worstOf)];
}

/** What a reversal is called, and what may come of it where it takes several orders. */
export function reverseTitle({ market }: HeldPosition, { length }: readonly OperationWire[]): string {
  const title = `Reverse ${market.name}`;
  return length < 2 ? title : `${title} in ${length} orders, each judged alone: it may end flat`;
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

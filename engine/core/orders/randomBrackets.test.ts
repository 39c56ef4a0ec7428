import { expect, test } from 'vitest';
import { bracketFlow } from '../../lab/fixtures/bracketFlow.ts';
import { type Desk, openDesk } from '../../lab/fixtures/desk.ts';
import type { EngineEvent, EventOf } from '../../protocol/events/table.ts';
import { findOrder } from '../book/openOrder.ts';
import { checkInvariants } from '../invariants.ts';
import { NONE } from '../memory/table.ts';
import { orderViewOf } from '../views/order.ts';

/**
 * Goal: two orders that close one entry never close more than it has filled, and never open anything. How: random
 * flow with brackets, changes of brackets and scales; a plain account of every bracket is kept from events alone, and compared with what
 * the engine has open after each command. A failure means that a trader is left with a position nobody asked for.
 */
const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 1_200);

interface PlainBracket {
  filled: number;
  closed: number;
  /** Closing orders that have been opened: id → what they have filled. */
  orders: Map<number, number>;
}

class PlainBrackets {
  readonly byEntry = new Map<number, PlainBracket>();
  readonly entryOf = new Map<number, number>();
  /** What closes an entry's fills, as was last said. */
  readonly terms = new Map<number, EventOf<'BracketSet'>>();
  /** Position of an account in an instrument, as the last fill said. */
  readonly positions = new Map<string, number>();
  closings = 0;

  read(event: EngineEvent): void {
    if (event.kind === 'BracketSet' && !this.byEntry.has(event.orderId))
      this.byEntry.set(event.orderId, { filled: 0, closed: 0, orders: new Map() });
    if (event.kind === 'BracketSet') this.terms.set(event.orderId, event);
    if (event.kind === 'BracketOrderOpened') {
      this.byEntry.get(event.entryOrderId)!.orders.set(event.orderId, 0);
      this.entryOf.set(event.orderId, event.entryOrderId);
    }
    if (event.kind === 'OrderFilled') this.#fill(event);
  }

  #fill(event: EventOf<'OrderFilled'>): void {
    const key = `${event.account}/${event.instrument}`;
    const before = this.positions.get(key) ?? 0;
    this.positions.set(key, event.positionLots);
    const entry = this.byEntry.get(event.orderId);
    if (entry !== undefined) entry.filled += event.lots;
    const closes = this.entryOf.get(event.orderId);
    if (closes === undefined) return;
    const bracket = this.byEntry.get(closes)!;
    bracket.closed += event.lots;
    this.closings++;
    expect(bracket.closed).toBeLessThanOrEqual(bracket.filled);
    expect(Math.abs(event.positionLots)).toBeLessThan(Math.abs(before));
    expect(event.positionLots * before).toBeGreaterThanOrEqual(0);
  }

  /** Each open closing order is there for no more than what is left of its entry's fills, both for the same. */
  compare({ engine: { state } }: Desk): void {
    for (const { filled, closed, orders } of this.byEntry.values()) {
      const open = [...orders.keys()]
        .map((orderId) => findOrder(state.book, orderId))
        .filter((row) => row !== NONE)
        .map((row) => orderViewOf(state, row));
      for (const order of open) {
        expect(order.isReduceOnly).toBe(true);
        expect(order.openLots).toBeLessThanOrEqual(filled - closed);
        expect(order.openLots).toBe(open[0]!.openLots);
      }
      expect(open.length).toBeLessThanOrEqual(2);
    }
    for (const [orderId, said] of this.terms) {
      const row = findOrder(state.book, orderId);
      if (row === NONE) continue;
      const { takeProfit, stopLoss } = orderViewOf(state, row);
      expect(takeProfit?.triggerTicks ?? 0).toBe(said.takeProfitTicks);
      expect(takeProfit?.priceTicks ?? 0).toBe(said.takeProfitLimitTicks);
      expect(stopLoss?.triggerTicks ?? 0).toBe(said.stopLossTicks);
      expect(stopLoss?.priceTicks ?? 0).toBe(said.stopLossLimitTicks);
    }
  }
}

test.each([1, 2, 3])('brackets of a random flow close what their entries filled (seed %i)', (seed) => {
  const desk = openDesk();
  const flow = bracketFlow(seed);
  const plain = new PlainBrackets();
  for (let count = 0; count < COMMANDS; count++) {
    for (const event of desk.run(flow.next(desk))) plain.read(event);
    if (count % 16 === 0) checkInvariants(desk.engine.state);
    if (count % 16 === 0) plain.compare(desk);
  }
  checkInvariants(desk.engine.state);
  plain.compare(desk);
  expect(plain.closings).toBeGreaterThan(COMMANDS / 50);
});

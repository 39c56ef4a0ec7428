// Goal: the generated market trades on the real engine as it promises. How: the sandbox in one thread, simulated
// minutes, events counted as they come. A failure means a participant misreads the engine, or no longer fits its budget.
import { expect, test } from 'vitest';
import { createDepth, readDepth } from '../../core/book/depth.ts';
import { bestAsk, bestBid, ladderOf } from '../../core/book/ladder.ts';
import { NONE } from '../../core/memory/table.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import { GeneratedMarket } from '../../market/generated/generatedMarket.ts';
import type { Pace } from '../../market/market.ts';
import { restingOrder } from '../../market/venue/orderCommands.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import { Side } from '../../protocol/enums.ts';
import { readEvents } from '../../protocol/events/read.ts';
import { DESK_START_MS, SandboxDesk } from '../fixtures/sandboxDesk.ts';

const MINUTE_MS = 60_000;
const BTC = 0;

function open(pace: Pace, seed = 1): { desk: SandboxDesk; market: GeneratedMarket } {
  const desk = new SandboxDesk();
  return { desk, market: new GeneratedMarket({ directory: desk.directory(), seed, pace }) };
}

/** Prices of a side of the desk's book, best first. */
function prices(desk: SandboxDesk, instrument: number, side: Side): number[] {
  const depth = createDepth(100);
  readDepth(desk.engine.state.book, ladderOf(orderBookOf(instrument), side), depth);
  return [...depth.ticks.subarray(0, depth.count)];
}

/** Best ask less best bid, ticks; never positive on a crossed or empty book. */
function spread(desk: SandboxDesk, instrument: number): number {
  const book = orderBookOf(instrument);
  const { state } = desk.engine;
  const bid = bestBid(state.book, book);
  const ask = bestAsk(state.book, book);
  return bid === NONE || ask === NONE ? 0 : ask - bid;
}

test('ten minutes at default pace: the book never crossed, spreads of one tick, refusals rare, in budget', () => {
  const { desk, market } = open('default');
  const markets = desk.directory().markets;
  const spreads: number[][] = markets.map(() => []);
  desk.run(market, DESK_START_MS + 10 * MINUTE_MS, () => {
    if (desk.timeMs < DESK_START_MS + 2_000) return;
    for (const [instrument, seen] of spreads.entries()) seen.push(spread(desk, instrument));
  });
  for (const [instrument, seen] of spreads.entries()) {
    const { name } = markets[instrument]!;
    expect(Math.min(...seen), `${name} crossed`).toBeGreaterThan(0);
    expect(seen.filter((ticks) => ticks === 1).length / seen.length, name).toBeGreaterThan(0.88);
    expect(prices(desk, instrument, Side.buy).length, name).toBeGreaterThanOrEqual(10);
  }
  expect(prices(desk, BTC, Side.buy).length).toBeGreaterThanOrEqual(20);

  const counts = market.participants().map(({ counts }) => counts);
  const operations = counts.reduce((sum, count) => sum + count.operations, 0);
  expect(counts.reduce((sum, count) => sum + count.refused, 0) / operations).toBeLessThan(0.01);
  expect(operations / 600).toBeGreaterThan(40);
  expect(operations / 600).toBeLessThan(400);
  // Frames add 48 bytes to a command; 100 MB an hour are 27,777 bytes a second.
  expect((desk.counts.bytes + desk.counts.commands * 48) / 600).toBeLessThan(27_777);
});

test('positions of participants stay within what their takers may hold', () => {
  const { desk, market } = open('full', 2);
  let largestUsd = 0;
  const [btc] = desk.directory().markets;
  desk.run(market, DESK_START_MS + 2 * MINUTE_MS, () => {
    for (const participant of market.participants()) {
      largestUsd = Math.max(
        largestUsd,
        (Math.abs(participant.positionLots(BTC)) / btc!.lotsPerUnit) * 63_000,
      );
    }
  });
  // Three times the depth within 10 bp, and one order more.
  expect(largestUsd).toBeGreaterThan(10_000);
  expect(largestUsd).toBeLessThan(20_000_000);
});

test('the same seed asks for the same commands, another seed for others', () => {
  const commands = (seed: number) => {
    const { desk, market } = open('full', seed);
    const seen: string[] = [];
    const step = market.step.bind(market);
    market.step = (nowMs) => {
      const steps = step(nowMs);
      for (const envelope of steps) seen.push(Buffer.from(encodeEnvelope(envelope)).toString('hex'));
      return steps;
    };
    desk.run(market, DESK_START_MS + 5_000);
    return seen.join('\n');
  };
  expect(commands(1)).toBe(commands(1));
  expect(commands(1)).not.toBe(commands(2));
});

test('a paused market stands still, keeps its marks fresh, and restores what was taken', () => {
  const { desk, market } = open('paused');
  desk.run(market, DESK_START_MS + 3_000);
  const before = prices(desk, BTC, Side.sell);
  const marks = new Set<number>();
  let moves = 0;
  desk.run(market, DESK_START_MS + 20_000, (lanes) => {
    for (const event of readEvents(lanes)) {
      if (event.kind === 'LevelChanged') moves += 1;
      if (event.kind === 'MarkChanged' && event.instrument === BTC) marks.add(event.mark);
    }
  });
  expect(moves).toBe(0);
  expect(marks.size).toBe(1);

  const taken = desk.submit({
    kind: 'PlaceOrder',
    account: 8,
    instrument: BTC,
    side: Side.buy,
    type: 1,
    timeInForce: 1,
    selfTrade: 1,
    flags: 0,
    priceTicks: 0,
    sizeLots: 100_000,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  });
  market.onEvents(taken);
  expect(prices(desk, BTC, Side.sell).length).toBeLessThan(before.length);
  desk.run(market, DESK_START_MS + 21_000);
  expect(prices(desk, BTC, Side.sell)).toHaveLength(before.length);
  expect(spread(desk, BTC)).toBe(1);
});

test('after a restart the participants clear what an earlier run left and quote again', () => {
  const { desk, market } = open('default');
  desk.run(market, DESK_START_MS + 5_000);
  const again = new GeneratedMarket({
    directory: desk.directory(),
    seed: 9,
    pace: 'default',
    startPricesE8: new Map([[0, 63_500 * 1e8]]),
  });
  const marks: number[] = [];
  desk.run(again, DESK_START_MS + 15_000, (lanes) => {
    for (const event of readEvents(lanes)) {
      if (event.kind === 'MarkChanged' && event.instrument === BTC) marks.push(event.mark);
    }
  });
  expect(prices(desk, BTC, Side.buy).length).toBeLessThan(30);
  expect(prices(desk, BTC, Side.buy).length).toBeGreaterThan(20);
  expect(spread(desk, BTC)).toBe(1);
  expect(marks.at(-1)! / 6_350_000).toBeCloseTo(1, 2);
});

test('what a recording left in the books is cleared before the market is made anew', () => {
  const { desk, market } = open('default');
  const replay = desk.directory().agents.find(({ publicKey }) => publicKey === 'replay-book')!;
  const account = replay.accounts[0]!;
  const [report] = open('default')
    .market.step(desk.timeMs)
    .filter(({ actor }) => actor === SYSTEM_ACTOR);
  desk.submit(report!.command);
  const left = restingOrder({ account, instrument: BTC, side: Side.buy, priceTicks: 630_000, sizeLots: 777 });
  desk.submit(left, replay.agent);
  const { orderCount } = desk.engine.state.accounts.columns;
  expect(orderCount[account]).toBe(1);
  desk.run(market, DESK_START_MS + 3_000);
  expect(orderCount[account]).toBe(0);
});

test('every command of the market is by the system or by a participant’s own agent', () => {
  const { desk, market } = open('default');
  const agents = new Set(market.participants().map(({ agent }) => agent));
  const steps = market.step(desk.timeMs + 100);
  expect(steps.every(({ actor }) => actor === SYSTEM_ACTOR || agents.has(actor))).toBe(true);
  expect(agents.size).toBe(7);
});

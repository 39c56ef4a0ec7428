// Goal: an underlying stands alone when, and only when, one of four rules holds; the window lasts and ends as
// decided; and a machine that joins in the middle of one goes on alike. How: the sandbox, told what its sources say.
import { describe, expect, test } from 'vitest';
import { all, BASIS, BTC, Desk, ETH, MAKER, OTHER, only } from '../../lab/fixtures/desk.ts';
import type { ListUnderlying } from '../../protocol/commands/types.ts';
import { IsolationRule, OrderFlag } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { listUnderlyings } from '../../sandbox/listings.ts';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { isIsolated } from './isolated.ts';

const BITCOIN = 0;
const ETHER = 1;

/** The sandbox with prices of bitcoin and ether: the other coins have none, and nothing to be isolated from. */
function twoCoins(): Desk {
  const desk = new Desk();
  desk.prices({ [BITCOIN]: 60_000, [ETHER]: 3_000 });
  return desk;
}

/** So many seconds of ticks, with these prices every second. */
function pass(desk: Desk, seconds: number, prices: Record<number, number>): EngineEvent[] {
  const events: EngineEvent[] = [];
  for (let second = 0; second < seconds; second++) {
    desk.wait(SECOND_MS);
    if (Object.keys(prices).length > 0) events.push(...desk.prices(prices));
    events.push(...desk.accept({ kind: 'Tick' }));
  }
  return events;
}

/** A report of some sources only. */
function report(desk: Desk, underlying: number, usd: readonly number[]): EngineEvent[] {
  return desk.accept({
    kind: 'ReportPrices',
    reports: usd.map((price, source) => ({
      underlying,
      source,
      priceE8: Math.round(price * 1e8),
      sourceTimeMs: desk.timeMs,
    })),
  });
}

const started = (events: readonly EngineEvent[]) =>
  all(events, 'IsolationStarted').map(({ underlying, rule }) => ({ underlying, rule }));

const isAlone = (desk: Desk, underlying = BITCOIN) => isIsolated(desk.engine.state, underlying);

/** A jump of a tenth within a second. */
function jump(desk: Desk): EngineEvent[] {
  return desk.wait(SECOND_MS).prices({ [BITCOIN]: 66_000, [ETHER]: 3_000 });
}

describe('a window starts', () => {
  test('when sources fall silent until fewer than three are live', () => {
    const desk = twoCoins();
    pass(desk, 60, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    const events = pass(desk, 12, { [ETHER]: 3_000 });
    expect(started(events)).toEqual([{ underlying: BITCOIN, rule: IsolationRule.sources }]);
    expect(isAlone(desk, ETHER)).toBe(false);
  });

  test('when confidence falls under two fifths of the sources', () => {
    const desk = twoCoins();
    const ten: ListUnderlying = { ...listUnderlyings()[9]!, name: 'TEN', sources: 10 };
    const row = only(desk.accept(ten), 'UnderlyingListed').underlying;
    report(desk, row, [5, 5, 5, 5]);
    expect(isAlone(desk, row)).toBe(false);
    // The fourth fell silent: three of ten are enough for an index and too few to trust it.
    desk.wait(11 * SECOND_MS);
    expect(started(report(desk, row, [5, 5, 5]))).toEqual([
      { underlying: row, rule: IsolationRule.confidence },
    ]);
  });

  test('when the free mark stays two bands from the index for five seconds', () => {
    const desk = twoCoins();
    desk.place({ account: MAKER, side: 0, priceTicks: 625_000, sizeLots: 100 });
    desk.place({ account: MAKER, side: 1, priceTicks: 625_010, sizeLots: 100 });
    const events = pass(desk, 120, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    const [first] = all(events, 'IsolationStarted');
    expect(first).toMatchObject({ underlying: BITCOIN, rule: IsolationRule.mark });
    // The average of 150 s needs 68 s to come 1.52 % of the way to 4.17 %, and then it must last.
    expect((first!.timeMs - desk.timeMs) / SECOND_MS + 120).toBeGreaterThan(60);
    expect(isAlone(desk, ETHER)).toBe(false);
  });

  test('when the index moves by two ranges of a small book within a minute', () => {
    const desk = twoCoins();
    pass(desk, 5, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    // Two ranges of BTC are 6.06 %.
    expect(started(pass(desk, 20, { [BITCOIN]: 63_600, [ETHER]: 3_000 }))).toEqual([]);
    expect(started(pass(desk, 20, { [BITCOIN]: 63_700, [ETHER]: 3_000 }))).toEqual([
      { underlying: BITCOIN, rule: IsolationRule.move },
    ]);
  });
});

describe('a window does not start', () => {
  test('by silence in the first minute after the engine was away, while feeds are opened anew', () => {
    const desk = twoCoins();
    expect(started(pass(desk, 60, { [ETHER]: 3_000 }))).toEqual([]);
    expect(started(pass(desk, 2, { [ETHER]: 3_000 }))).toEqual([
      { underlying: BITCOIN, rule: IsolationRule.sources },
    ]);
    pass(desk, 30 * 60, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    desk.wait(6 * SECOND_MS);
    expect(started(pass(desk, 60, { [ETHER]: 3_000 }))).toEqual([]);
    expect(started(pass(desk, 2, { [ETHER]: 3_000 }))).toHaveLength(1);
  });

  test('by a move that takes longer than a minute', () => {
    const desk = twoCoins();
    pass(desk, 5, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    for (const usd of [62_000, 64_000, 66_000, 68_000]) {
      expect(started(pass(desk, 65, { [BITCOIN]: usd, [ETHER]: 3_000 }))).toEqual([]);
    }
  });

  test('because the engine itself was away', () => {
    const desk = twoCoins();
    pass(desk, 20, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    desk.wait(25 * MINUTE_MS);
    expect(started(desk.accept({ kind: 'Tick' }))).toEqual([]);
    expect(started(pass(desk, 20, { [BITCOIN]: 72_000, [ETHER]: 3_000 }))).toEqual([]);
  });

  test('for the first order of a new market (S17)', () => {
    const desk = new Desk();
    expect(started(pass(desk, 30, {}))).toEqual([]);
    expect(started(desk.prices({ [BITCOIN]: 60_000 }))).toEqual([]);
    desk.place({ account: MAKER, side: 1 });
    expect(desk.code).toBeUndefined();
  });
});

describe('a window ends', () => {
  test('after ten minutes, and names the rule that had started it', () => {
    const desk = twoCoins();
    const start = only(jump(desk), 'IsolationStarted');
    expect(start).toMatchObject({ rule: IsolationRule.move, endsMsMin: desk.timeMs + 10 * MINUTE_MS });
    expect(all(pass(desk, 599, { [BITCOIN]: 66_000 }), 'IsolationEnded')).toEqual([]);
    const end = only(pass(desk, 1, { [BITCOIN]: 66_000 }), 'IsolationEnded');
    expect(end).toMatchObject({ rule: IsolationRule.move, startedMs: start.timeMs });
    expect(isAlone(desk)).toBe(false);
  });

  test('not before five clean minutes', () => {
    const desk = twoCoins();
    jump(desk);
    pass(desk, 540, { [BITCOIN]: 66_000 });
    // Back down in the ninth minute: a rule holds for another minute.
    pass(desk, 355, { [BITCOIN]: 60_000 });
    expect(isAlone(desk)).toBe(true);
    pass(desk, 10, { [BITCOIN]: 60_000 });
    expect(isAlone(desk)).toBe(false);
  });
});

describe('while a market stands alone', () => {
  test('market.isolated: an order that could grow a position is refused, one that reduces passes', () => {
    const desk = twoCoins();
    desk.place({ account: MAKER, side: 1, sizeLots: 1_000 });
    desk.place({ account: BASIS, side: 0, sizeLots: 1_000 });
    jump(desk);
    const at = 660_000;
    desk.place({ account: BASIS, side: 0, sizeLots: 1, priceTicks: at });
    expect(desk.code).toBe('market.isolated');
    desk.place({ account: BASIS, side: 1, sizeLots: 1_001, priceTicks: at });
    expect(desk.code).toBe('market.isolated');
    desk.place({ account: BASIS, side: 1, sizeLots: 600, priceTicks: at });
    expect(desk.code).toBeUndefined();
    // With the one that rests they would turn the position around.
    desk.place({ account: BASIS, side: 1, sizeLots: 401, priceTicks: at });
    expect(desk.code).toBe('market.isolated');
    desk.place({ account: BASIS, side: 1, sizeLots: 400, priceTicks: at });
    expect(desk.code).toBeUndefined();
    desk.place({ account: OTHER, side: 0, sizeLots: 10, instrument: ETH, priceTicks: 300_000 });
    expect(desk.code).toBeUndefined();
  });

  test('market.isolated comes after the terms and before the book', () => {
    const desk = twoCoins();
    desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 100 });
    jump(desk);
    desk.place({ account: OTHER, priceTicks: 100_000 });
    expect(desk.code).toBe('order.priceOutOfBand');
    desk.place({ account: OTHER, priceTicks: 660_000, flags: OrderFlag.reduceOnly });
    expect(desk.code).toBe('order.reduceOnlyWouldIncrease');
    desk.place({ account: OTHER, priceTicks: 660_000, flags: OrderFlag.postOnly });
    expect(desk.code).toBe('market.isolated');
  });

  test('no funding is sampled', () => {
    const desk = twoCoins();
    pass(desk, 20, { [BITCOIN]: 60_000, [ETHER]: 3_000 });
    jump(desk);
    const { samples } = desk.engine.state.instruments.columns;
    const before = samples[BTC]!;
    const beside = samples[ETH]!;
    pass(desk, 60, { [BITCOIN]: 66_000, [ETHER]: 3_000 });
    expect([samples[BTC]! - before, samples[ETH]! - beside]).toEqual([0, 12]);
  });

  test('a machine that starts from a snapshot in the middle ends it at the same command', () => {
    const desk = twoCoins();
    jump(desk);
    pass(desk, 300, { [BITCOIN]: 66_000 });
    const joined = new Desk(restoreState(saveState(desk.engine.state)));
    joined.timeMs = desk.timeMs;
    const [ours, theirs] = [desk, joined].map((one) => pass(one, 320, { [BITCOIN]: 66_000 }));
    expect(theirs).toEqual(ours);
    expect(all(theirs!, 'IsolationEnded')).toHaveLength(1);
    expect(stateHash(joined.engine.state)).toBe(stateHash(desk.engine.state));
  });
});

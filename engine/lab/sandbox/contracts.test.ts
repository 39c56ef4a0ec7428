// Goal: the sandbox's contracts roll by themselves, and their market is alive within its budget. How: the sandbox in one
// thread with its generated market beside it; weeks pass in jumps. A failure means a listing is refused, a book is
// empty, or the journal grows faster than a laptop should bear.
import { describe, expect, test } from 'vitest';
import { bestAsk, bestBid } from '../../core/book/ladder.ts';
import { checkInvariants } from '../../core/invariants.ts';
import { NONE } from '../../core/memory/table.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import { ContractMarket } from '../../market/contracts/contractMarket.ts';
import { smileAt } from '../../market/contracts/smile.ts';
import { GeneratedMarket } from '../../market/generated/generatedMarket.ts';
import type { Market } from '../../market/market.ts';
import { Random } from '../../market/random.ts';
import { hasNoButterfly, judgeSurface } from '../../pricing/surface.ts';
import { readEvents } from '../../protocol/events/read.ts';
import { contractsDue, expiriesAhead } from '../../sandbox/contracts.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { DESK_START_MS, SandboxDesk } from '../fixtures/sandboxDesk.ts';

const INDEX_E8 = new Map([
  [0, 63_100e8],
  [1, 2_680e8],
]);

/** Both markets of the sandbox as one, the way the market's thread steps them. */
class Both implements Market {
  readonly stepMs = 100;
  readonly markets: readonly Market[];
  constructor(...markets: Market[]) {
    this.markets = markets;
  }
  onEvents(lanes: Float64Array): void {
    for (const market of this.markets) market.onEvents(lanes);
  }
  step(nowMs: number) {
    return this.markets.flatMap((market) => market.step(nowMs));
  }
}

function listedDesk(): SandboxDesk {
  const desk = new SandboxDesk();
  for (const command of contractsDue(desk.directory(), INDEX_E8, desk.timeMs)) desk.submit(command);
  return desk;
}

describe('the roll', () => {
  test('three expiries, each a Friday at eight, the later ones the last of a month and of a quarter', () => {
    for (let day = 0; day < 800; day++) {
      const nowMs = DESK_START_MS + day * DAY_MS + day * 1_000;
      const expiries = expiriesAhead(nowMs);
      const [week, month, quarter] = expiries.map((ms) => new Date(ms));
      expect(expiries.every((ms) => ms % DAY_MS === 8 * 3_600_000 && new Date(ms).getUTCDay() === 5)).toBe(
        true,
      );
      expect(nowMs < expiries[0]! && expiries[0]! < expiries[1]! && expiries[1]! < expiries[2]!).toBe(true);
      expect(week!.getTime() - nowMs).toBeLessThanOrEqual(8 * DAY_MS);
      expect(month!.getUTCDate()).toBeGreaterThan(21);
      expect(quarter!.getUTCMonth() % 3).toBe(2);
    }
  });

  test('what is due is accepted, once, and waits for an index', () => {
    const desk = new SandboxDesk();
    expect(contractsDue(desk.directory(), new Map(), desk.timeMs)).toEqual([]);
    const due = contractsDue(desk.directory(), INDEX_E8, desk.timeMs);
    // For each coin its spot pair and that of its wrapper, and for three expiries a future and nine strikes of calls and puts.
    expect(due).toHaveLength(2 * (2 + 3 * 19));
    for (const command of due) {
      const [applied] = readEvents(desk.submit(command));
      expect([command.name, applied]).toMatchObject([command.name, { code: 0 }]);
    }
    expect(contractsDue(desk.directory(), INDEX_E8, desk.timeMs)).toEqual([]);
    // The index may move by some strikes before more are listed around it.
    const moved = (usd: number) => new Map([[0, usd * 1e8]]);
    expect(contractsDue(desk.directory(), moved(66_000), desk.timeMs)).toEqual([]);
    const more = contractsDue(desk.directory(), moved(70_500), desk.timeMs);
    expect(more.length).toBeGreaterThan(0);
    expect(more.length).toBeLessThanOrEqual(18);
    expect(new Set(more.map(({ expiryMs }) => expiryMs)).size).toBe(1);
    for (const command of more) desk.submit(command);
    expect(contractsDue(desk.directory(), moved(70_500), desk.timeMs)).toEqual([]);
    // A week later one expiry is new.
    const later = contractsDue(desk.directory(), INDEX_E8, desk.timeMs + 7 * DAY_MS);
    expect(new Set(later.map(({ expiryMs }) => expiryMs)).size).toBe(1);
  });
});

test('a year of rolling takes less than half of the numbers there are', () => {
  const desk = new SandboxDesk();
  const random = new Random(1, 'a year');
  const usd = [63_100, 2_680];
  for (let halfDay = 0; halfDay < 730; halfDay++, desk.timeMs += DAY_MS / 2) {
    // 48 % and 62 % of a year, as the generated market has them.
    for (const [coin, vol] of [0.48, 0.62].entries())
      usd[coin]! *= Math.exp(vol * Math.sqrt(1 / 730) * random.gaussian());
    const indexE8 = new Map(usd.map((price, coin) => [coin, Math.round(price * 1e8)]));
    for (const command of contractsDue(desk.directory(), indexE8, desk.timeMs)) desk.submit(command);
  }
  const { markets, limits } = desk.directory();
  // Measured: 3 500, of which 1 976 would be listed if prices stood still.
  expect(markets.length).toBeGreaterThan(2_000);
  expect(markets.length).toBeLessThan(limits.instruments / 2);
});

test('the smile of the generated market has no arbitrage, from an hour to a year', () => {
  for (const volYear of [0.25, 0.5, 0.9]) {
    const slices = [0, 1, 7, 30, 90, 365].map((days) => smileAt(volYear, days * DAY_MS));
    expect(slices.every(hasNoButterfly)).toBe(true);
    expect(judgeSurface(slices)).toBe('ok');
  }
});

test('five minutes of all markets: every contract quoted, trades, surfaces accepted, within the budget', () => {
  const desk = listedDesk();
  const directory = desk.directory();
  const contracts = new ContractMarket({ directory, seed: 1, pace: 'default' });
  const market = new Both(new GeneratedMarket({ directory, seed: 1, pace: 'default' }), contracts);
  const counts = { surfaces: 0, refusedSurfaces: 0, options: 0, others: 0 };
  desk.run(market, DESK_START_MS + 5 * MINUTE_MS, (lanes) => {
    for (const event of readEvents(lanes)) {
      if (event.kind === 'SurfaceSet') counts.surfaces += 1;
      if (event.kind === 'CommandApplied' && event.commandKind === 32 && event.code !== 0)
        counts.refusedSurfaces += 1;
      if (event.kind !== 'Traded') continue;
      const { kind } = directory.markets[event.instrument]!;
      if (kind === 'option') counts.options += 1;
      else if (kind !== 'perpetual') counts.others += 1;
    }
  });
  expect(counts.surfaces).toBeGreaterThanOrEqual(30);
  expect(counts.refusedSurfaces).toBe(0);
  expect(Math.min(counts.options, counts.others)).toBeGreaterThan(8);
  const { book } = desk.engine.state;
  const unquoted = directory.markets.filter(
    ({ instrument }) => bestAsk(book, orderBookOf(instrument)) === NONE,
  );
  expect(unquoted.map(({ name }) => name)).toEqual([]);
  const bids = directory.markets.filter(({ instrument }) => bestBid(book, orderBookOf(instrument)) !== NONE);
  expect(bids.length / directory.markets.length).toBeGreaterThan(0.85);
  const participants = contracts.participants().map((participant) => participant.counts);
  const operations = participants.reduce((sum, count) => sum + count.operations, 0);
  expect(participants.reduce((sum, count) => sum + count.refused, 0) / operations).toBeLessThan(0.02);
  checkInvariants(desk.engine.state);
  // Frames add 48 bytes to a command; 100 MB an hour are 27,777 bytes a second.
  expect((desk.counts.bytes + desk.counts.commands * 48) / 300).toBeLessThan(27_777);
});

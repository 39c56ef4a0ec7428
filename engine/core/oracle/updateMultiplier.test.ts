import { expect, test } from 'vitest';
import { BASIS, BTC, type Desk, MAKER, only, openDesk, START_MS } from '../../lab/fixtures/desk.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { requirementOf } from '../margin/requirement.ts';
import { accountViewOf } from '../views/account.ts';

const SIGMA = 0.035;

function multiplier(desk: Desk) {
  const { targetPpm, nowPpm, nextPpm, nextAtMs } = desk.engine.state.multipliers.columns;
  return { target: targetPpm[0]!, now: nowPpm[0]!, next: nextPpm[0]!, nextAtMs: nextAtMs[0]! };
}

function requirement(desk: Desk) {
  const { risk } = desk.engine;
  return requirementOf(risk.parameters(), risk.portfolioOf(BASIS));
}

/** One report a minute at these prices. */
function minutes(desk: Desk, prices: readonly number[]) {
  return prices.flatMap((usd) => desk.wait(MINUTE_MS).prices({ 0: usd }));
}

test('a quiet market asks for its reference volatility, and says so once', () => {
  const desk = openDesk();
  const events = minutes(desk, Array(90).fill(60_000));
  expect(accountViewOf(desk.engine, BASIS).announced).toBeNull();
  expect(events.filter(({ kind }) => kind === 'MultiplierSet')).toEqual([]);
  expect(multiplier(desk)).toMatchObject({ target: 1_000_000, now: 1_000_000, next: 1_000_000 });
});

test('a sudden move raises what new risk pays at once, and what held risk pays on the hour, by a twentieth', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 1_000 });
  desk.place({ account: BASIS, side: 0, priceTicks: 600_000, sizeLots: 1_000 });
  minutes(desk, [60_000, 60_000]);
  const calm = requirement(desk);
  const events = minutes(desk, [60_600, 60_000]);
  const moved = multiplier(desk);
  // Two returns of 1 % in the half-hour average: 2.28 % of each squared, times 1,440 minutes.
  const keep = 0.5 ** (1 / 30);
  let variance = SIGMA ** 2;
  for (const move of [0, 0, 0.01, 60_000 / 60_600 - 1])
    variance = keep * variance + (1 - keep) * move ** 2 * 1_440;
  expect(moved.target / 1e6).toBeCloseTo(Math.sqrt(variance) / SIGMA, 4);
  expect(moved).toMatchObject({ now: 1_000_000, next: 1_000_000, nextAtMs: START_MS + HOUR_MS });
  expect(only(events.slice(events.length / 2), 'MultiplierSet').targetPpm).toBe(moved.target);
  const stressed = requirement(desk);
  expect(stressed.maintenanceUsd).toBe(calm.maintenanceUsd);
  expect(stressed.initialUsd / calm.initialUsd).toBeCloseTo(moved.target / 1e6, 1);

  // Nothing was announced for the first hour; from its end on the next hour's step is known ahead.
  desk.timeMs = START_MS + HOUR_MS;
  desk.prices({ 0: 60_000 });
  expect(multiplier(desk)).toMatchObject({
    now: 1_000_000,
    next: 1_050_000,
    nextAtMs: START_MS + 2 * HOUR_MS,
  });
  expect(requirement(desk).maintenanceUsd).toBe(calm.maintenanceUsd);
  const { announced } = accountViewOf(desk.engine, BASIS);
  desk.timeMs = START_MS + 2 * HOUR_MS;
  desk.prices({ 0: 60_000 });
  expect(multiplier(desk).now).toBe(1_050_000);
  const raised = requirement(desk).maintenanceUsd;
  expect(raised / calm.maintenanceUsd).toBeCloseTo(1.05, 4);
  expect(announced).toEqual({ atMs: START_MS + 2 * HOUR_MS, maintenanceUsd: raised });
});

test('a move over a gap of ten minutes counts as ten equal ones, neither hidden nor doubled', () => {
  const desk = openDesk();
  minutes(desk, [60_000]);
  desk.wait(10 * MINUTE_MS).prices({ 0: 61_800 });
  const { varianceFast } = desk.engine.state.multipliers.columns;
  const keep = 0.5 ** (10 / 30);
  const quiet = 0.5 ** (1 / 30) * SIGMA ** 2;
  expect(varianceFast[0]! / (keep * quiet + (1 - keep) * (0.03 ** 2 / 10) * 1_440)).toBeCloseTo(1, 9);
});

test('an index that stands still for want of sources is no quiet market', () => {
  const desk = openDesk();
  minutes(desk, [60_000, 61_800]);
  const before = multiplier(desk).target;
  const variance = desk.engine.state.multipliers.columns.varianceFast[0];
  desk.wait(5 * MINUTE_MS).run({
    kind: 'ReportPrices',
    reports: [{ underlying: 0, source: 0, priceE8: 61_800e8, sourceTimeMs: desk.timeMs }],
  });
  expect(multiplier(desk).target).toBe(before);
  expect(desk.engine.state.multipliers.columns.varianceFast[0]).toBe(variance);
  expect(desk.engine.state.instruments.columns.mark[BTC]).toBe(6_180_000);
});

import { expect, test } from 'vitest';
import { accountViewOf } from '../../core/views/account.ts';
import { ALTS, BASIS, OTHER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { largeFirm } from '../../lab/fixtures/largeFirm.ts';
import { Side } from '../../protocol/enums.ts';
import { DISTANCES_MS_MAX, DistanceBook } from './distanceBook.ts';
import { firmRiskOf } from './firmRisk.ts';

const stoppedClock = () => 0;

test('an account in the view of its firm has the numbers of its own view', () => {
  const desk = openDesk();
  desk.place({ account: OTHER, sizeLots: 60, priceTicks: 600_000, side: Side.sell });
  desk.place({ account: BASIS, sizeLots: 100, priceTicks: 600_000 });
  desk.place({ account: VOL, sizeLots: 40, side: Side.sell, priceTicks: 610_000 });
  desk.prices({ 0: 61_000 });
  const view = firmRiskOf(desk.engine, [BASIS, ALTS, VOL], new DistanceBook(stoppedClock));
  for (const risk of view.accounts) {
    const { margin, distance, positions, balances } = accountViewOf(desk.engine, risk.account);
    const { equityUsd, initialUsd, maintenanceUsd, freeUsd, ratioPpm, unrealizedPnlUsd } = margin;
    expect(risk).toMatchObject({
      equityUsd,
      initialUsd,
      maintenanceUsd,
      freeUsd,
      ratioPpm,
      unrealizedPnlUsd,
    });
    expect(risk.distance).toMatchObject({ state: distance.state, sigmas: distance.sigmas, seq: view.seq });
    expect(risk.positions.map(({ lots, deltaUsd }) => [lots, deltaUsd])).toEqual(
      positions.map(({ lots, deltaUsd }) => [lots, deltaUsd]),
    );
    expect(risk.balances.map(({ amount, valueUsd }) => [amount, valueUsd])).toEqual(
      balances.filter(({ amount }) => amount !== 0).map(({ amount, valueUsd }) => [amount, valueUsd]),
    );
  }
});

test('a day of one σ moves a position by its delta times the volatility that distances are measured in', () => {
  const desk = openDesk();
  desk.place({ account: OTHER, sizeLots: 60, priceTicks: 600_000, side: Side.sell });
  desk.place({ account: ALTS, sizeLots: 60, priceTicks: 600_000 });
  const sigma = desk.engine.risk.parameters().sigmaNow[0]!;
  for (const account of [ALTS, OTHER]) {
    const [risk] = firmRiskOf(desk.engine, [account], new DistanceBook(stoppedClock)).accounts;
    const [position] = risk!.positions;
    // A short's delta is negative; what it moves by is not.
    expect(Math.sign(position!.deltaUsd)).toBe(account === ALTS ? 1 : -1);
    expect(position!.sigmaDayUsd).toBe(Math.round(Math.abs(position!.deltaUsd) * sigma));
    expect(position!.sigmaDayUsd).toBeGreaterThan(0);
  }
});

test('distances are measured by turns, none for longer than its time, and each says when', () => {
  const { desk, accounts } = largeFirm(150);
  let nowMs = 0;
  // Each look at the clock is a quarter of a millisecond later, as if that were what a distance costs.
  const distances = new DistanceBook(() => {
    nowMs += 0.25;
    return nowMs;
  });
  const measuredIn = () =>
    firmRiskOf(desk.engine, accounts, distances).accounts.filter(({ distance }) => distance.seq > 0).length;
  const first = measuredIn();
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(DISTANCES_MS_MAX / 0.25);
  let [all, questions] = [first, 1];
  while (all < accounts.length) [all, questions] = [measuredIn(), questions + 1];
  expect(questions).toBe(Math.ceil(accounts.length / first));
});

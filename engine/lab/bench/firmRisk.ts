import { DistanceBook } from '../../host/follower/distanceBook.ts';
import { firmRiskOf } from '../../host/follower/firmRisk.ts';
import { largeFirm } from '../fixtures/largeFirm.ts';
import { at } from './sample.ts';

/** What telling of a firm of a thousand subaccounts costs the follower, one run. */
export interface FirmRiskCosts {
  accounts: number;
  limits: number;
  medianMs: number;
  p99Ms: number;
}

const ACCOUNTS = 1_000;
const WARM_UP = 30;
const SAMPLES = 200;

/** Times the answer to one question while prices move between questions, as they do on a desk. */
export function measureFirmRisk(): FirmRiskCosts {
  const { desk, accounts } = largeFirm(ACCOUNTS);
  const distances = new DistanceBook(() => performance.now());
  const times: number[] = [];
  let limits = 0;
  for (let turn = 0; turn < WARM_UP + SAMPLES; turn++) {
    desk.prices({ 0: 60_000 + (turn % 2) * 5 });
    const start = performance.now();
    limits = firmRiskOf(desk.engine, accounts, distances).limits.length;
    if (turn >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { accounts: accounts.length, limits, medianMs: at(times, 0.5), p99Ms: at(times, 0.99) };
}

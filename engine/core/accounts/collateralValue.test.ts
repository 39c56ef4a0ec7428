import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import { ALTS, type Desk, MAKER, OTHER, only, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { SECOND_MS } from '../../units/time.ts';
import { accountViewOf } from '../views/account.ts';
import { collateralWeightPpm } from './collateralValue.ts';

const BITCOIN = 0;
const WBTC = 3;
const COIN = 100_000_000;

function deposit(desk: Desk, account: number, asset: string, amount: number) {
  desk.accept({ kind: 'CreditDeposit', account, asset, amount, reference: `${asset} ${amount}` });
}

const equityUsd = (desk: Desk, account: number) =>
  accountViewOf(desk.engine, account).margin.equityUsd / 1_000_000;

const counted = (desk: Desk, account: number, name: string) =>
  accountViewOf(desk.engine, account).balances.find((row) => row.name === name)!.countedUsd / 1_000_000;

test('a wrapped coin counts by what it is redeemed for, less its haircut, and cancels the risk of a short', () => {
  const desk = openDesk();
  deposit(desk, ALTS, 'WBTC', 100 * COIN);
  expect(counted(desk, ALTS, 'WBTC')).toBe(100 * 60_000 * 0.95);
  desk.place({ account: MAKER, side: 0, sizeLots: 1_000_000 });
  desk.place({ account: ALTS, side: 1, sizeLots: 1_000_000 });
  const bitcoin = accountViewOf(desk.engine, ALTS).margin.maintenance.standalone.find(
    ({ underlying }) => underlying === 'BTC',
  );
  expect(bitcoin?.usd ?? 0).toBe(0);
});

test('S7: a wrapped coin that falls by 88 % on its own book moves equity by less than 2 %', () => {
  const desk = openDesk();
  deposit(desk, ALTS, 'WBTC', 100 * COIN);
  deposit(desk, OTHER, 'WBTC', 100 * COIN);
  // Its orders may be anywhere: nothing but the mark's own rules holds it.
  const pair = list(desk, spot({ name: 'WBTC/USDC', baseAsset: 'WBTC', bandPpm: 1_000_000 }));
  desk.prices({ [BITCOIN]: 60_000 });
  const before = equityUsd(desk, ALTS);
  const ticks = 60_000 * 0.12 * 10;
  for (let second = 0; second < 300; second++) {
    desk.place({ account: OTHER, instrument: pair, side: 1, priceTicks: ticks, sizeLots: 1_000 });
    desk.place({ account: MAKER, instrument: pair, side: 0, priceTicks: ticks, sizeLots: 1_000 });
    desk.wait(SECOND_MS).prices({ [BITCOIN]: 60_000 });
  }
  expect(desk.engine.state.instruments.columns.lastTicks[pair]).toBe(ticks);
  expect(Math.abs(equityUsd(desk, ALTS) / before - 1)).toBeLessThan(0.02);
  const mark = desk.engine.state.instruments.columns.mark[pair]! / 100;
  expect(mark).toBeGreaterThanOrEqual(60_000 * (1 - 0.0076));
});

test('a wrapped pair is marked around the ratio, not around the bare coin', () => {
  const desk = openDesk();
  const pair = list(desk, spot({ name: 'WBTC/USDC', baseAsset: 'WBTC' }));
  desk.accept({ kind: 'SetRedemptionRatio', asset: 'WBTC', redemptionPpm: 991_000 });
  const marks = desk.prices({ [BITCOIN]: 60_000 });
  const own = marks.find((event) => event.kind === 'MarkChanged' && event.instrument === pair);
  // 0.0001 of 59 460 USD.
  expect(own).toMatchObject({ index: 5_946_000, mark: 5_946_000 });
});

test('an asset the venue holds more of than its cap counts for less, for everybody', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  expect(collateralWeightPpm(state, WBTC)).toBe(950_000);
  deposit(desk, VOL, 'WBTC', 10 * COIN);
  const before = counted(desk, VOL, 'WBTC');
  // The cap is 2 000 coins; then the pool is 4 000.
  const pool = only(deposits(desk, ALTS, 4_000 * COIN - heldOf(desk)), 'DepositCredited');
  expect(pool.asset).toBe(WBTC);
  expect(collateralWeightPpm(state, WBTC)).toBe(475_000);
  expect(counted(desk, VOL, 'WBTC')).toBe(before / 2);
});

function deposits(desk: Desk, account: number, amount: number) {
  return desk.accept({ kind: 'CreditDeposit', account, asset: 'WBTC', amount, reference: 'pool' });
}

/** What the venue holds of wrapped bitcoin. */
function heldOf({ engine }: Desk): number {
  const { amount } = engine.state.balances.columns;
  return -amount[WBTC]!;
}

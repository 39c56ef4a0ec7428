import { expect, test } from 'vitest';
import { ALTS, BTC, type Desk, ETH, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { accountViewOf } from './account.ts';

/** ALTS is long 2 BTC and short 20 ETH. */
function hedgedDesk(): Desk {
  const desk = openDesk();
  desk.place({ account: MAKER, instrument: BTC, side: 1, priceTicks: 600_000, sizeLots: 20_000 });
  desk.place({ account: ALTS, instrument: BTC, side: 0, priceTicks: 600_000, sizeLots: 20_000 });
  desk.place({ account: MAKER, instrument: ETH, side: 0, priceTicks: 300_000, sizeLots: 20_000 });
  desk.place({ account: ALTS, instrument: ETH, side: 1, priceTicks: 300_000, sizeLots: 20_000 });
  return desk;
}

test('a position and the coins of its underlying sum to their leg of the scan', () => {
  const { positions, balances, margin } = accountViewOf(hedgedDesk().engine, ALTS);
  const { rows, scenario } = margin.maintenance;
  for (const [instrument, name] of [
    [BTC, 'BTC'],
    [ETH, 'ETH'],
  ] as const) {
    const position = positions.find((each) => each.instrument === instrument)!;
    const leg = rows.find((row) => row.kind === 'leg' && row.name === name)!;
    const coinsUsd = balances.find((balance) => balance.name === name)?.valueUsd ?? 0;
    const { move } = scenario.moves.find(({ underlying }) => underlying === name)!;
    expect(position.deltaUsd).toBe(Math.sign(position.lots) * position.notionalUsd);
    expect(Math.abs(position.scanUsd - coinsUsd * move - leg.usd)).toBeLessThan(5);
  }
});

test('carry of the positions is the carry of the account', () => {
  const { positions, margin } = accountViewOf(hedgedDesk().engine, ALTS);
  const carry = positions.reduce((sum, { carryUsdPerDay }) => sum + carryUsdPerDay, 0);
  expect(Math.abs(carry - margin.time.netUsdPerDay)).toBeLessThanOrEqual(positions.length);
});

test('an order holds what initial margin would be less without it; one that only reduces holds nothing', () => {
  const desk = hedgedDesk();
  const before = accountViewOf(desk.engine, ALTS).margin.initialUsd;
  desk.place({ account: ALTS, instrument: BTC, side: 0, priceTicks: 590_000, sizeLots: 5_000 });
  const flags = OrderFlag.reduceOnly;
  desk.place({ account: ALTS, instrument: BTC, side: 1, priceTicks: 610_000, sizeLots: 5_000, flags });
  const { orders, orderMargins, margin } = accountViewOf(desk.engine, ALTS);
  const heldBy = (side: string) => {
    const order = orders.find((each) => each.side === side);
    return orderMargins.find(({ orderId }) => orderId === order?.orderId)?.initialUsd;
  };
  expect(heldBy('buy')).toBe(margin.initialUsd - before);
  expect(heldBy('buy')).toBeGreaterThan(0);
  expect(heldBy('sell')).toBe(0);
});

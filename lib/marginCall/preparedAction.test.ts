import { expect, test } from 'vitest';
import type { MarginView } from '../../engine/protocol/views/margin.ts';
import { equityMissingUsd, preparedAction } from './preparedAction.ts';

const margin = { equityUsd: 60_000, heldBackUsd: 0, maintenanceUsd: 48_000 } as MarginView;
const called = { account: 8, firm: 1, potOf: null, margin };
const sister = (account: number, movableUsd: number, terms = {}) => ({
  account,
  firm: 1,
  potOf: null,
  movableUsd,
  ...terms,
});
const ends = { endsPpm: 600_000, prepare: 'transfer' } as const;

test('what is missing brings the ratio just under where the call ends', () => {
  const missing = equityMissingUsd(margin, 600_000);
  expect(missing).toBe(20_001);
  expect(48_000 / (60_000 + missing)).toBeLessThan(0.6);
  expect(48_000 / (60_000 + missing - 1)).toBeGreaterThanOrEqual(0.6);
  expect(equityMissingUsd({ ...margin, heldBackUsd: 5 }, 600_000)).toBe(20_006);
  expect(equityMissingUsd({ ...margin, equityUsd: 100_000 }, 600_000)).toBe(0);
});

test('the sister account with most to spare gives, and no more than it has', () => {
  const from = (account: number, amount: number) => ({
    kind: 'Transfer',
    from: account,
    to: 8,
    asset: 'USDC',
    amount,
  });
  expect(preparedAction(called, ends, [sister(9, 30_000), sister(10, 90_000)])).toEqual(from(10, 20_001));
  expect(preparedAction(called, ends, [sister(9, 30), sister(10, 20)])).toEqual(from(9, 30));
});

test('nobody gives who is of another firm, a pot, the account itself, or without anything to spare', () => {
  const others = [
    sister(8, 1e9),
    sister(11, 1e9, { firm: 2 }),
    sister(12, 1e9, { potOf: { account: 9 } }),
    sister(9, 0),
  ];
  expect(preparedAction(called, ends, others)).toBeUndefined();
  expect(
    preparedAction({ ...called, potOf: { account: 9, underlying: 'BTC' } }, ends, [sister(9, 1e9)]),
  ).toBeUndefined();
});

test('no amount ends a call that has no end', () => {
  expect(preparedAction(called, { ...ends, endsPpm: 0 }, [sister(9, 1e9)])).toBeUndefined();
});

test('an unwind lies ready where the level wants one, and nothing where it wants nothing', () => {
  expect(preparedAction(called, { ...ends, prepare: 'unwind' }, [])).toEqual({ kind: 'Unwind', account: 8 });
  expect(preparedAction(called, { ...ends, prepare: 'nothing' }, [sister(9, 1e9)])).toBeUndefined();
});

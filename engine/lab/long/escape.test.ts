import { expect, test } from 'vitest';
import { escapeTest } from './escape.ts';

const ACCOUNTS = Number(process.env.BALLAST_LONG_COUNT ?? 120);

test('operator gone: every account leaves with its exit kit alone, and the vault ends empty (T12)', async () => {
  const report = await escapeTest({ accounts: ACCOUNTS, say: () => {} });
  expect(report.accounts).toBeGreaterThan(ACCOUNTS);
  expect(report.escaped).toBe(report.accounts);
  expect(report.paid).toEqual(report.deposited);
  expect(report.held.map(Number)).toEqual(report.held.map(() => 0));
  expect(report.reclaimed).toBe(3);
  // What it was tried on: nothing of it may be missing without a word.
  expect(report.unclaimed).toBeGreaterThan(0);
  for (const [state, count] of Object.entries(report.shown))
    expect([state, count > 0]).toEqual([state, true]);
  for (const [kind, count] of Object.entries(report.contracts))
    expect([kind, count > 0]).toEqual([kind, true]);
}, 600_000);

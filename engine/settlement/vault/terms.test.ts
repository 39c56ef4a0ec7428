// Goal: no vault is made whose roots could stop for good because one of them was lost: signers of a lost root sign another
// one of its epoch only after lag and lead, and silence freezes. How: the bound at its edge, and the real plans.
import { expect, test } from 'vitest';
import { sandboxVault } from '../../sandbox/vault.ts';
import { deployVault } from './deployVault.ts';
import type { Sender } from './sender.ts';
import { heartbeatS, requireServable } from './terms.ts';

test('the sandbox’s vault outlives a lost root with two heartbeats left', () => {
  const { lag, lead, rootTimeout } = sandboxVault.terms;
  expect([lag, lead, heartbeatS(sandboxVault.terms), rootTimeout]).toEqual([120, 60, 150, 600]);
  expect(lag + lead + 2 * heartbeatS(sandboxVault.terms)).toBeLessThan(rootTimeout);
  requireServable(sandboxVault.terms);
});

test('the terms for a chain with money on it do too', () => {
  const served = { dispute: 300, forcedGrace: 3 * 24 * 3_600 };
  const real = { rootTimeout: 24 * 3_600, lag: 15 * 60, lead: 60, ...served };
  expect(heartbeatS(real)).toBe(3_600);
  requireServable(real);
});

test.each([
  [{ rootTimeout: 600, lag: 239, lead: 60 }, true],
  [{ rootTimeout: 600, lag: 240, lead: 60 }, false],
  [{ rootTimeout: 600, lag: 900, lead: 60 }, false],
])('a root of %j can be lost: %s', (terms, isServable) => {
  const look = () => requireServable({ dispute: 3, forcedGrace: 120, ...terms });
  if (isServable) expect(look).not.toThrow();
  else expect(look).toThrow(/^A vault that may be frozen after 600 s without a root is not made/);
});

test.each([
  [{ dispute: 3, forcedGrace: 72 }, true],
  [{ dispute: 3, forcedGrace: 71 }, false],
  [{ dispute: 300, forcedGrace: 1_200 }, false],
])('a demand by %j can be served in each half of its time: %s', (terms, isServable) => {
  const look = () => requireServable({ rootTimeout: 600, lag: 120, lead: 60, ...terms });
  if (isServable) expect(look).not.toThrow();
  else expect(look).toThrow(/^A vault that may be frozen \d+ s after a demand is not made/);
});

test('a vault that could not be served is not made: nothing is sent', async () => {
  const plan = { ...sandboxVault, terms: { ...sandboxVault.terms, lag: 900 } };
  const sender = { account: { address: `0x${'1'.repeat(40)}` } } as unknown as Sender;
  await expect(deployVault(sender, plan)).rejects.toThrow('the next may come 1260 s after the one before it');
});

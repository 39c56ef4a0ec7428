import { expect, test } from 'vitest';
import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { type DemandStand, demandAlarm, returnsAlarm, unclaimableAlarm } from './alarms.ts';

const OWNER = `0x${'ab'.repeat(20)}`;
const demand = {
  ...{ sub: `${OWNER}${(8).toString(16).padStart(24, '0')}`, asset: 0, amount: 250_500_000n },
  ...{ target: 250_500_000n, block: 7, tx: '0x1' },
};
const unserved = { missing: 250_500_000n, onTheWay: 0n, refusal: undefined };
const numbered = (...nonces: number[]) => nonces.map((nonce) => ({ nonce }) as WithdrawalFacts);
const never = () => false;
const always = () => true;

test('a demand is told with what, whose and until when it is to be paid', () => {
  const asked = Date.UTC(2026, 10, 20, 12, 4) / 1_000;
  expect(demandAlarm(demand, asked, { forcedGrace: 120 }, sandboxVault.assets, unserved)).toBe(
    `Alarm: the owner demands 250.500000 USDC for account 8 of ${OWNER}. Pay it before 2026-11-20 12:06 UTC, or anybody may freeze the vault for it, for good.`,
  );
  expect(demandAlarm(demand, undefined, { forcedGrace: 120 }, sandboxVault.assets, unserved)).toContain(
    'Pay it before 120 s after it, or',
  );
});

test('it is an alarm until all that is missing is on its way, and says what holds it', () => {
  const told = (stand: Partial<DemandStand>) =>
    demandAlarm(demand, 0, { forcedGrace: 120 }, sandboxVault.assets, { ...unserved, ...stand });
  expect(told({ missing: 50_500_000n, onTheWay: 50_500_000n })).toBe(
    `What is missing of a demand is on its way: the owner demands 250.500000 USDC for account 8 of ${OWNER}.`,
  );
  expect(told({ onTheWay: 250_000_000n, refusal: 'Nothing of it is free.' })).toMatch(
    /^Alarm: .* 0\.500000 USDC are not served: Nothing of it is free\. Pay it before/,
  );
});

test('what could not be claimed is told by its numbers and why, five of them by name', () => {
  expect(unclaimableAlarm(numbered(1, 2), never, always)).toEqual([]);
  expect(unclaimableAlarm(numbered(3), always, always)).toEqual([
    expect.stringContaining('Alarm: withdrawal 3 cannot be paid: the vault’s cap is lower.'),
  ]);
  const [unlisted] = unclaimableAlarm(numbered(1, 2, 3, 4, 5, 6, 7), never, never);
  expect(unlisted).toContain('withdrawals 1, 2, 3, 4, 5 and 2 more cannot be paid: the owner lists');
});

test('deposits that go back and are not taken are told in the vault’s words', () => {
  expect(returnsAlarm(new Map())).toEqual([]);
  expect(returnsAlarm(new Map([[4, 'RateLimitExceeded']]))).toEqual([
    expect.stringContaining('withdrawal 4, deposits that go back to their owners, cannot be claimed'),
  ]);
});

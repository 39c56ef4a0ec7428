import { expect, test } from 'vitest';
import { type Desk, only } from '../../lab/fixtures/desk.ts';
import { FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import { addressOf } from '../../sandbox/people.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { stateHash } from '../snapshot.ts';
import { entitlements } from './entitlements.ts';

const SOLE = addressOf('counterparty trader');

/** Two withdrawals of an owner who needs nobody else, both paid. */
function openPaid(): Desk {
  const firm = new FirmDesk();
  const desk = openVault(firm.desk);
  const account = highWater(desk.engine.state.accounts) - 1;
  for (const amount of [5_000_000, 7_000_000]) {
    desk.wait(1);
    const terms = { account, asset: 'USDC', amount, to: SOLE, deadlineMs: desk.timeMs + 1_000 } as const;
    const of = desk.engine.state.accounts.columns.firm[account]!;
    desk.run(
      { kind: 'Propose', firm: of, action: { kind: 'Withdraw', ...terms } },
      firm.walletOf(SOLE),
      desk.timeMs,
    );
  }
  for (const nonce of [1, 2]) desk.accept({ kind: 'SettleWithdrawal', nonce, block: 70 + nonce });
  return desk;
}

test('a payment that the chain has taken back waits again as it did, and is paid once more', () => {
  const desk = openPaid();
  const { state } = desk.engine;
  const before = { leaves: entitlements(state) };
  const events = desk.accept({ kind: 'ReopenWithdrawal', nonce: 1 });
  expect(only(events, 'WithdrawalReopened')).toMatchObject({ nonce: 1, amount: 5_000_000 });
  desk.accept({ kind: 'ReopenWithdrawal', nonce: 2 });
  const { withdrawals, paid } = state.directory.settlement;
  expect([withdrawals.map(({ nonce }) => nonce), paid]).toEqual([[1, 2], []]);
  expect(withdrawals.flatMap((each) => Object.keys(each))).not.toContain('block');
  expect(entitlements(state)).toEqual(before.leaves);
  // Told again it changes nothing.
  expect(desk.accept({ kind: 'ReopenWithdrawal', nonce: 1 })).toHaveLength(1);
  for (const nonce of [2, 1]) desk.accept({ kind: 'SettleWithdrawal', nonce, block: 90 });
  expect(state.directory.settlement.paid.map(({ block }) => block)).toEqual([90, 90]);
  checkInvariants(state);
});

test('withdrawal.unknown: one that never was cannot wait again', () => {
  const desk = openPaid();
  for (const nonce of [0, 3, 1.5]) {
    desk.run({ kind: 'ReopenWithdrawal', nonce });
    expect([nonce, desk.code]).toEqual([nonce, 'withdrawal.unknown']);
  }
});

test('what is tried leaves nothing behind', () => {
  const desk = openPaid();
  const hash = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'ReopenWithdrawal', nonce: 2 });
  expect(stateHash(desk.engine.state)).toBe(hash);
});

// Goal: what people read of an address, how often it was paid to, is what the vault paid and no more. How: a firm of one
// that pays its owner and an address of its book, with payments that the chain takes back.
import { expect, test } from 'vitest';
import { FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { addressOf } from '../../sandbox/people.ts';
import { highWater } from '../memory/table.ts';
import { stateHash } from '../snapshot.ts';
import { firmViewOf } from '../views/firm.ts';
import { countPayment, paymentsTo } from './paidTo.ts';

const SOLE = addressOf('counterparty trader');
const BANK = `0x${'ab'.repeat(20)}`;

function openFirm() {
  const firm = new FirmDesk();
  const { desk } = firm;
  openVault(desk);
  const { state } = desk.engine;
  const account = highWater(state.accounts) - 1;
  const own = state.accounts.columns.firm[account]!;
  desk.accept({ kind: 'NoteWhitelist', account, to: BANK, fromMs: desk.timeMs });
  const ask = (action: Action) => {
    desk.wait(1);
    desk.run({ kind: 'Propose', firm: own, action }, firm.walletOf(SOLE), desk.timeMs);
    expect(desk.code).toBeUndefined();
  };
  const list = (label: string) => ask({ kind: 'ListDestination', to: BANK, label, dayUsd: 0 });
  const withdraw = (to: string) =>
    ask({ kind: 'Withdraw', account, asset: 'USDC', amount: 5_000_000, to, deadlineMs: desk.timeMs + 1_000 });
  const told = (to: string) => {
    const { withdrawals } = firmViewOf(desk.engine, firm.memberOf('counterparty trader'));
    return withdrawals.destinations.find((each) => each.to === to);
  };
  return { desk, state, account, own, list, withdraw, told, ask };
}

test('a payment counts once the vault has made it, and no more when the chain takes it back', () => {
  const { desk, state, own, withdraw, told } = openFirm();
  withdraw(SOLE);
  withdraw(SOLE);
  expect(told(SOLE)).toMatchObject({ isOwner: true, listedMs: null, paidCount: 0 });
  for (const nonce of [1, 2, 2]) desk.accept({ kind: 'SettleWithdrawal', nonce, block: 70 });
  expect(told(SOLE)?.paidCount).toBe(2);
  desk.accept({ kind: 'ReopenWithdrawal', nonce: 1 });
  expect(told(SOLE)?.paidCount).toBe(1);
  desk.accept({ kind: 'ReopenWithdrawal', nonce: 2 });
  expect(state.directory.settlement.paidTo).toEqual([]);
  desk.accept({ kind: 'SettleWithdrawal', nonce: 2, block: 80 });
  expect(paymentsTo(state, own, SOLE)).toBe(1);
});

test('the book says since when it has an address: not since its terms changed, and anew once it was gone', () => {
  const { desk, list, withdraw, told, ask } = openFirm();
  list('Bank');
  const since = told(BANK)!.listedMs;
  expect(since).toBe(desk.timeMs);
  withdraw(BANK);
  desk.accept({ kind: 'SettleWithdrawal', nonce: 1, block: 70 });
  list('Bank A');
  expect(told(BANK)).toMatchObject({ label: 'Bank A', listedMs: since, paidCount: 1 });
  ask({ kind: 'UnlistDestination', to: BANK });
  list('Bank A');
  // What was paid stays paid: an address that comes back is no stranger.
  expect(told(BANK)).toMatchObject({ listedMs: desk.timeMs, paidCount: 1 });
  expect(told(BANK)!.listedMs).toBeGreaterThan(since!);
});

test('of each firm so many addresses are remembered, the one paid longest ago is forgotten first', () => {
  const { state, account, own } = openFirm();
  const pay = (to: string) => {
    const { settlement } = state.directory;
    state.directory.settlement = { ...settlement, paidTo: countPayment(state, { account, to }, 1) };
  };
  for (let at = 0; at < 256; at++) pay(`0x${at}`);
  pay('0x0');
  pay('0x256');
  expect(paymentsTo(state, own, '0x0')).toBe(2);
  expect(paymentsTo(state, own, '0x1')).toBe(0);
  expect(paymentsTo(state, own, '0x256')).toBe(1);
  expect(countPayment(state, { account: -1, to: '0x1' }, 1)).toBe(state.directory.settlement.paidTo);
});

test('what is tried leaves nothing behind', () => {
  const { desk, state, withdraw } = openFirm();
  withdraw(SOLE);
  const hash = stateHash(state);
  desk.tryOut({ kind: 'SettleWithdrawal', nonce: 1, block: 70 });
  expect(stateHash(state)).toBe(hash);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { BASIS, type Desk, only, openDesk } from '../../lab/fixtures/desk.ts';
import { depositCursor, openVault } from '../../lab/fixtures/vault.ts';
import type { CreditDeposit } from '../../protocol/commands/settlement.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { stateHash } from '../snapshot.ts';
import { entitlements } from './entitlements.ts';
import { rootDraft } from './rootDraft.ts';
import { subOf } from './subOf.ts';

const STRANGER = `0x${'cd'.repeat(20)}`;

const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`;

/** A deposit as the vault names who it is for. */
function deposit(desk: Desk, sub: string, terms: Partial<CreditDeposit> = {}): CreditDeposit {
  const id = depositCursor(desk);
  return { kind: 'CreditDeposit', account: 0, asset: 'BTC', amount: 5, reference: 'r', id, sub, ...terms };
}

function cut(desk: Desk) {
  const last = desk.engine.state.directory.settlement.root?.epoch ?? 0;
  const parent = `0x${(last === 0 ? '00' : '77').repeat(32)}`;
  desk.accept({ kind: 'CutRoot', epoch: last + 1, parent });
  return rootDraft(desk.engine.state, parent, sha256).draft;
}

test('a deposit for the account the vault means is credited, and one for nobody is owed back and holds up none', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  only(desk.accept(deposit(desk, subOf(state, BASIS), { account: BASIS })), 'DepositCredited');
  const sub = subaccountId(STRANGER, 77_777);
  const returned = only(desk.accept(deposit(desk, sub)), 'DepositReturned');
  expect(returned).toMatchObject({ nonce: 1, account: -1, amount: 5, id: depositCursor(desk) - 1 });
  desk.accept(deposit(desk, sub, { amount: 7 }));
  const draft = cut(desk);
  expect(draft.withdrawals.map(({ sub: of, to, amount }) => [of, to, amount])).toEqual([
    [sub, STRANGER, 5n],
    [sub, STRANGER, 7n],
  ]);
  expect(draft.leaves.filter((each) => each.sub === sub).map(({ entitled }) => entitled[1])).toEqual([12n]);
  // Paid or not, it stays what the subaccount was ever entitled to.
  for (const nonce of [2, 1]) desk.accept({ kind: 'SettleWithdrawal', nonce, block: 9 });
  expect(cut(desk).leaves.find((each) => each.sub === sub)!.entitled[1]).toBe(12n);
  checkInvariants(state);
});

test('another owner’s name for a number, an archived account and a pot that gets coins take nothing', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  const pot = highWater(state.accounts) - 1;
  const before = entitlements(state);
  only(desk.accept(deposit(desk, subaccountId(STRANGER, BASIS), { account: BASIS })), 'DepositReturned');
  const ofPot = only(desk.accept(deposit(desk, subOf(state, pot), { account: pot })), 'DepositReturned');
  expect(ofPot.account).toBe(pot);
  only(desk.accept(deposit(desk, subOf(state, pot), { account: pot, asset: 'USDC' })), 'DepositCredited');
  const after = entitlements(state);
  const gained = (account: number) =>
    after
      .find((each) => each.account === account)!
      .entitled.map(
        (units, asset) => units - before.find((each) => each.account === account)!.entitled[asset]!,
      );
  expect(gained(BASIS)).toEqual([0n, 0n, 0n, 0n, 0n]);
  expect(gained(pot)).toEqual([5n, 5n, 0n, 0n, 0n]);
  checkInvariants(state);
});

test('an account that is opened under the name has one leaf, with what went back before', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const number = highWater(state.accounts);
  const { owner } = state.directory.firms[1]!;
  const sub = subaccountId(owner, number);
  desk.accept(deposit(desk, sub, { account: number }));
  desk.accept({ kind: 'OpenSubaccount', firm: 1, label: 'Late' });
  desk.accept(deposit(desk, sub, { account: number, amount: 3 }));
  const leaves = cut(desk).leaves.filter((each) => each.sub === sub);
  expect(leaves.map(({ entitled }) => entitled[1])).toEqual([8n]);
  checkInvariants(state);
});

const refused: [string, Partial<CreditDeposit>][] = [
  ['parameters.invalid', { sub: '0x12', asset: 'XAU' }],
  ['asset.unknown', { asset: 'XAU', amount: 0 }],
  ['amount.invalid', { amount: 0, reference: '' }],
  ['label.invalid', { reference: '', id: 0 }],
  ['deposit.outOfOrder', { id: 0 }],
];

test.each(refused)('%s: nothing goes back and nothing has changed', (code, terms) => {
  const desk = openVault(openDesk());
  const { settlement } = desk.engine.state.directory;
  desk.run(deposit(desk, subaccountId(STRANGER, 9), terms));
  expect(desk.code).toBe(code);
  expect(desk.engine.state.directory.settlement).toBe(settlement);
});

test('nothing goes back before there is a vault, and what is tried leaves nothing behind', () => {
  const desk = openDesk();
  desk.run(deposit(desk, subaccountId(STRANGER, 9)));
  expect(desk.code).toBe('settlement.notOpen');
  openVault(desk);
  const hash = stateHash(desk.engine.state);
  desk.tryOut(deposit(desk, subaccountId(STRANGER, 9)));
  expect(stateHash(desk.engine.state)).toBe(hash);
});

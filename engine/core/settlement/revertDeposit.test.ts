// Goal: what the engine owes is what is in the vault, whatever the chain takes back. How: stories to the unit, and random
// ones beside a plain list of what is there.
import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import { ALTS, BASIS, type Desk, OTHER, only, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { sequence } from '../../lab/fixtures/randomFlow.ts';
import { depositCursor, openVault } from '../../lab/fixtures/vault.ts';
import type { CreditDeposit, RevertDeposit } from '../../protocol/commands/settlement.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { unitsOnSale } from '../accounts/unitsOnSale.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { FEES, INSURANCE, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { creditedOf } from './credited.ts';
import { entitlements } from './entitlements.ts';
import { subOf } from './subOf.ts';

const [BTC, ETH] = [1, 2];
const COIN = 100_000_000;
const STRANGER = subaccountId(`0x${'cd'.repeat(20)}`, 77_777);

function credit(desk: Desk, terms: Partial<CreditDeposit> = {}): number {
  const id = depositCursor(desk);
  desk.accept({
    ...{ kind: 'CreditDeposit', account: BASIS, asset: 'USDC', amount: 5_000_000, reference: 'r' },
    ...{ id, ...terms },
  });
  return id;
}

const revert = (desk: Desk, id: number, isReclaimed?: boolean) =>
  desk.accept({ kind: 'RevertDeposit', id, ...(isReclaimed === undefined ? {} : { isReclaimed }) });

/** Gives away all of an asset but so much: what was credited has been used since. */
function spend({ engine }: Desk, account: number, asset: number, left: number): void {
  const spent = balanceOf(engine.state, account, asset) - left;
  post(engine, account, OTHER, asset, spent, LedgerReason.transfer, -1);
}

test('what was credited last is taken back as if it had never been, and its number is used again', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const before = { leaves: entitlements(state), credited: creditedOf(state, BTC) };
  const [first, second] = [credit(desk), credit(desk, { asset: 'BTC', amount: 7, account: ALTS })];
  const events = revert(desk, second);
  expect(only(events, 'DepositReverted')).toMatchObject({ id: second, account: ALTS, asset: BTC, amount: 7 });
  revert(desk, first);
  expect(depositCursor(desk)).toBe(first);
  expect(creditedOf(state, BTC)).toBe(before.credited);
  expect(entitlements(state)).toEqual(before.leaves);
  expect(credit(desk, { amount: 9_000_000, account: VOL })).toBe(first);
  checkInvariants(state);
});

test('said twice it is done once: the number that is free is of nothing that was credited', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const id = credit(desk);
  const held = balanceOf(state, BASIS, USDC);
  revert(desk, id);
  expect(desk.accept({ kind: 'RevertDeposit', id })).toHaveLength(1);
  expect(balanceOf(state, BASIS, USDC)).toBe(held - 5_000_000);
  credit(desk);
  revert(desk, id, true);
  expect(desk.accept({ kind: 'RevertDeposit', id, isReclaimed: true })).toHaveLength(1);
  expect([depositCursor(desk), balanceOf(state, BASIS, USDC)]).toEqual([id + 1, held - 5_000_000]);
  checkInvariants(state);
});

test('dollars that were spent are owed: the fund covers them in an unwind, and nobody else is touched', () => {
  const desk = openVault(openDesk());
  const { engine } = desk;
  const { state } = engine;
  for (let asset = 1; asset < state.directory.assets.length; asset++)
    if (balanceOf(state, BASIS, asset) > 0) spend(desk, BASIS, asset, 0);
  post(engine, OTHER, INSURANCE, USDC, 3_000_000, LedgerReason.transfer, -1);
  post(engine, OTHER, FEES, USDC, 9_000_000, LedgerReason.transfer, -1);
  const id = credit(desk);
  spend(desk, BASIS, USDC, 1_000_000);
  const before = new Map(entitlements(state).map(({ account, entitled }) => [account, entitled[USDC]!]));
  revert(desk, id);
  expect(balanceOf(state, BASIS, USDC)).toBe(-4_000_000);
  const lost = entitlements(state).flatMap(({ account, entitled }) =>
    entitled[USDC] === before.get(account) ? [] : [[account, before.get(account)! - entitled[USDC]!]],
  );
  expect(lost).toEqual([
    [FEES, 1_000_000n],
    [INSURANCE, 3_000_000n],
    [BASIS, 1_000_000n],
  ]);
  checkInvariants(state);
});

test('coins that were spent come from the fund, the fees and everybody, who are owed their worth', () => {
  const desk = openVault(openDesk());
  const { engine } = desk;
  const { state } = engine;
  post(engine, OTHER, INSURANCE, ETH, 2 * COIN, LedgerReason.transfer, -1);
  post(engine, OTHER, FEES, ETH, COIN, LedgerReason.transfer, -1);
  const id = credit(desk, { asset: 'ETH', amount: 10 * COIN });
  spend(desk, BASIS, ETH, 4 * COIN);
  const held = (asset: number) =>
    Array.from({ length: highWater(state.accounts) }, (_, account) => balanceOf(state, account, asset));
  const before = { eth: held(ETH), usdc: held(USDC) };
  revert(desk, id);
  const [eth, usdc] = [held(ETH), held(USDC)];
  const gave = before.eth.map((units, account) => units - eth[account]!);
  expect([gave[BASIS], gave[INSURANCE], gave[FEES], gave[OUTSIDE]]).toEqual([
    4 * COIN,
    2 * COIN,
    COIN,
    -10 * COIN,
  ]);
  const others = gave.filter((units, account) => units > 0 && ![BASIS, INSURANCE, FEES].includes(account));
  expect(others.reduce((sum, units) => sum + units, 0)).toBe(3 * COIN);
  expect(usdc[INSURANCE]! - before.usdc[INSURANCE]!).toBe(6_000_000_000);
  // Six coins at 3,000 USD; what others are owed is rounded down.
  const owed = before.usdc[BASIS]! - usdc[BASIS]!;
  expect(owed).toBeGreaterThan(18_000_000_000 - others.length);
  expect(owed).toBeLessThanOrEqual(18_000_000_000);
  entitlements(state);
  checkInvariants(state);
});

test('coins on sale are taken off it before they are taken back', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const id = credit(desk, { asset: 'BTC', amount: COIN });
  const pair = list(desk, spot());
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  spend(desk, BASIS, BTC, COIN);
  const { baseUnitsPerLot, ticksPerUsd } = state.instruments.columns;
  const sizeLots = COIN / baseUnitsPerLot[pair]!;
  desk.place({ instrument: pair, side: 1, sizeLots, priceTicks: 60_600 * ticksPerUsd[pair]! });
  expect([desk.code, unitsOnSale(state, BASIS, BTC)]).toEqual([undefined, COIN]);
  const events = revert(desk, id);
  expect(only(events, 'OrderCancelled').account).toBe(BASIS);
  expect(unitsOnSale(state, BASIS, BTC)).toBe(0);
  checkInvariants(state);
});

test('what went back to a stranger goes back no more; once it was paid the fund pays for it', () => {
  const desk = openVault(openDesk());
  const { engine } = desk;
  const { state } = engine;
  const before = entitlements(state);
  const id = credit(desk, { account: 0, sub: STRANGER });
  revert(desk, id);
  expect(state.directory.settlement).toMatchObject({ withdrawals: [], returned: [] });
  expect(entitlements(state)).toEqual(before);
  post(engine, OTHER, INSURANCE, USDC, 8_000_000, LedgerReason.transfer, -1);
  credit(desk, { account: 0, sub: STRANGER });
  desk.accept({ kind: 'SettleWithdrawal', nonce: 2, block: 9 });
  revert(desk, id);
  expect(balanceOf(state, INSURANCE, USDC)).toBe(3_000_000);
  expect(entitlements(state).find(({ sub }) => sub === STRANGER)!.entitled[USDC]).toBe(5_000_000n);
  checkInvariants(state);
});

test('another owner’s name for an account: its authorisation goes with it', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  const pot = highWater(state.accounts) - 1;
  const before = entitlements(state);
  const id = credit(desk, { account: pot, asset: 'BTC', amount: 5, sub: subOf(state, pot) });
  revert(desk, id);
  expect(entitlements(state)).toEqual(before);
  checkInvariants(state);
});

test('a deposit that its owner took back first is passed over, and one that was credited is taken back and keeps its number', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const before = entitlements(state);
  const next = depositCursor(desk);
  expect(only(desk.accept({ kind: 'SkipDeposit', id: next }), 'DepositSkipped').id).toBe(next);
  const [early, late] = [credit(desk), credit(desk, { account: ALTS })];
  revert(desk, early, true);
  expect(depositCursor(desk)).toBe(late + 1);
  revert(desk, late);
  revert(desk, early);
  revert(desk, next);
  expect([depositCursor(desk), entitlements(state)]).toEqual([next, before]);
  checkInvariants(state);
});

test('roots that counted it are cut again, from an earlier one on', () => {
  const desk = openVault(openDesk());
  const word = (digit: number) => `0x${String(digit).repeat(64)}`;
  const cut = (epoch: number, parent: string) => {
    desk.run({ kind: 'CutRoot', epoch, parent });
    return desk.code ?? 'cut';
  };
  const id = credit(desk);
  expect([cut(1, word(0)), cut(2, word(1)), cut(3, word(2)), cut(2, word(1))]).toEqual([
    ...['cut', 'cut', 'cut'],
    'root.outOfOrder',
  ]);
  revert(desk, id);
  expect([cut(2, word(1)), cut(1, word(0)), cut(3, word(5)), cut(3, word(5)), cut(4, word(6))]).toEqual([
    ...['cut', 'root.outOfOrder', 'cut', 'cut', 'cut'],
  ]);
  checkInvariants(desk.engine.state);
});

/** A deposit with so many behind it that a chain does not take it back any more. */
function forgotten(desk: Desk): number {
  const id = depositCursor(desk) - 1;
  for (let behind = 0; behind < 1_024; behind += 1) credit(desk);
  return id;
}

test('what was credited before there was a vault is taken back like any other', () => {
  const desk = openVault(openDesk());
  const { state } = desk.engine;
  const last = state.directory.settlement.counted.at(-1)!;
  const before = balanceOf(state, last.account, last.asset);
  expect(last.id).toBe(depositCursor(desk) - 1);
  revert(desk, last.id);
  expect(balanceOf(state, last.account, last.asset)).toBe(before - last.amount);
  expect(depositCursor(desk)).toBe(last.id);
  checkInvariants(state);
});

const refused: [string, (desk: Desk) => RevertDeposit | { kind: 'SkipDeposit'; id: number }][] = [
  ['parameters.invalid', () => ({ kind: 'RevertDeposit', id: -1, isReclaimed: 1 as unknown as boolean })],
  ['deposit.outOfOrder', (desk) => ({ kind: 'RevertDeposit', id: depositCursor(desk) + 1 })],
  ['deposit.outOfOrder', (desk) => ({ kind: 'RevertDeposit', id: depositCursor(desk) - 2 })],
  ['deposit.outOfOrder', (desk) => ({ kind: 'RevertDeposit', id: depositCursor(desk), isReclaimed: true })],
  ['deposit.unknown', (desk) => ({ kind: 'RevertDeposit', id: forgotten(desk), isReclaimed: true })],
  ['deposit.outOfOrder', (desk) => ({ kind: 'SkipDeposit', id: depositCursor(desk) - 1 })],
];

test.each(refused)('%s: nothing is taken back and nothing has changed', (code, commandOf) => {
  const desk = openVault(openDesk());
  credit(desk);
  credit(desk);
  const command = commandOf(desk);
  const { settlement } = desk.engine.state.directory;
  desk.run(command);
  expect(desk.code).toBe(code);
  expect(desk.engine.state.directory.settlement).toBe(settlement);
});

test('settlement.notOpen: before there is a vault nothing is passed over or taken back', () => {
  const desk = openDesk();
  for (const kind of ['SkipDeposit', 'RevertDeposit'] as const) {
    desk.run({ kind, id: depositCursor(desk) });
    expect(desk.code).toBe('settlement.notOpen');
  }
});

test('withdrawal.vaultShort: what has left the vault since cannot be taken back from those who are still there', () => {
  const firm = new FirmDesk();
  const desk = openVault(firm.desk);
  const { engine } = desk;
  const id = credit(desk, { asset: 'WSTETH', amount: 5 * COIN });
  // All there is of the asset, left by way of the vault.
  const all = -balanceOf(engine.state, OUTSIDE, 4);
  post(engine, BASIS, OUTSIDE, 4, 5 * COIN, LedgerReason.withdrawal, -1);
  for (let account = 0; account < highWater(engine.state.accounts); account++) {
    const units = account === OUTSIDE ? 0 : balanceOf(engine.state, account, 4);
    if (units > 0) post(engine, account, OUTSIDE, 4, units, LedgerReason.withdrawal, -1);
  }
  expect(all).toBeGreaterThan(0);
  desk.run({ kind: 'RevertDeposit', id });
  expect(desk.code).toBe('withdrawal.vaultShort');
});

test('what is tried leaves nothing behind, and a saved desk can still take back', () => {
  const desk = openVault(openDesk());
  const id = credit(desk, { account: 0, sub: STRANGER });
  const hash = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'RevertDeposit', id });
  desk.tryOut({ kind: 'RevertDeposit', id, isReclaimed: true });
  desk.tryOut({ kind: 'SkipDeposit', id: id + 1 });
  desk.tryOut({ kind: 'CreditDeposit', account: BASIS, asset: 'BTC', amount: 1, reference: 'r', id: id + 1 });
  expect(stateHash(desk.engine.state)).toBe(hash);
  const saved = restoreState(saveState(desk.engine.state));
  expect(saved.state.directory.settlement.counted).toEqual(desk.engine.state.directory.settlement.counted);
});

test('after random histories the engine owes what is there, to the unit', () => {
  const seeds = Number(process.env.BALLAST_LONG_COUNT ?? 20);
  for (let seed = 1; seed <= seeds; seed++) {
    const pick = sequence(seed);
    const desk = openVault(openDesk());
    const { state } = desk.engine;
    const first = depositCursor(desk);
    const base = state.directory.assets.map((_, asset) => creditedOf(state, asset));
    /** What is there now, by its number less the first: the slow and obvious twin. */
    let there: { asset: number; amount: number }[] = [];
    for (let step = 0; step < 25; step++) {
      const asset = pick(3);
      const amount = 1 + pick(30 * COIN);
      const place = pick(6);
      const name = state.directory.assets[asset]!.name;
      if (place < 3) {
        credit(desk, {
          asset: name,
          amount,
          account: BASIS + pick(5),
          ...(place === 0 && { sub: STRANGER }),
        });
        there.push({ asset, amount });
      } else if (place === 3) {
        desk.accept({ kind: 'SkipDeposit', id: depositCursor(desk) });
        there.push({ asset: 0, amount: 0 });
      } else if (there.length > 0 && place === 4) {
        revert(desk, first + there.length - 1);
        there = there.slice(0, -1);
      } else if (there.length > 0) {
        const at = pick(there.length);
        revert(desk, first + at, true);
        there = there.with(at, { asset: 0, amount: 0 });
      }
      const [from, to] = [BASIS + pick(5), BASIS + pick(5)];
      const held = balanceOf(state, from, asset);
      if (held > 0 && from !== to) post(desk.engine, from, to, asset, held, LedgerReason.transfer, -1);
    }
    const sums = base.map((units, asset) =>
      there.reduce((sum, each) => (each.asset === asset ? sum + BigInt(each.amount) : sum), units),
    );
    expect([seed, sums]).toEqual([seed, base.map((_, asset) => creditedOf(state, asset))]);
    expect(depositCursor(desk)).toBe(first + there.length);
    entitlements(state);
    checkInvariants(state);
  }
});

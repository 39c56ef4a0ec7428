import { expect, test } from 'vitest';
import { BASIS, type Desk, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { CreditDeposit } from '../../protocol/commands/settlement.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { SANDBOX_VAULT } from '../../sandbox/genesis.ts';
import { checkInvariants } from '../invariants.ts';
import { forkEngine, restoreState, saveState, stateHash } from '../snapshot.ts';
import { creditedOf, noteCredited } from './credited.ts';

const SEED = `0x${'5a'.repeat(32)}`;
const NO_ROOT = `0x${'0'.repeat(64)}`;
const PARENT = `0x${'77'.repeat(32)}`;
const ELSEWHERE = `0x${'ab'.repeat(20)}`;

const cursorOf = (desk: Desk) => desk.engine.state.globals.columns.depositCursor[0]!;

const adoption = (desk: Desk) =>
  ({ kind: 'AdoptVault', vault: SANDBOX_VAULT, depositCount: cursorOf(desk), saltSeed: SEED }) as const;

const credit: CreditDeposit = {
  kind: 'CreditDeposit',
  account: BASIS,
  asset: 'USDC',
  amount: 7,
  reference: '0xfeed',
};

const cap = { kind: 'NoteVaultCap', asset: 'USDC', windowMs: 86_400_000, ofAll: 9, ofEach: 4 } as const;

function adoptedDesk(): Desk {
  const desk = openDesk();
  desk.accept(adoption(desk));
  return desk;
}

test('before a vault every credit takes the next number, and is remembered so that the vault can be given the same', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  const before = cursorOf(desk);
  expect(state.directory.deposits).toHaveLength(before);
  expect(only(desk.accept(credit), 'DepositCredited').id).toBe(before);
  expect(only(desk.accept({ ...credit, reference: 'b', id: before + 1 }), 'DepositCredited').id).toBe(
    before + 1,
  );
  expect(state.directory.deposits.at(-1)).toEqual({
    account: BASIS,
    asset: 0,
    amount: 7,
    reference: 'b',
    seq: state.globals.columns.seq[0],
  });
  desk.run({ ...credit, reference: 'c', id: before + 1 });
  expect(desk.code).toBe('deposit.outOfOrder');
  desk.run(credit);
  expect(desk.code).toBe('deposit.repeated');
  checkInvariants(state);
});

test('with a vault a credit names the number that is next, and its reference may come again', () => {
  const desk = adoptedDesk();
  const { state } = desk.engine;
  expect(state.directory.deposits).toEqual([]);
  const next = cursorOf(desk);
  for (const id of [undefined, next - 1, next + 1]) {
    desk.run(id === undefined ? credit : { ...credit, id });
    expect([id, desk.code]).toEqual([id, 'deposit.outOfOrder']);
  }
  desk.accept({ ...credit, id: next });
  desk.accept({ ...credit, id: next + 1 });
  expect(cursorOf(desk)).toBe(next + 2);
  checkInvariants(state);
});

const refused: [string, (desk: Desk) => Command][] = [
  ['settlement.otherVault', (desk) => ({ ...adoption(desk), vault: ELSEWHERE })],
  ['parameters.invalid', (desk) => ({ ...adoption(desk), saltSeed: '0x5a' })],
  ['deposit.outOfOrder', (desk) => ({ ...adoption(desk), depositCount: cursorOf(desk) - 1 })],
  ['settlement.notOpen', () => ({ kind: 'CutRoot', epoch: 1, parent: NO_ROOT })],
  ['settlement.notOpen', () => cap],
  ['settlement.notOpen', () => ({ kind: 'NoteWhitelist', account: BASIS, to: ELSEWHERE, fromMs: 1 })],
  ['parameters.invalid', () => ({ kind: 'SettleWithdrawal', nonce: 1, block: -1 })],
  ['withdrawal.unknown', () => ({ kind: 'SettleWithdrawal', nonce: 1, block: 1 })],
];

test('each deposit is remembered with the command that credited it, from before the vault on', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  const seqNow = () => state.globals.columns.seq[0]!;
  desk.accept(credit);
  const early = { id: cursorOf(desk) - 1, seq: seqNow() };
  desk.accept(adoption(desk));
  desk.accept({ ...credit, reference: 'late', id: cursorOf(desk) });
  const late = { id: early.id + 1, seq: seqNow() };
  expect(late.seq).toBe(early.seq + 2);
  expect(state.directory.settlement.counted.slice(-2)).toMatchObject([early, late]);
});

test.each(refused)('%s: refused before a vault is adopted, and nothing has changed', (code, commandOf) => {
  const desk = openDesk();
  const { directory } = desk.engine.state;
  const [facts, version] = [directory.settlement, directory.version];
  desk.run(commandOf(desk));
  expect(desk.code).toBe(code);
  expect([directory.settlement, directory.version]).toEqual([facts, version]);
  checkInvariants(desk.engine.state);
});

const refusedLater: [string, (desk: Desk) => Command][] = [
  ['settlement.vaultAdopted', adoption],
  ['firm.vaultAdopted', () => ({ kind: 'OpenFirm', label: 'One more', owner: ELSEWHERE })],
  [
    'firm.vaultAdopted',
    () => ({ kind: 'AddMember', firm: 1, address: ELSEWHERE, role: 1, label: 'One more', accounts: [] }),
  ],
  ['parameters.invalid', () => ({ kind: 'CutRoot', epoch: 0, parent: NO_ROOT })],
  ['parameters.invalid', () => ({ kind: 'CutRoot', epoch: 1, parent: '0x0' })],
  ['root.outOfOrder', () => ({ kind: 'CutRoot', epoch: 1, parent: PARENT })],
  ['root.outOfOrder', () => ({ kind: 'CutRoot', epoch: 2, parent: PARENT })],
  ['account.unknown', () => ({ kind: 'NoteWhitelist', account: 2, to: ELSEWHERE, fromMs: 1 })],
  ['parameters.invalid', () => ({ kind: 'NoteWhitelist', account: BASIS, to: 'home', fromMs: 1 })],
  ['parameters.invalid', () => ({ kind: 'NoteWhitelist', account: BASIS, to: ELSEWHERE, fromMs: -1 })],
  ['withdrawal.unknown', () => ({ kind: 'SettleWithdrawal', nonce: 0, block: 1 })],
  ['asset.unknown', () => ({ ...cap, asset: 'XAU' })],
  ['parameters.invalid', () => ({ ...cap, windowMs: 0 })],
  ['parameters.invalid', () => ({ ...cap, ofAll: -1 })],
  ['parameters.invalid', () => ({ ...cap, ofEach: 2 ** 53 })],
];

test.each(refusedLater)('%s: refused with a vault adopted', (code, commandOf) => {
  const desk = adoptedDesk();
  desk.run(commandOf(desk));
  expect(desk.code).toBe(code);
  checkInvariants(desk.engine.state);
});

test('roots follow each other, and the last one is cut again only on the same parent', () => {
  const desk = adoptedDesk();
  const cut = (epoch: number, parent: string) => {
    desk.run({ kind: 'CutRoot', epoch, parent });
    return desk.code ?? 'cut';
  };
  expect(cut(1, NO_ROOT)).toBe('cut');
  expect(cut(1, PARENT)).toBe('root.outOfOrder');
  expect(cut(1, NO_ROOT)).toBe('cut');
  expect(cut(2, NO_ROOT)).toBe('root.outOfOrder');
  expect(cut(2, PARENT)).toBe('cut');
  expect(cut(1, NO_ROOT)).toBe('root.outOfOrder');
  expect(cut(4, PARENT)).toBe('root.outOfOrder');
  expect(desk.engine.state.directory.settlement.root).toMatchObject({ epoch: 2, parent: PARENT });
  const event = only(desk.accept({ kind: 'CutRoot', epoch: 3, parent: PARENT }), 'RootCut');
  expect(event).toMatchObject({ epoch: 3, depositCursor: cursorOf(desk) });
});

test('what the vault said last of an address holds, and an account has 64 at most', () => {
  const desk = adoptedDesk();
  const listedOf = () => desk.engine.state.directory.settlement.listed;
  const note = (place: number, fromMs: number) =>
    desk.run({
      kind: 'NoteWhitelist',
      account: BASIS,
      to: `0x${place.toString(16).padStart(40, '0')}`,
      fromMs,
    });
  for (let place = 0; place < 64; place++) note(place, 1_000 + place);
  expect([desk.code, listedOf().length]).toEqual([undefined, 64]);
  note(64, 5);
  expect(desk.code).toBe('engine.full');
  note(3, 2_000);
  expect(listedOf().filter(({ to }) => to.endsWith('03'))).toEqual([
    { account: BASIS, to: `0x${'3'.padStart(40, '0')}`, fromMs: 2_000 },
  ]);
  note(3, 0);
  note(64, 5);
  expect([desk.code, listedOf().length]).toEqual([undefined, 64]);
});

test('the last word on an asset’s buckets holds, beside those of other assets', () => {
  const desk = adoptedDesk();
  const event = only(desk.accept(cap), 'VaultCapSet');
  expect(event).toMatchObject({ asset: 0, windowMs: 86_400_000, ofAll: 9, ofEach: 4 });
  desk.accept({ ...cap, asset: 'BTC' });
  desk.accept({ ...cap, ofAll: 7, ofEach: Number.MAX_SAFE_INTEGER });
  const kept = [...desk.engine.state.directory.settlement.caps].sort((a, b) => a.asset - b.asset);
  expect(kept).toMatchObject([
    { asset: 0, ofAll: 7, ofEach: Number.MAX_SAFE_INTEGER },
    { ofAll: 9, ofEach: 4 },
  ]);
  checkInvariants(desk.engine.state);
});

test('what is tried leaves nothing behind, and a saved desk goes on with its vault', () => {
  const desk = openDesk();
  const hash = stateHash(desk.engine.state);
  desk.tryOut(adoption(desk));
  desk.tryOut({ ...credit, id: cursorOf(desk) });
  expect(stateHash(desk.engine.state)).toBe(hash);
  desk.accept(adoption(desk));
  desk.accept({ kind: 'CutRoot', epoch: 1, parent: NO_ROOT });
  const saved = restoreState(saveState(desk.engine.state));
  expect(stateHash(saved.state)).toBe(stateHash(desk.engine.state));
  expect(stateHash(forkEngine(desk.engine).state)).toBe(stateHash(desk.engine.state));
  checkInvariants(saved.state);
});

test('what was ever credited is counted beyond what a double holds exactly', () => {
  const { engine } = openDesk();
  const before = creditedOf(engine.state, 0);
  const amounts = [Number.MAX_SAFE_INTEGER, 281_474_976_710_655, 1, 281_474_976_710_656, 3];
  const sum = Array.from({ length: 40 }, () => amounts).flat();
  for (const amount of sum) noteCredited(engine, 0, amount);
  const exact = sum.reduce((total, amount) => total + BigInt(amount), 0n);
  expect(creditedOf(engine.state, 0) - before).toBe(exact);
  expect(Number.isSafeInteger(Number(exact))).toBe(false);
});

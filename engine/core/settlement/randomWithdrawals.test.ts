// Goal: in no order of trading, moving, depositing and taking out can an account take out what its margin needs, or
// anything twice; and at each step what all are entitled to sums to what was ever credited. How: random flow past an
// expiry, with transfers, deposits and withdrawals of every size, also just at the edge of what may leave; payments of
// the vault in any order and told twice; roots in between. What was authorised and paid is counted from events alone.
// The seed reproduces a failure.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, type Desk, MAKER, OTHER, VOL } from '../../lab/fixtures/desk.ts';
import { randomFlow, sequence } from '../../lab/fixtures/randomFlow.ts';
import { depositCursor, openVault } from '../../lab/fixtures/vault.ts';
import type { Withdraw } from '../../protocol/commands/actions.ts';
import { OK } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { SANDBOX_FIRM } from '../../sandbox/genesis.ts';
import { HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { stateHash } from '../snapshot.ts';
import { creditedOf } from './credited.ts';
import { entitlements } from './entitlements.ts';
import { rootDraft } from './rootDraft.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 400);
const ACCOUNTS = [BASIS, ALTS, VOL, MAKER, OTHER];
const ASSETS = ['USDC', 'BTC', 'ETH'];
const HEAD = `0x${'11'.repeat(32)}`;

type Below = (n: number) => number;

const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`;

/** Authorised and paid, by the number of the withdrawal, as events told it. */
interface Told {
  authorised: Map<number, number>;
  paid: Map<number, number>;
  refused: Map<string, number>;
  roots: number;
  tried: number;
}

test.each([1, 2, 3])('withdrawals between whatever is traded and moved (seed %i)', (seed) => {
  const desk = openVault(openContractDesk());
  // The owner may ask alone, as the one person of a firm of one may.
  const rules = [{ id: 'ALL', when: {}, verdict: { is: 'allow' as const } }];
  desk.accept({ kind: 'Propose', firm: SANDBOX_FIRM, action: { kind: 'SetPolicy', rules } });
  const flow = randomFlow(seed);
  const below = sequence(seed + 500);
  const told: Told = { authorised: new Map(), paid: new Map(), refused: new Map(), roots: 0, tried: 0 };
  thinOut(desk, told);
  for (let count = 0; count < COMMANDS; count++) {
    const dice = below(10);
    if (dice < 4) desk.run(flow.next(desk));
    else if (dice < 7) takeOut(desk, below, told);
    else if (dice < 8) settle(desk, below, told);
    else move(desk, below, told);
    if (count % 10 === 0) compare(desk, told);
  }
  compare(desk, told);
  expect(told.authorised.size).toBeGreaterThan(COMMANDS / 20);
  expect(told.paid.size).toBeGreaterThan(5);
  expect(told.roots).toBeGreaterThan(5);
  for (const code of ['margin.initialInsufficient', 'balance.insufficient'])
    expect([code, told.refused.get(code) ?? 0]).not.toEqual([code, 0]);
});

/** Leaves the firm's accounts so little that their margin is soon all they have. */
function thinOut(desk: Desk, told: Told): void {
  for (const account of [BASIS, ALTS, VOL])
    for (const [asset, left] of [5_000_000_000, 0, 0].entries()) {
      const amount = balanceOf(desk.engine.state, account, asset) - left;
      if (amount > 0) takeOutOf(desk, account, asset, amount, told);
    }
}

function takeOut(desk: Desk, below: Below, told: Told): void {
  const account = ACCOUNTS[below(ACCOUNTS.length)]!;
  const asset = below(ASSETS.length);
  takeOutOf(desk, account, asset, someAmount(desk, below, account, asset), told);
}

/** By the wallet that owns the account's firm; every other time it is tried and taken back first. */
function takeOutOf(desk: Desk, account: number, asset: number, amount: number, told: Told): void {
  const { engine } = desk;
  const { state } = engine;
  const firm = state.accounts.columns.firm[account]!;
  const { owner } = state.directory.firms[firm]!;
  const action: Withdraw = {
    ...{ kind: 'Withdraw', account, asset: ASSETS[asset]!, amount },
    ...{ to: owner, deadlineMs: desk.timeMs + HOUR_MS },
  };
  const agent = state.directory.agents.findIndex(({ publicKey }) => publicKey === owner) + 1;
  const command = { kind: 'Propose', firm, action } as const;
  const before = { hash: stateHash(state), held: balanceOf(state, account, asset) };
  if (told.tried++ % 2 === 0) {
    desk.tryOut(command);
    expect(stateHash(state)).toBe(before.hash);
  }
  const events = desk.run(command, agent, desk.timeMs + told.tried);
  if (desk.code !== undefined) {
    told.refused.set(desk.code, (told.refused.get(desk.code) ?? 0) + 1);
    expect(balanceOf(state, account, asset)).toBe(before.held);
    return;
  }
  note(events, told);
  expect(balanceOf(state, account, asset)).toBe(before.held - amount);
  expect(balanceOf(state, account, asset) >= 0).toBe(true);
  expect(engine.risk.judgeStanding(account)).toBe(OK);
}

/** Something small, all there is, one more, or what margin just lets go. */
function someAmount({ engine }: Desk, below: Below, account: number, asset: number): number {
  const held = Math.max(1, balanceOf(engine.state, account, asset));
  const edge = Math.max(1, asset === 0 ? engine.risk.movableUsd(account) : held);
  return [1 + below(1_000_000), edge, edge + 1, held + 1, Math.ceil(held / (2 + below(50)))][below(5)]!;
}

/** The vault has paid one of those that wait, or one that it has told of already. */
function settle(desk: Desk, below: Below, told: Told): void {
  const open = desk.engine.state.directory.settlement.withdrawals;
  const numbers = below(3) === 0 ? [...told.paid.keys()] : open.map(({ nonce }) => nonce);
  if (numbers.length === 0) return;
  const nonce = numbers[below(numbers.length)]!;
  note(desk.accept({ kind: 'SettleWithdrawal', nonce, block: desk.timeMs }), told);
}

function move(desk: Desk, below: Below, told: Told): void {
  const [from, to] = [ACCOUNTS[below(3)]!, ACCOUNTS[below(ACCOUNTS.length)]!];
  const asset = ASSETS[below(ASSETS.length)]!;
  const amount = 1 + below(500_000_000_000);
  const dice = below(3);
  if (dice === 0)
    desk.run({ kind: 'Propose', firm: SANDBOX_FIRM, action: { kind: 'Transfer', from, to, asset, amount } });
  else if (dice === 1)
    desk.accept({
      ...{ kind: 'CreditDeposit', account: to, asset, amount: 1 + below(1_000_000_000) },
      ...{ reference: 'again', id: depositCursor(desk) },
    });
  else cut(desk, told);
}

function cut(desk: Desk, told: Told): void {
  const { state } = desk.engine;
  const last = state.directory.settlement.root?.epoch ?? 0;
  desk.accept({ kind: 'CutRoot', epoch: last + 1, parent: last === 0 ? `0x${'0'.repeat(64)}` : HEAD });
  const { draft } = rootDraft(state, HEAD, sha256);
  told.roots++;
  expect(draft.depositCursor).toBe(depositCursor(desk));
  // What waits is in every root until it is paid, and nothing else is.
  const open = [...told.authorised].filter(([nonce]) => !told.paid.has(nonce));
  expect(draft.withdrawals.map(({ nonce, amount }) => [nonce, Number(amount)])).toEqual(open);
}

function note(events: EngineEvent[], told: Told): void {
  for (const { nonce, amount } of all(events, 'WithdrawalAuthorised')) {
    expect(told.authorised.has(nonce)).toBe(false);
    told.authorised.set(nonce, amount);
  }
  for (const { nonce, amount } of all(events, 'WithdrawalPaid')) {
    expect([told.authorised.get(nonce), told.paid.has(nonce)]).toEqual([amount, false]);
    told.paid.set(nonce, amount);
  }
}

function compare({ engine: { state } }: Desk, { authorised }: Told): void {
  checkInvariants(state);
  const leaves = entitlements(state);
  for (const [asset] of state.directory.assets.entries())
    expect(leaves.reduce((sum, { entitled }) => sum + entitled[asset]!, 0n)).toBe(creditedOf(state, asset));
  const kept = state.balances.columns.authorised.reduce((sum, units) => sum + units, 0);
  expect(kept).toBe([...authorised.values()].reduce((sum, units) => sum + units, 0));
}

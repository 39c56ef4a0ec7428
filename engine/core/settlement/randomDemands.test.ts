// Goal: in no order of trading, moving, demanding and paying does an owner get more of a demand than was free, or any of it
// twice; and what all are entitled to sums to what was ever credited. How: random flow, a vault of the test's own that
// takes demands as the contract does (one at a time, of what may be there), pays in any order and late, and forgets none;
// a desk that serves as of blocks it has seen, and again and again. The seed reproduces a failure.
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, type Desk, MAKER, OTHER, VOL } from '../../lab/fixtures/desk.ts';
import { randomFlow, sequence } from '../../lab/fixtures/randomFlow.ts';
import { depositCursor, openVault } from '../../lab/fixtures/vault.ts';
import { OK } from '../../protocol/errors.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { stateHash } from '../snapshot.ts';
import { creditedOf } from './credited.ts';
import { entitlements } from './entitlements.ts';
import { freeUnits } from './freeUnits.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 800);
const ACCOUNTS = [BASIS, ALTS, VOL, MAKER, OTHER];
const ASSETS = ['USDC', 'BTC', 'ETH'];

type Below = (n: number) => number;

interface Demand {
  account: number;
  asset: number;
  amount: number;
  block: number;
  /** Paid of the asset to the account before it. */
  paidBefore: number;
  served: number;
}

/** The vault as the contract keeps it, block by block. */
class Vault {
  block = 1;
  /** Payments, oldest first. */
  readonly paid: { account: number; asset: number; amount: number; block: number }[] = [];
  readonly demands = new Map<number, Demand>();

  paidTo(account: number, asset: number, upTo = this.block): number {
    return this.paid
      .filter((each) => each.account === account && each.asset === asset && each.block <= upTo)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  missing(demand: Demand, upTo = this.block): number {
    return demand.amount - (this.paidTo(demand.account, demand.asset, upTo) - demand.paidBefore);
  }
}

test.each([1, 2, 3])('demands between whatever is traded and moved (seed %i)', (seed) => {
  const desk = openVault(openContractDesk());
  const { state } = desk.engine;
  const vault = new Vault();
  thinOut(desk, vault);
  desk.accept({ kind: 'NoteVaultCap', asset: 'BTC', windowMs: 1_000, ofAll: 3e8, ofEach: 2e8 });
  const flow = randomFlow(seed);
  const below = sequence(seed + 900);
  const told = new Map<string, number>();
  const count = (what: string) => told.set(what, (told.get(what) ?? 0) + 1);
  for (let step = 0; step < COMMANDS; step++) {
    vault.block += below(2);
    const dice = below(10);
    if (dice < 4) desk.run(flow.next(desk));
    else if (dice < 6) demand(desk, below, vault);
    else if (dice < 8) count(serve(desk, below, vault));
    else if (dice < 9) count(pay(desk, below, vault));
    else move(desk, below);
    if (step % 10 !== 0) continue;
    checkInvariants(state);
    const leaves = entitlements(state);
    for (const [asset] of state.directory.assets.entries())
      expect(leaves.reduce((sum, { entitled }) => sum + entitled[asset]!, 0n)).toBe(creditedOf(state, asset));
  }
  for (const what of ['served', 'paid', 'demand.served', 'unwound'])
    expect([what, told.get(what) ?? 0]).not.toEqual([what, 0]);
});

/** Leaves the firm's accounts so little that their margin is soon all they have. */
function thinOut(desk: Desk, vault: Vault): void {
  for (const account of [BASIS, ALTS, VOL])
    for (const [asset, left] of [20_000_000_000, 0, 0].entries()) {
      const amount = balanceOf(desk.engine.state, account, asset) - left;
      if (amount <= 0) continue;
      vault.block += 1;
      const { block } = vault;
      const terms = { account, asset: ASSETS[asset]!, amount, missing: amount };
      desk.accept({ kind: 'ServeDemand', ...terms, block, asOf: block });
      pay(desk, () => 0, vault);
    }
}

/** As `force`: one at a time, of what the account has now or more, where the root is older than a loss. */
function demand(desk: Desk, below: Below, vault: Vault): void {
  const account = ACCOUNTS[below(ACCOUNTS.length)]!;
  const known = vault.demands.get(account);
  // A later root may say that less is left: then it ends unpaid.
  if (known !== undefined && vault.missing(known) > 0 && below(2) > 0) return;
  const asset = below(2) === 0 ? 0 : below(ASSETS.length);
  if (balanceOf(desk.engine.state, account, asset) <= 0) return;
  const held = Math.max(1, balanceOf(desk.engine.state, account, asset));
  const amount = [1 + below(1_000_000), held, held + 1, Math.ceil(held / (2 + below(50)))][below(4)]!;
  vault.block += 1;
  const { block } = vault;
  vault.demands.set(account, {
    account,
    asset,
    amount,
    block,
    paidBefore: vault.paidTo(account, asset),
    served: 0,
  });
}

/** By a desk that has read all, or an older block than the last while the engine knows of the payments since. */
function serve(desk: Desk, below: Below, vault: Vault): string {
  const { state } = desk.engine;
  const open = [...vault.demands.values()];
  const it = open[below(open.length)];
  if (it === undefined) return 'none';
  const { account, asset, amount, block } = it;
  const asOf = Math.max(block, vault.block - below(3));
  const missing = vault.missing(it, asOf);
  if (missing <= 0) return 'none';
  const before = { held: balanceOf(state, account, asset), hash: stateHash(state) };
  const free = freeUnits(desk.engine, account, asset, amount);
  const lots = lotsOf(desk, account);
  const terms = { account, asset: ASSETS[asset]!, amount, block, missing, asOf };
  const mayUnwind = below(2) === 0;
  const command = { kind: 'ServeDemand', ...terms, ...(mayUnwind && { mayUnwind }) } as const;
  if (below(2) === 0) {
    desk.tryOut(command);
    expect(stateHash(state)).toBe(before.hash);
  }
  const events = desk.run(command);
  if (desk.code !== undefined) {
    expect(balanceOf(state, account, asset)).toBe(before.held);
    return desk.code;
  }
  const left = all(events, 'DemandServed').reduce((sum, each) => sum + each.amount, 0);
  it.served += left;
  // Free, or made free by closing and nothing else; and not twice.
  for (const [instrument, before] of lots) {
    const after = positionLots(state, account, instrument);
    expect(Math.abs(after) <= Math.abs(before) && after * before >= 0).toBe(true);
    if (!mayUnwind) expect(after).toBe(before);
  }
  expect(left).toBeLessThanOrEqual(missing);
  expect(it.served).toBeLessThanOrEqual(amount);
  if (left > 0) expect(desk.engine.risk.judgeStanding(account)).toBe(OK);
  if (all(events, 'AccountUnwound').length > 0) return left > 0 ? 'unwound' : 'unwound in vain';
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(free);
  expect(balanceOf(state, account, asset)).toBe(before.held - left);
  return 'served';
}

/** Positions of an account, by instrument. */
function lotsOf({ engine: { state } }: Desk, account: number): [number, number][] {
  return state.directory.instruments.map((_, instrument) => [
    instrument,
    positionLots(state, account, instrument),
  ]);
}

/** The vault pays one of those that wait, in any order, and the engine hears of it. */
function pay(desk: Desk, below: Below, vault: Vault): string {
  const { withdrawals } = desk.engine.state.directory.settlement;
  const one = withdrawals[below(withdrawals.length || 1)];
  if (one === undefined) return 'none';
  vault.block += 1;
  vault.paid.push({ account: one.account, asset: one.asset, amount: one.amount, block: vault.block });
  desk.accept({ kind: 'SettleWithdrawal', nonce: one.nonce, block: vault.block });
  return 'paid';
}

function move(desk: Desk, below: Below): void {
  const [from, to] = [ACCOUNTS[below(3)]!, ACCOUNTS[below(3)]!];
  const asset = ASSETS[below(ASSETS.length)]!;
  const amount = 1 + below(1_000_000_000);
  if (below(2) === 0) {
    const id = depositCursor(desk);
    desk.accept({ kind: 'CreditDeposit', account: to, asset, amount, reference: 'again', id });
    return;
  }
  desk.run({ kind: 'Propose', firm: 1, action: { kind: 'Transfer', from, to, asset, amount } });
}

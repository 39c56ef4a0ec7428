// Goal: whatever was traded, moved and lost, what everybody is entitled to sums to what was ever credited, and follows
// from the state by the rule of the specification. How: random flow on every kind of instrument, past an expiry, with
// pots, deposits, an insurance fund that is rich or empty and prices that ruin accounts; at many places a twin that
// shares nothing with the core says the same to the unit. The seed reproduces a failure.
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { ALTS, BASIS, type Desk, MAKER, OTHER, VOL } from '../../lab/fixtures/desk.ts';
import { randomFlow, sequence } from '../../lab/fixtures/randomFlow.ts';
import { plainAssets, plainCover, plainRealised } from '../../lab/twins/plainUnwind.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { post } from '../ledger/post.ts';
import { FEES, INSURANCE, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { forkEngine, stateHash } from '../snapshot.ts';
import { creditedOf } from './credited.ts';
import { entitlements } from './entitlements.ts';
import { unwindPrices } from './unwindPrices.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 300);
const ACCOUNTS = [BASIS, ALTS, VOL, MAKER, OTHER];

test.each([1, 2, 3, 4])(
  'random books: leaves sum to what was credited, and the plain twin agrees (seed %i)',
  (seed) => {
    const desk = openContractDesk();
    const flow = randomFlow(seed);
    const below = sequence(seed + 900);
    const seen = { debts: 0, funding: 0, positions: 0, pots: 0 };
    for (let count = 0; count < COMMANDS; count++) {
      if (below(5) === 0) disturb(desk, below);
      else desk.run(flow.next(desk));
      if (count % 15 !== 0) continue;
      checkInvariants(desk.engine.state);
      compare(desk, seen);
    }
    expect(seen.debts).toBeGreaterThan(3);
    expect(seen.funding).toBeGreaterThan(3);
    expect(seen.positions).toBeGreaterThan(30);
    expect(seen.pots).toBeGreaterThan(3);
  },
);

/** What random flow has not: pots, deposits, coins that go, and a house that has money or none. */
function disturb(desk: Desk, below: (n: number) => number): void {
  const account = ACCOUNTS[below(ACCOUNTS.length)]!;
  const { engine } = desk;
  const asset = ['USDC', 'BTC', 'ETH'][below(3)]!;
  const amount = 1 + below(1_000_000);
  const commands: Command[] = [
    { kind: 'OpenPot', account, underlying: 'BTC', label: 'Pot' },
    {
      kind: 'MoveCollateral',
      from: account,
      to: highWater(engine.state.accounts) - 1,
      asset: 'USDC',
      amount,
    },
    { kind: 'CreditDeposit', account, asset, amount, reference: `more ${below(1e9)}` },
    { kind: 'Tick' },
  ];
  const dice = below(8);
  if (dice < commands.length) desk.run(commands[dice]!);
  else lose(desk, account, below);
}

/** Money changes hands as a large trade at a bad price would make it. */
function lose(desk: Desk, account: number, below: (n: number) => number): void {
  const { engine } = desk;
  const winner = [INSURANCE, FEES, OTHER, VOL][below(4)]!;
  if (winner === account) return;
  const [from, to] = below(3) === 0 ? [winner, account] : [account, winner];
  // From some cents to more than an account has.
  const amount = (1 + below(1_000_000)) * [1, 1_000, 1_000_000, 8_000_000][below(4)]!;
  post(engine, from, to, USDC, amount, LedgerReason.transfer, -1);
}

function compare(desk: Desk, seen: Record<string, number>): void {
  const { state } = desk.engine;
  const hash = stateHash(state);
  const ours = entitlements(state);
  expect(stateHash(state)).toBe(hash);
  expect(entitlements(forkEngine(desk.engine).state)).toEqual(ours);
  const nowMs = state.globals.columns.timeMs[0]!;
  const realised = plainRealised(state, nowMs);
  const after = plainCover(realised, plainAssets(state, nowMs));
  const names = state.directory.assets.map(({ name }) => name);
  for (const { account, entitled } of ours)
    expect([account, entitled]).toEqual([account, names.map((name) => after.get(account)!.get(name))]);
  for (const [asset] of names.entries())
    expect(ours.reduce((sum, each) => sum + each.entitled[asset]!, 0n)).toBe(creditedOf(state, asset));
  if ([...realised.values()].some((units) => units.get('USDC')! < 0n)) seen.debts!++;
  const { lotSamples, lots } = state.positions.columns;
  if (lotSamples.some((held) => held !== 0)) seen.funding!++;
  seen.positions! += lots.filter((held) => held !== 0).length;
  if (state.accounts.columns.potOf.some((of) => of > 0)) seen.pots!++;
}

test('a market is unwound at the mean of its last five minutes, the older ones and what came between left out', () => {
  const desk = openContractDesk();
  const { state } = desk.engine;
  const BTC = 0;
  const perLot = () => unwindPrices(state).perLot[BTC]!;
  desk.timeMs = Math.floor(desk.timeMs / MINUTE_MS) * MINUTE_MS;
  const prices = [50_000, 61_000, 62_000, 60_000, 60_500, 61_500];
  for (const usd of prices) {
    desk.wait(MINUTE_MS);
    desk.prices({ 0: usd, 1: 3_000 });
    // The minute has its sample: what comes later in it moves the mark and not the mean.
    desk.wait(1_000);
    desk.prices({ 0: usd + 500, 1: 3_000 });
    desk.wait(-1_000);
  }
  const sampled = prices.slice(1).reduce((sum, usd) => sum + usd, 0) / 5;
  expect(perLot()).toBe(sampled * 100);
  desk.timeMs += 10 * MINUTE_MS;
  desk.run({ kind: 'Tick' });
  // Nobody has said anything for longer: the last mark stands.
  expect(perLot()).toBe(state.instruments.columns.mark[BTC]);
});

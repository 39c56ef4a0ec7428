// `npm run long -- NAME [--count N] [--seed N]`: the same test as in CI, at the full count an issue asks for.
import { parseArgs } from 'node:util';
import { assert } from '../../units/assert.ts';
import { tamperTest } from '../audit/tamper.ts';
import { held, killFaults, soakFaults } from './bounds.ts';
import { contractCoverage, contractRun } from './contractRun.ts';
import { escapeTest } from './escape.ts';
import { journeyRun } from './journeyRun.ts';
import { killTest } from './kill.ts';
import { reorgRun } from './reorg.ts';
import { settlementKills } from './settlementKills/settlementKills.ts';
import { fullRun } from './settlementKills/victims.ts';
import { soak } from './soak.ts';
import { vitestRun } from './vitestRun.ts';

interface LongRun {
  readonly count: number;
  /** @param seed its own where none is asked for */
  run(count: number, seed: number | undefined, say: (sentence: string) => void): Promise<object>;
}

/** Names, and how many of them make a full run. */
const runs = new Map<string, LongRun>([
  [
    'kill',
    {
      count: 50,
      run: async (cycles, seed = 20_260_101, say) =>
        held(await killTest({ cycles, seed, say }), killFaults, say),
    },
  ],
  // The opening of a vault, a deposit and a withdrawal of real desks, for each victim, with a kill after each step.
  ['settlementKills', { count: 3, run: (count, _seed, say) => settlementKills({ ...fullRun(count), say }) }],
  // Records of an audit export of which every byte is flipped, and each record dropped, doubled and swapped.
  [
    'audit',
    {
      count: 1_000,
      run: async (records) => {
        const report = await tamperTest({ records, byteStep: 1, sealStep: 1, recordStep: 1 });
        assert(report.missed.length === 0, `not found: ${report.missed.slice(0, 9).join(', ')}`);
        return report;
      },
    },
  ],
  // Minutes of the generated market at default pace, watched from outside.
  ['soak', { count: 60, run: async (minutes, _seed, say) => held(await soak(minutes), soakFaults, say) }],
  // Minutes of the trade screen at 1,000 messages a second: what its memory grows by.
  [
    'uiHeap',
    {
      count: 30,
      run: (minutes) =>
        journeyRun(['--config', 'playwright.bench.config.ts', 'heap.bench.ts'], {
          BALLAST_MINUTES: String(minutes),
        }),
    },
  ],
  // Seconds without a network, and what the screen says meanwhile and after.
  [
    'offline',
    {
      count: 60,
      run: (seconds) =>
        journeyRun(['e2e/faults.spec.ts', '-g', 'a line cut|both engines'], {
          BALLAST_CUT_MS: String(seconds * 1_000),
        }),
    },
  ],
  // Random commands and portfolios for the fast book and margin beside their slow twins.
  ['twins', { count: 1_000_000, run: async (count, seed) => vitestRun(['engine/lab/twins'], count, seed) }],
  // Random commands replayed from genesis and from snapshots, forked, previewed and taken back.
  [
    'replay',
    {
      count: 100_000,
      run: async (count, seed) => vitestRun(['engine/core/determinism.test.ts'], count, seed),
    },
  ],
  // Random trees with limits, and orders and fills in every order: no limit is passed at a constant price.
  [
    'limits',
    {
      count: 200,
      run: async (count, seed) => vitestRun(['engine/core/limits/randomLimits.test.ts'], count, seed),
    },
  ],
  // Random days of trades, moves and midnights: what a place has lost is what events add up to, to the micro-USD.
  [
    'losses',
    {
      count: 200,
      run: async (count, seed) => vitestRun(['engine/core/limits/randomDayLoss.test.ts'], count, seed),
    },
  ],
  // Random asking, agreeing, objecting, joining and leaving: nothing is done without as many different people as it needs.
  [
    'proposals',
    {
      count: 2_000,
      run: async (count, seed) => vitestRun(['engine/core/proposals/randomProposals.test.ts'], count, seed),
    },
  ],
  // Random moves of collateral and positions among trades: positions, cash and cost are conserved.
  [
    'moves',
    {
      count: 100_000,
      run: async (count, seed) =>
        vitestRun(
          ['engine/core/moves/randomMoves.test.ts', 'engine/core/moves/randomChangeSets.test.ts'],
          count,
          seed,
        ),
    },
  ],
  // Paths of random trees, most of them tampered with: the vault's verifier and the engine's say the same.
  [
    'sumTree',
    {
      count: 100_000,
      run: async (count, seed) => vitestRun(['engine/settlement/roots/twoVerifiers.test.ts'], count, seed),
    },
  ],
  // Runs of each fuzzed property of the vault; its invariants get 256 sequences of 100 calls.
  ['contracts', { count: 10_000, run: contractRun }],
  // A chain taken back at each depth from 1 to 64 around deposits, claims and roots, those the desk believed in too.
  [
    'reorg',
    {
      count: 64,
      run: async (count, seed, say) => {
        vitestRun(['engine/settlement/vault/reorg.test.ts'], count, seed);
        return await reorgRun({ depths: Array.from({ length: count }, (_, index) => index + 1), say });
      },
    },
  ],
  // Accounts of a desk that is killed: each leaves with its exit kit alone, and the vault ends empty.
  ['escape', { count: 10_000, run: (accounts, _seed, say) => escapeTest({ accounts, say }) }],
  // The same tests with so many runs: every line and every branch of the vault is reached.
  ['coverage', { count: 32, run: contractCoverage }],
  // Books of futures and options, traded and settled; each account's cash is summed again in BigInt.
  [
    'settlement',
    {
      count: 10_000,
      run: async (count, seed) =>
        vitestRun(['engine/core/instruments/randomSettlements.test.ts'], count, seed),
    },
  ],
]);

const number = { type: 'string' } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { count: number, seed: number },
});
const run = runs.get(positionals[0] ?? '');
if (run === undefined) {
  console.error(`Say which: npm run long -- ${[...runs.keys()].join(' | ')} [--count N] [--seed N]`);
  process.exit(2);
}
const seed = values.seed === undefined ? undefined : Number(values.seed);
const count = Number(values.count ?? run.count);
console.log(`${positionals[0]}: ${count} with ${seed === undefined ? 'its own seeds' : `seed ${seed}`}`);
console.log(JSON.stringify(await run.run(count, seed, console.log), undefined, 2));

// `npm run long -- NAME [--count N] [--seed N]`: the same test as in CI, at the full count an issue asks for.
import { parseArgs } from 'node:util';
import { killTest } from './kill.ts';
import { soak } from './soak.ts';
import { vitestRun } from './vitestRun.ts';

interface LongRun {
  readonly count: number;
  run(count: number, seed: number, say: (sentence: string) => void): Promise<object>;
}

/** Names, and how many of them make a full run. */
const runs = new Map<string, LongRun>([
  ['kill', { count: 50, run: (cycles, seed, say) => killTest({ cycles, seed, say }) }],
  // Minutes of the generated market at default pace, watched from outside.
  ['soak', { count: 60, run: (minutes) => soak(minutes) }],
  // Random commands and portfolios for the fast book and margin beside their slow twins.
  ['twins', { count: 1_000_000, run: async (count, seed) => vitestRun(['engine/lab/twins'], count, seed) }],
  // Random commands replayed from genesis and from snapshots, forked, previewed and taken back.
  ['replay', { count: 100_000, run: async (count) => vitestRun(['engine/core/determinism.test.ts'], count) }],
  // Books of futures and options, traded and settled; each account's cash is summed again in BigInt.
  [
    'settlement',
    {
      count: 10_000,
      run: async (count) => vitestRun(['engine/core/instruments/randomSettlements.test.ts'], count),
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
const seed = Number(values.seed ?? 20_260_101);
const count = Number(values.count ?? run.count);
console.log(`${positionals[0]}: ${count} with seed ${seed}`);
console.log(JSON.stringify(await run.run(count, seed, console.log), undefined, 2));

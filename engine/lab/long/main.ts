import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { soak } from './soak.ts';

/**
 * `npm run long -- NAME [COUNT]`: a test at the count an issue asks for. `npm test` runs each in a short form.
 */
const ROOT = path.resolve(import.meta.dirname, '../../..');

interface LongRun {
  readonly about: string;
  readonly defaultCount: number;
  run(count: number): Promise<boolean>;
}

const runs: Record<string, LongRun> = {
  twins: {
    about: 'random commands for the fast book and margin beside their slow twins, and for replay and undo',
    defaultCount: 1_000_000,
    run: async (count) => vitest(['engine/lab/twins', 'engine/core/determinism.test.ts'], count),
  },
  soak: {
    about: 'minutes of the generated market at default pace, watched from outside',
    defaultCount: 60,
    run: async (minutes) => {
      const report = await soak(minutes);
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      return report.crossed === 0 && report.complaints.length === 0;
    },
  },
};

/** Runs test files with their counts raised. */
function vitest(files: string[], count: number): boolean {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...files, '--testTimeout=3600000'],
    {
      cwd: ROOT,
      env: { ...process.env, BALLAST_LONG_COUNT: String(count) },
      stdio: 'inherit',
    },
  );
  return status === 0;
}

const [name = '', countText] = process.argv.slice(2);
const chosen = Object.hasOwn(runs, name) ? runs[name] : undefined;
if (chosen === undefined) {
  const names = Object.entries(runs).map(
    ([key, { about, defaultCount }]) => `  ${key} [${defaultCount}]  ${about}`,
  );
  process.stderr.write(`npm run long -- NAME [COUNT]\n${names.join('\n')}\n`);
  process.exit(2);
}
process.exit((await chosen.run(countText === undefined ? chosen.defaultCount : Number(countText))) ? 0 : 1);

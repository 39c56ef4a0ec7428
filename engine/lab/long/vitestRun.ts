import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { assert } from '../../units/assert.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Runs test files with their random counts raised, whatever the time they take. */
export function vitestRun(files: readonly string[], count: number, seed?: number): object {
  const argv = ['node_modules/vitest/vitest.mjs', 'run', ...files, '--testTimeout=3600000'];
  const env: NodeJS.ProcessEnv = { ...process.env, BALLAST_LONG_COUNT: String(count) };
  if (seed !== undefined) env.BALLAST_SEED = String(seed);
  const { status } = spawnSync(process.execPath, argv, { cwd: ROOT, env, stdio: 'inherit' });
  assert(status === 0, `the tests ended with ${status}`);
  return { files, count };
}

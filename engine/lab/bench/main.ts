// `npm run bench [-- --json] [-- --quick] [-- --strict]`: the engine's goals as ratios and figures of one run. It ends with 1
// where a goal is not held and `--strict` was asked for: what a busy machine did not hold is for whoever looks to judge.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { INLINING } from '../../../scripts/inlining.mjs';
import { bundle, root } from '../bundle.ts';
import { type BenchRow, exitCodeOf } from './rows.ts';

const flag = { type: 'boolean' } as const;
const { values } = parseArgs({ options: { json: flag, quick: flag, strict: flag } });
const dir = mkdtempSync(path.join(tmpdir(), 'ballast-bench-'));

/**
 * Each section has a process of its own: an engine that shares its isolate with another one runs slower
 * than on a desk, where the writer's thread has one.
 */
function run<T>(section: string): T {
  const argv = [
    INLINING,
    path.join(programs, 'section.mjs'),
    section,
    dir,
    values.quick === true ? 'quick' : 'full',
  ];
  const text = execFileSync(process.execPath, argv, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  return JSON.parse(text.trim().split('\n').at(-1)!) as T;
}

await ensureBuilt();
const programs = await bundle('bench', ['engine/lab/bench/section.ts', 'engine/lab/bench/ackClient.ts']);
try {
  const rows = run<string[]>('names').flatMap((section) => run<BenchRow[]>(section));
  const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model };
  if (values.json === true) {
    console.log(JSON.stringify({ machine, rows }, undefined, 2));
  } else {
    for (const { goal, value, unit, hold, isHeld } of rows) {
      console.log(`${isHeld ? 'holds' : 'SHORT'}  ${goal}: ${value} ${unit} (${hold})`);
    }
  }
  if (values.strict === true) process.exitCode = exitCodeOf(rows);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

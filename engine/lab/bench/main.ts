// `npm run bench [-- --json] [-- --quick]`: the engine's goals as ratios and figures of one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { measureAck } from './ack.ts';
import { measureDurable } from './durable.ts';
import { measureFirstLoad } from './firstLoad.ts';
import { createFlow, measureFullPath } from './fullPath.ts';
import { measureJournal } from './journal.ts';
import { measureMargin } from './margin.ts';
import { measureMatch } from './match.ts';
import { ackRows, type BenchRow, firstLoadRows, marginRows, matchRows, pathRows } from './rows.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
const isQuick = values.quick === true;

/** The best of some passes: what the code costs, without what else the machine did. */
function bestOf<T>(passes: number, measure: () => T, cost: (result: T) => number): T {
  const results = Array.from({ length: passes }, measure);
  return results.reduce((best, result) => (cost(result) < cost(best) ? result : best));
}

async function inFolder<T>(measure: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-bench-'));
  try {
    return await measure(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measurePath(): Promise<BenchRow[]> {
  const flow = createFlow(isQuick ? 100_000 : 500_000);
  const full = bestOf(
    4,
    () => measureFullPath(flow),
    (result) => result.nsPerCommand,
  );
  const durable = await inFolder((dir) => measureDurable(flow, dir));
  const journal = await inFolder(measureJournal);
  return pathRows(full, durable, journal);
}

await ensureBuilt();
const rows = [
  ...matchRows(measureMatch({ ops: isQuick ? 200_000 : 1_000_000 })),
  ...(await measurePath()),
  ...marginRows(measureMargin()),
  ...ackRows(await inFolder((dir) => measureAck(dir))),
  ...firstLoadRows(measureFirstLoad(ROOT, '/trade/[market]/page')),
];
const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model };
if (values.json === true) {
  console.log(JSON.stringify({ machine, rows }, undefined, 2));
} else {
  for (const { goal, value, unit, hold, isHeld } of rows) {
    console.log(`${isHeld ? 'holds' : 'SHORT'}  ${goal}: ${value} ${unit} (${hold})`);
  }
}

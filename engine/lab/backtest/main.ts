// `npm run backtest [-- --data DIR] [--out FILE] [--summary FILE]`: the shipped margin model over recorded prices,
// and a report of where it held, what it cost and where it failed.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DataError } from './readTape.ts';
import { findings } from './report/findings.ts';
import { renderSummary } from './report/markdown.ts';
import { renderReport } from './report/page.ts';
import { runBackTest } from './runBackTest.ts';

const DEFAULT_DATA = '../shared/data';
const DEFAULT_OUT = '.cache/backtest/report.html';
const text = { type: 'string' } as const;

function run(): void {
  const { values } = parseArgs({ options: { data: text, out: text, summary: text } });
  const startMs = performance.now();
  const test = runBackTest(path.resolve(values.data ?? DEFAULT_DATA), console.log);
  const out = values.out ?? DEFAULT_OUT;
  write(out, renderReport(test));
  if (values.summary !== undefined) write(values.summary, renderSummary(test));
  for (const sentence of findings(test)) console.log(sentence);
  console.log(`${out}, after ${Math.round((performance.now() - startMs) / 1_000)} s`);
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, content);
}

try {
  run();
} catch (error) {
  const isArgument = error instanceof TypeError && 'code' in error;
  if (!(error instanceof DataError) && !isArgument) throw error;
  console.error(error.message);
  process.exitCode = isArgument ? 2 : 1;
}

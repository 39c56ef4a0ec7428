// The steps of a check: which ran, which failed, and how many tests there were in all.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { forge } from './contracts.mjs';
import { failedJourneys, failedTests, plain } from './failures.mjs';
import { root, run, runTool, say } from './steps.mjs';

/** Counts over all steps; `closing` keeps each test runner's last lines for the end of the output. */
export function newTally() {
  return { passed: 0, failed: 0, closing: [] };
}

/** A step without tests of its own (types, lint, build): silent when it passes, one failure when it does not. */
async function checkStep(tally, { name, tool, args, script }) {
  const startedMs = performance.now();
  const { code, output } = await (script === undefined
    ? runTool(tool, args, { isQuiet: true })
    : run(process.execPath, [script], { isQuiet: true }));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (code === 0) {
    say(`${name}: fine (${seconds} s)`);
    return;
  }
  tally.failed += 1;
  console.log(`\n${output.trim()}\n`);
  say(`${name}: FAILED`);
}

/** Types with and without a browser, rules and format, and what nobody uses. */
const STATIC_CHECKS = [
  { name: 'types', tool: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'types below the stairs', tool: 'tsc', args: ['-p', 'tsconfig.core.json'] },
  { name: 'unused files and exports', tool: 'knip', args: [] },
  { name: 'rules and format', tool: 'biome', args: ['check', '--error-on-warnings'] },
];

/** What needs no test runner. */
export async function staticSteps(tally) {
  await twoAtATime(STATIC_CHECKS.map((check) => () => checkStep(tally, check)));
}

/**
 * The same, the build that the journeys need, and the contracts, which keep one core busy for longer than all of it.
 *
 * @returns when everything else is done; `contracts` once they are too
 */
export async function staticAndBuildSteps(tally) {
  const [longest, ...others] = STATIC_CHECKS;
  const checks = [longest, { name: 'build', script: 'scripts/build.mjs' }, ...others];
  const contracts = contractStep(tally);
  await twoAtATime(
    checks.map((check) => () => checkStep(tally, check)),
    contracts,
  );
  return { contracts };
}

/** Forge on the vault: compiled and tested with what is installed here. */
async function contractStep(tally) {
  const { code, output } = await forge('test', [], { isQuiet: true });
  const text = plain(output);
  const [, passed, failed] = text.match(/: (\d+) tests passed, (\d+) failed, \d+ skipped/) ?? [0, 0, 0];
  if (code !== 0) console.log(`\n${text.trim()}\n`);
  const failures = [...new Set(text.split('\n').filter((line) => line.startsWith('[FAIL')))].map(
    (line) => `  failed: ${line.slice(0, 300)}`,
  );
  const report = { passed: Number(passed), failed: Number(failed), failures };
  count(tally, 'contracts', code, report, text, /tests passed/);
}

/**
 * In the order given, which is best the longest first. Two, because a small machine has two cores.
 *
 * @param other keeps one of the two busy until it is done; it is not waited for
 */
async function twoAtATime(steps, other = Promise.resolve()) {
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await step();
  };
  let beside;
  void other.then(() => {
    beside = work();
  });
  await work();
  await beside;
}

/** Vitest on the given folders, or on everything. */
export async function unitStep(tally, folders = []) {
  const file = '.cache/vitest.json';
  const args = ['run', ...folders, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, output } = await runTool('vitest', args, { env: { NODE_ENV: 'test' } });
  const report = readReport(file, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    failures: failedTests(json),
  }));
  count(tally, 'vitest', code, report, output, /^\s*(Test Files|Tests|Duration)\b/);
}

/** Playwright, on the build that `npm start` would serve. */
export async function journeyStep(tally, args = []) {
  const { code, output } = await run(process.execPath, ['scripts/e2e.mjs', ...args]);
  const report = readReport('.cache/playwright.json', (json) => ({
    passed: json.stats.expected,
    failed: json.stats.unexpected,
    failures: failedJourneys(json),
  }));
  count(tally, 'playwright', code, report, output, /^\s*\d+ (passed|failed|did not run)/);
}

/** A runner that fails without naming a failed test (a file that does not load) counts as one failure. */
function count(tally, name, code, { passed, failed, failures }, output, closingLine) {
  tally.passed += passed;
  tally.failed += code !== 0 && failed === 0 ? 1 : failed;
  const lines = plain(output)
    .split('\n')
    .filter((line) => closingLine.test(line));
  tally.closing.push(`${name}:`, ...failures, ...lines.slice(-4));
  say(`${name}: ${code === 0 ? 'fine' : 'FAILED'}`);
}

function readReport(file, read) {
  try {
    return read(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
  } catch {
    // The runner stopped before it could report; its exit code says so.
    return { passed: 0, failed: 0, failures: [] };
  }
}

/** Prints the closing lines and, as the very last one, the counts; sets the exit code. */
export function close(tally) {
  console.log(`\n${tally.closing.join('\n')}`);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

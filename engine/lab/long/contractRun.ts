import { readFileSync } from 'node:fs';
import path from 'node:path';
import { forge } from '../../../scripts/contracts.mjs';
import { assert } from '../../units/assert.ts';
import { root } from '../house/sources.ts';

/** The tests of the vault with so many runs of each fuzzed property. */
export async function contractRun(runs: number): Promise<object> {
  const { code, output } = await forge('test', [], {
    env: {
      FOUNDRY_FUZZ_RUNS: String(runs),
      FOUNDRY_INVARIANT_RUNS: '256',
      FOUNDRY_INVARIANT_DEPTH: '100',
    },
  });
  assert(code === 0, `forge ended with ${code}`);
  return { runs, said: output.trim().split('\n').at(-1) };
}

const SOURCES = 'engine/settlement/contracts/src/';
/** A sandbox's token is no part of the vault. */
const OTHERS = `${SOURCES}sandbox/`;
/** Beside forge's own cache, out of the way of everything. */
const REPORT = path.join(root, '.cache', 'forge', 'lcov.info');

/**
 * Which lines and branches of the vault its tests reach. Compiled without the intermediate representation: with it forge
 * does not know any more which instruction was which branch, and reports reached ones as missed.
 *
 * @fails AssertionError where one is missed, naming it
 */
export async function contractCoverage(runs: number): Promise<object> {
  const report = ['--report', 'lcov', '--report-file', REPORT];
  const { code } = await forge('coverage', [...report, '--no-match-contract', 'InvariantsTest|GasTest'], {
    env: { FOUNDRY_FUZZ_RUNS: String(runs) },
  });
  assert(code === 0, `forge ended with ${code}`);
  const { missed, ...reached } = coverageOf(readFileSync(REPORT, 'utf8'));
  assert(missed.length === 0, `not reached: ${missed.join(', ')}`);
  return reached;
}

function coverageOf(lcov: string): { lines: number; branches: number; missed: string[] } {
  const found = { lines: 0, branches: 0, missed: [] as string[] };
  let file = '';
  for (const line of lcov.split('\n')) {
    const [kind, value = ''] = line.split(/:(.*)/);
    if (kind === 'SF') file = value;
    if (!file.startsWith(SOURCES) || file.startsWith(OTHERS)) continue;
    if (kind !== 'DA' && kind !== 'BRDA') continue;
    const numbers = value.split(',');
    found[kind === 'DA' ? 'lines' : 'branches'] += 1;
    if (numbers.at(-1) === '0' || numbers.at(-1) === '-')
      found.missed.push(`${file}:${numbers[0]} (${kind})`);
  }
  assert(found.branches > 0 && found.lines > 0, 'forge reports the vault');
  return found;
}

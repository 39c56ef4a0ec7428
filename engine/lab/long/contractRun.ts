import { forgeTest } from '../../../scripts/contracts.mjs';
import { assert } from '../../units/assert.ts';

/** The tests of the vault with so many runs of each fuzzed property. */
export async function contractRun(runs: number): Promise<object> {
  const { code, output } = await forgeTest([], {
    env: {
      FOUNDRY_FUZZ_RUNS: String(runs),
      FOUNDRY_INVARIANT_RUNS: '256',
      FOUNDRY_INVARIANT_DEPTH: '100',
    },
  });
  assert(code === 0, `forge ended with ${code}`);
  return { runs, said: output.trim().split('\n').at(-1) };
}

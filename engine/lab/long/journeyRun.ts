import { ensureBuilt } from '../../../scripts/build.mjs';
import { ensureChromium } from '../../../scripts/chromium.mjs';
import { runTool } from '../../../scripts/steps.mjs';
import { assert } from '../../units/assert.ts';

/** Runs a journey in a real Chromium against the production build, whatever the time it takes. */
export async function journeyRun(argv: string[], env: Record<string, string>): Promise<object> {
  const buildId = await ensureBuilt();
  await ensureChromium();
  const { code } = await runTool('playwright', ['test', ...argv], {
    env: { BALLAST_BUILD_ID: buildId, ...env },
  });
  assert(code === 0, `the journey ended with ${code}`);
  return { argv };
}

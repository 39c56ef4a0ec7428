// `npm test`: everything CI runs, from a fresh clone. The last line is `N passed, N failed`.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './steps.mjs';
import { close, journeyStep, newTally, staticAndBuildSteps, unitStep } from './tally.mjs';

await ensureInstalled();
// Reports of an earlier run must not be counted when a runner dies before writing its own.
for (const report of ['vitest.json', 'playwright.json']) {
  rmSync(path.join(root, '.cache', report), { force: true });
}
const tally = newTally();
const { contracts } = await staticAndBuildSteps(tally);
await Promise.all([unitStep(tally), contracts]);
await journeyStep(tally);
close(tally);

// `npm run e2e`: the journeys in a real Chromium, against the same build that `npm start` serves.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { giveUp, runTool } from './steps.mjs';

await ensureInstalled();
const buildId = await ensureBuilt();
await ensureChromium().catch((error) => giveUp(error.message));
const { code } = await runTool('playwright', ['test', ...process.argv.slice(2)], {
  env: { BALLAST_BUILD_ID: buildId },
});
process.exitCode = code;

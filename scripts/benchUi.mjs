// `npm run bench:ui`: how late and how busy the trade screen and the desk of a large firm are, in a real Chromium against the production build.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { giveUp, runTool } from './steps.mjs';

await ensureInstalled();
const buildId = await ensureBuilt();
await ensureChromium().catch((error) => giveUp(error.message));
const argv = [
  'test',
  '--config',
  'playwright.bench.config.ts',
  'ui.bench.ts',
  'desk.bench.ts',
  ...process.argv.slice(2),
];
const { code } = await runTool('playwright', argv, { env: { BALLAST_BUILD_ID: buildId } });
process.exitCode = code;

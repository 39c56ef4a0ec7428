// `npm run pictures`: takes the pictures of the documents anew, in a real Chromium, on a desk with a book in it.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { giveUp, runTool } from './steps.mjs';

await ensureInstalled();
const buildId = await ensureBuilt();
await ensureChromium().catch((error) => giveUp(error.message));
const { code } = await runTool(
  'playwright',
  ['test', '--config', 'playwright.pictures.config.ts', ...process.argv.slice(2)],
  { env: { BALLAST_BUILD_ID: buildId } },
);
process.exitCode = code;

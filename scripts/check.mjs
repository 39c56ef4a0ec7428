// `npm run check`: what to run before each commit, under a minute.
import { ensureInstalled } from './install.mjs';
import { close, newTally, staticSteps, unitStep } from './tally.mjs';

const QUICK = ['engine/lab/house', 'engine/units', 'engine/protocol', 'engine/core', 'lib', 'components'];

await ensureInstalled();
const tally = newTally();
await staticSteps(tally);
await unitStep(tally, QUICK);
close(tally);

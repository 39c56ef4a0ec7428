// `npm run vectors -- FILE`: worked examples of other venues' margin rules against ours, ends with how many passed.
import { existsSync, readFileSync } from 'node:fs';
import { runVectors } from './vectors/runVectors.ts';

const file = process.argv[2];
if (file === undefined || !existsSync(file)) {
  console.error('Say which file of vectors to run: npm run vectors -- ../shared/vectors/margin.json');
  process.exit(1);
}
try {
  const { failures, passed, failed } = runVectors(readFileSync(file, 'utf8'));
  for (const line of failures) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(`${file} cannot be run: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type GoldenLine, runGolden } from './runGolden.ts';

/**
 * Stories a risk officer can read: what was done and what came of it, money with units. A changed golden
 * is reviewed like code. `BALLAST_GOLDEN=write npx vitest run engine/lab/golden` writes them anew.
 */
const folder = new URL('.', import.meta.url);
const stories = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test.each(stories)('%s goes as it is written', (name) => {
  const path = new URL(name, folder);
  const lines = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as GoldenLine);
  const played = runGolden(lines);
  if (process.env['BALLAST_GOLDEN'] === 'write') {
    writeFileSync(path, `${played.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return;
  }
  expect(played).toEqual(lines);
});

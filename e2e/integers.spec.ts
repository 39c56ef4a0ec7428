// Goal: a browser computes the margin that liquidates, to the last unit. How: random books and options are drawn once;
// the same source runs here and, bundled, in the page; every figure must be equal, not close.
import path from 'node:path';
import { expect } from '@playwright/test';
import { build } from 'esbuild';
import { randomFrom } from '../engine/lab/sim/random.ts';
import {
  BOOKS,
  type Cases,
  drawCases,
  type Integers,
  integersOf,
  OPTIONS,
} from '../engine/lab/twins/integers.ts';
import { test } from './journey.ts';

test('margin, distance and option values are the same in a browser and in Node', async ({ page }) => {
  const cases = drawCases(randomFrom(20_261));
  const { outputFiles } = await build({
    entryPoints: [path.resolve('engine/lab/twins/integers.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'Ballast',
    write: false,
  });
  await page.addScriptTag({ content: outputFiles[0]!.text });
  const inPage = await page.evaluate(
    (given) =>
      (globalThis as unknown as { Ballast: { integersOf(given: Cases): Integers } }).Ballast.integersOf(
        given,
      ),
    cases,
  );
  const here = integersOf(cases);
  expect(inPage.books).toEqual(here.books);
  expect(inPage.vectors).toEqual(here.vectors);
  // The cases are no dead weight: most books need margin, most options are worth something.
  expect(here.books.filter(([, initial]) => initial! > 0).length).toBeGreaterThan(BOOKS / 2);
  expect(here.vectors.filter((cells) => cells.some((cell) => cell !== 0)).length).toBeGreaterThan(
    OPTIONS / 2,
  );
});

// Goal: a browser computes the margin that liquidates, to the last unit. How: random books and options are drawn once;
// the same source runs here and, bundled, in the page; every figure must be equal, not close.
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { createPortfolio } from '../engine/core/margin/portfolio.ts';
import { type Random, randomFrom } from '../engine/lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../engine/lab/twins/randomBook.ts';
import type { RiskVectorOption } from '../engine/pricing/riskVector.ts';
import { type Cases, type Integers, integersOf, packed } from './integers.ts';

const BOOKS = 200;
const OPTIONS = 2_000;

function drawCases(random: Random): Cases {
  const portfolio = createPortfolio();
  return {
    books: Array.from({ length: BOOKS }, () => {
      const source = randomRisk(random, 2 + random.below(14));
      fillRandomBook(random, portfolio, source.underlyings.length);
      return JSON.stringify([source, portfolio], packed);
    }),
    options: Array.from({ length: OPTIONS }, () => drawOption(random)),
  };
}

/** From dust to a fortune, from an hour to two years, from nearly no volatility to a panic. */
function drawOption(random: Random): RiskVectorOption {
  const forward = 0.01 + random.unit() * 200_000;
  return {
    forward,
    strike: forward * (0.1 + 3 * random.unit()),
    volatility: 0.01 + 3 * random.unit(),
    years: random.unit() * (random.chance(0.5) ? 0.02 : 2),
    isCall: random.chance(0.5),
    unitsPerLot: random.chance(0.5) ? 0.01 : 1,
  };
}

test('margin, distance and option values are the same in a browser and in Node', async ({ page }) => {
  const cases = drawCases(randomFrom(20_261));
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'integers.ts')],
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

// Goal: the margin that decides about orders is the margin of the specification. How: random books under
// random parameters go through the fast scan and through a slow one written from the formulas in integers.
// A difference means a slip in one of them; the book's number and seed reproduce it.
import { describe, expect, test } from 'vitest';
import { addOption } from '../../core/margin/addLegs.ts';
import { creditCutUsd } from '../../core/margin/credit.ts';
import { equityUsd } from '../../core/margin/equity.ts';
import { prepareLegs } from '../../core/margin/legs.ts';
import { createRiskParameters } from '../../core/margin/parameters.ts';
import { createPortfolio } from '../../core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd, requirementOf } from '../../core/margin/requirement.ts';
import { computeScan } from '../../core/margin/scan.ts';
import { createScanScratch } from '../../core/margin/scratch.ts';
import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { usd } from '../../units/money.ts';
import { timeoutMs } from '../fixtures/longRun.ts';
import { sandboxRisk } from '../fixtures/risk.ts';
import { randomFrom } from '../sim/random.ts';
import { plainCreditCut, plainHeldBack } from './plainCredit.ts';
import { plainEquity, plainRequirement, plainRiskOf } from './plainMargin.ts';
import { squareRoot } from './plainMath.ts';
import { addRandomCredit, fillRandomBook, randomRisk } from './randomBook.ts';
import { addRandomCharges, addRandomOptions, randomVectors } from './randomOptions.ts';

/** Books of both kinds together; a tenth has options, dated futures and every add-on. `npm run long -- twins` asks for more. */
const BOOKS = Number(process.env.BALLAST_LONG_COUNT ?? 25_000);
const OPTION_BOOKS = Math.ceil(BOOKS / 10);
const LINEAR_BOOKS = BOOKS - OPTION_BOOKS;
const BOOKS_PER_RISK = 250;
const OPTION_BOOKS_PER_RISK = 25;
/** Keeps sums of linear notional and options where a double still has digits to spare. */
const OPTION_BOOK_USD_MAX = 2 ** 47;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);

/** Two units, and what doubles lose on large books. */
function isClose(fast: number, plain: bigint): boolean {
  return Math.abs(fast - Number(plain)) <= 2 + 1e-12 * Math.abs(Number(plain));
}

describe('the fast margin and the plain margin', () => {
  test(`agree on ${LINEAR_BOOKS} random books of linear legs`, { timeout: timeoutMs(3_600_000) }, () => {
    const random = randomFrom(SEED);
    const portfolio = createPortfolio();
    const scratch = createScanScratch();
    const differences: string[] = [];
    let source = sandboxRisk();
    let risk = plainRiskOf(source);
    let parameters = createRiskParameters(source);
    for (let book = 0; book < LINEAR_BOOKS; book++) {
      if (book > 0 && book % BOOKS_PER_RISK === 0) {
        source = randomRisk(random, 2 + random.below(14));
        risk = plainRiskOf(source);
        parameters = createRiskParameters(source);
      }
      fillRandomBook(random, portfolio, parameters.count);
      const plain = plainRequirement(risk, portfolio);
      const pairs: [string, number, bigint][] = [
        ['initial scan', computeScan(parameters, portfolio, 'initial', scratch), plain.initialScan],
        ['initial', initialMarginUsd(parameters, portfolio), plain.initial],
        ['maintenance', maintenanceMarginUsd(parameters, portfolio), plain.maintenance],
        ['equity', equityUsd(portfolio), plainEquity(portfolio)],
      ];
      for (const [what, fast, plain] of pairs) {
        if (!isClose(fast, plain)) differences.push(`book ${book}, ${what}: fast ${fast}, plain ${plain}`);
      }
    }
    expect(differences).toEqual([]);
  });

  test(`agree on ${OPTION_BOOKS} random books with options, futures and every add-on`, {
    timeout: timeoutMs(3_600_000),
  }, () => {
    const random = randomFrom(SEED + 2);
    const portfolio = createPortfolio();
    const vectors = randomVectors(random);
    const differences: string[] = [];
    let source = randomRisk(random, 4);
    for (let book = 0; book < OPTION_BOOKS; book++) {
      if (book % OPTION_BOOKS_PER_RISK === 0) source = randomRisk(random, 1 + random.below(6));
      const risk = plainRiskOf(source);
      const parameters = createRiskParameters(source);
      fillRandomBook(random, portfolio, parameters.count, OPTION_BOOK_USD_MAX);
      if (random.chance(0.9)) addRandomOptions(random, portfolio, parameters.count, vectors);
      addRandomCharges(random, portfolio, parameters.count);
      const plain = plainRequirement(risk, portfolio);
      const pairs: [string, number, bigint][] = [
        ['initial', initialMarginUsd(parameters, portfolio), plain.initial],
        ['maintenance', maintenanceMarginUsd(parameters, portfolio), plain.maintenance],
      ];
      for (const [what, fast, plain] of pairs) {
        if (!isClose(fast, plain)) differences.push(`book ${book}, ${what}: fast ${fast}, plain ${plain}`);
      }
    }
    expect(differences).toEqual([]);
  });

  // A random book once differed by 8 units of 10¹²: the slow twin had rounded the size behind its range.
  test('agree where the size behind a range is no whole micro-USD and hardly anything is traded', () => {
    const [btc] = sandboxRisk(1).underlyings;
    const source = { ...sandboxRisk(1), underlyings: [{ ...btc!, adv30Usd: usd(100_000_000_000) }] };
    const vector = new Float64Array(RISK_CELLS);
    for (let state = 0; state < VOL_STATES; state++) {
      vector[PRICE_MOVES.indexOf(0.18) * VOL_STATES + state] = -3_020_432;
      vector[PRICE_MOVES.indexOf(5) * VOL_STATES + state] = -23_949_089_812_688 * 4;
    }
    const portfolio = createPortfolio();
    addOption(portfolio, 0, vector, 0, 1, 0, 0, 0, 0);
    const fast = maintenanceMarginUsd(createRiskParameters(source), portfolio);
    expect(isClose(fast, plainRequirement(plainRiskOf(source), portfolio).maintenance)).toBe(true);
  });

  test('agree on what gains count: average, size and windows', () => {
    const random = randomFrom(SEED + 3);
    const portfolio = createPortfolio();
    const scratch = createScanScratch();
    const differences: string[] = [];
    let held = 0;
    for (let book = 0; book < 2_000; book++) {
      const source = randomRisk(random, 5);
      const risk = plainRiskOf(source);
      const parameters = createRiskParameters(source);
      fillRandomBook(random, portfolio, parameters.count);
      addRandomCredit(random, portfolio);
      prepareLegs(parameters, portfolio, 'initial', scratch);
      const cut = creditCutUsd(parameters, portfolio, scratch.rowStandalone);
      const { heldBackUsd } = requirementOf(parameters, portfolio);
      if (!isClose(cut, plainCreditCut(risk, portfolio))) differences.push(`book ${book}: cut ${cut}`);
      if (!isClose(heldBackUsd, plainHeldBack(risk, portfolio)))
        differences.push(`book ${book}: held back ${heldBackUsd}`);
      if (heldBackUsd > 0) held++;
    }
    expect(differences).toEqual([]);
    expect(held).toBeGreaterThan(100);
  });

  test('agree that initial margin never falls below maintenance margin', () => {
    const random = randomFrom(SEED + 1);
    const portfolio = createPortfolio();
    for (let book = 0; book < 2_000; book++) {
      const source = randomRisk(random, 5);
      const parameters = createRiskParameters(source);
      fillRandomBook(random, portfolio, parameters.count);
      const initial = initialMarginUsd(parameters, portfolio);
      expect(initial).toBeGreaterThanOrEqual(maintenanceMarginUsd(parameters, portfolio));
      expect(isClose(initial, plainRequirement(plainRiskOf(source), portfolio).initial)).toBe(true);
    }
  });
});

test('the integer square root is the largest whose square fits', () => {
  for (const value of [0n, 1n, 2n, 3n, 4n, 15n, 16n, 17n, 10n ** 36n - 1n, 10n ** 36n]) {
    const root = squareRoot(value);
    expect(root * root <= value && (root + 1n) * (root + 1n) > value).toBe(true);
  }
});

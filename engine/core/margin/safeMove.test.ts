// Goal: an account that is skipped is never one that should be liquidated. How: random books are moved at
// random within their promise; then a market walks and a full sweep looks for what the shortcut missed.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addOption } from './addLegs.ts';
import { createRiskParameters } from './parameters.ts';
import { addPosition, createPortfolio } from './portfolio.ts';
import { maintenanceMarginUsd } from './requirement.ts';
import {
  clearSafeMove,
  createSafeMoves,
  isDue,
  nextDue,
  noteMove,
  safeMoveOf,
  storeSafeMove,
} from './safeMove.ts';
import { createTerrain, surplusAt, surveyPortfolio } from './terrain.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

describe('a safe move', () => {
  test('brings no liquidation, however the underlyings move within it', () => {
    const random = randomFrom(31);
    const book = createPortfolio();
    const x = new Float64Array(64);
    let promised = 0;
    for (let turn = 0; turn < 3_000; turn++) {
      const risk = createRiskParameters(randomRisk(random, 5));
      fillRandomBook(random, book, 5, 2 ** 45);
      const gross = book.notional.subarray(0, book.count).reduce((sum, leg) => sum + Math.abs(leg), 0);
      book.usdc = maintenanceMarginUsd(risk, book) + Math.round(gross * 0.3 * random.unit());
      const move = safeMoveOf(risk, book);
      if (move === 0) continue;
      promised++;
      const terrain = createTerrain(risk);
      surveyPortfolio(terrain, risk, book);
      for (let draw = 0; draw < 20; draw++) {
        const isCorner = random.chance(0.5);
        for (let row = 0; row < terrain.count; row++) {
          x[row] = move * (isCorner ? (random.chance(0.5) ? 1 : -1) : random.unit() * 2 - 1);
        }
        expect(surplusAt(terrain, x)).toBeGreaterThanOrEqual(-2);
      }
    }
    expect(promised).toBeGreaterThan(1_500);
  });

  test('is 6.2 % for a long of ten times its equity', () => {
    const book = createPortfolio();
    book.usdc = 10_000 * USD;
    addPosition(book, 0, 100_000 * USD);
    expect(safeMoveOf(parameters, book)).toBeCloseTo(0.0615, 3);
  });

  test('is never promised to an account with options, nor to one without a buffer', () => {
    const book = createPortfolio();
    addPosition(book, 0, 100_000 * USD);
    expect(safeMoveOf(parameters, book)).toBe(0);
    book.usdc = 50_000 * USD;
    expect(safeMoveOf(parameters, book)).toBeGreaterThan(0);
    addOption(book, 0, new Float64Array(63), 0, 1, 0, 0, 0, USD);
    expect(safeMoveOf(parameters, book)).toBe(0);
  });
});

test('a walking market reaches no account before its promise ends', () => {
  const random = randomFrom(32);
  const accounts = 300;
  const safe = createSafeMoves(accounts);
  const books = Array.from({ length: accounts }, () => {
    const book = createPortfolio();
    addPosition(book, random.below(3), (random.chance(0.5) ? 1 : -1) * 100_000 * USD);
    addPosition(book, 3 + random.below(3), Math.round((random.unit() - 0.5) * 200_000) * USD);
    book.usdc = Math.round(8_000 + 40_000 * random.unit()) * USD;
    return book;
  });
  const isLiquidatable = (account: number): boolean =>
    maintenanceMarginUsd(parameters, books[account]!) >= books[account]!.usdc + books[account]!.unrealizedPnl;
  const gone = new Set<number>();
  let skipped = 0;
  for (let round = 0; round < 400; round++) {
    const moves = Array.from({ length: 6 }, () => (random.unit() - 0.5) * 0.01);
    for (const book of books) {
      for (let row = 0; row < book.count; row++) {
        const change = Math.round(book.notional[row]! * moves[book.underlying[row]!]!);
        book.notional[row] = book.notional[row]! + change;
        book.unrealizedPnl += change;
      }
    }
    noteMove(safe, Math.max(...moves.map(Math.abs)));
    for (let account = 0; account < accounts; account++) {
      if (gone.has(account)) continue;
      if (!isDue(safe, account)) {
        skipped++;
        expect(isLiquidatable(account)).toBe(false);
      } else if (isLiquidatable(account)) {
        gone.add(account);
      } else {
        storeSafeMove(safe, account, safeMoveOf(parameters, books[account]!));
      }
    }
  }
  expect(gone.size).toBeGreaterThan(5);
  expect(skipped).toBeGreaterThan(50_000);
  clearSafeMove(safe, 0);
  expect(isDue(safe, 0)).toBe(true);
  expect(nextDue(safe, 0)).toBe(0);
});

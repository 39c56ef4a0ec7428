// Goal: a stress says what the engine would say after the move. How: a desk whose prices move as the stress has it,
// compared with the stress of the book before; random books for what must hold of any; risk vectors for options.
import { describe, expect, test } from 'vitest';
import { BTC, ETH, MAKER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addRandomCharges, addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { fillRiskVector, PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { roundHalfAway } from '../../units/round.ts';
import { addOption } from './addLegs.ts';
import { equityUsd } from './equity.ts';
import { createRiskParameters } from './parameters.ts';
import { addCollateral, addPosition, createPortfolio, type Portfolio } from './portfolio.ts';
import { maintenanceMarginUsd, requirementOf } from './requirement.ts';
import { movePortfolio, stressPortfolio } from './stress.ts';
import { STRESSES, type Stress, stressesFor, stressMoves } from './stresses.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());
const byId = (id: string): Stress => STRESSES.find((stress) => stress.id === id)!;

/** What every leg brings, added up. */
const sumOf = (outcome: ReturnType<typeof stressPortfolio>): number =>
  outcome.legs.reduce((sum, leg) => sum + leg.linearUsd + leg.optionsUsd + leg.collateralUsd, 0);

describe('a linear book', () => {
  test('is what the engine makes of it when prices move so', () => {
    const desk = openDesk();
    desk.place({ account: MAKER, instrument: BTC, side: 1, priceTicks: 600_000, sizeLots: 20_000 });
    desk.place({ account: VOL, instrument: BTC, side: 0, priceTicks: 600_000, sizeLots: 20_000 });
    desk.place({ account: MAKER, instrument: ETH, side: 0, priceTicks: 300_000, sizeLots: 30_000 });
    desk.place({ account: VOL, instrument: ETH, side: 1, priceTicks: 300_000, sizeLots: 30_000 });
    const { risk } = desk.engine;
    const told = stressPortfolio(risk.parameters(), risk.portfolioOf(VOL), byId('S1'));
    expect(told.legs.map(({ underlying }) => underlying)).toEqual(['BTC', 'ETH']);
    desk.wait(1_000).prices({ 0: 60_000 * 0.87, 1: 3_000 * 0.8 });
    const there = requirementOf(risk.parameters(), risk.portfolioOf(VOL));
    expect(told.equityUsd).toBe(there.equityUsd);
    // Provisions are rounded up by position there, by underlying here.
    expect(Math.abs(told.maintenanceUsd - there.maintenanceUsd)).toBeLessThanOrEqual(2);
    expect(told.ratioPpm).toBeCloseTo(there.ratioPpm, -1);
  });

  test('is the same book built at the other prices, coins and their haircut among it', () => {
    const bookAt = (btc: number): Portfolio => {
      const book = createPortfolio();
      book.usdc = 10_000 * USD;
      addPosition(book, BTC, -2 * btc * USD);
      book.unrealizedPnl = -2 * (btc - 60_000) * USD;
      addCollateral(book, { underlying: BTC, value: btc * USD, weightPpm: 970_000 });
      return book;
    };
    const told = stressPortfolio(parameters, bookAt(60_000), byId('S12'));
    const built = bookAt(51_000);
    expect(told.equityUsd).toBe(equityUsd(built));
    expect(told.maintenanceUsd).toBe(maintenanceMarginUsd(parameters, built));
    expect(told.legs).toEqual([
      { underlying: 'BTC', move: -0.15, linearUsd: 18_000 * USD, optionsUsd: 0, collateralUsd: -8_730 * USD },
    ]);
  });

  test('that loses more than it has shows what is missing', () => {
    const book = createPortfolio();
    book.usdc = 10_000 * USD;
    addPosition(book, 4, -20_000 * USD);
    const told = stressPortfolio(parameters, book, byId('S10'));
    expect(told).toMatchObject({ pnlUsd: -20_000 * USD, equityUsd: -10_000 * USD, deficitUsd: 10_000 * USD });
    expect(told.ratioPpm).toBe(-1);
  });
});

describe('options', () => {
  const vector = new Float64Array(RISK_CELLS);
  const cellAt = (move: number, state: number): number =>
    vector[PRICE_MOVES.indexOf(move) * VOL_STATES + state]!;
  const bookOf = (lots: number): Portfolio => {
    const terms = { forward: 60_000, strike: 63_000, volatility: 0.5, years: 30 / 365, isCall: true };
    fillRiskVector(vector, 0, { ...terms, unitsPerLot: 1 });
    const book = createPortfolio();
    book.usdc = 1_000_000 * USD;
    addOption(book, BTC, vector, 0, lots, 0, 0, 30_000 * USD, 60_000 * USD);
    return book;
  };
  const gain = (moves: Record<string, number>, volatility: number, lots = -3): number =>
    stressPortfolio(parameters, bookOf(lots), { id: '', name: '', moves, volatility }).pnlUsd;

  test('gain what their vector says at a node, in its state of volatility', () => {
    expect(gain({ BTC: 0.25 }, 0)).toBe(-3 * cellAt(0.25, 0));
    expect(gain({ BTC: 0.25 }, 1)).toBe(-3 * cellAt(0.25, 1));
    expect(gain({}, 1)).toBe(-3 * cellAt(0, 1));
    expect(gain({}, -1)).toBe(-3 * cellAt(0, 2));
    expect(gain({}, 0.5)).toBe(roundHalfAway(-1.5 * cellAt(0, 1)));
  });

  test('beyond the last node go on along its segment, as margin has it', () => {
    const slope = (cellAt(5, 0) - cellAt(3, 0)) / 2;
    expect(gain({ BTC: 7 }, 0, 1)).toBe(roundHalfAway(cellAt(5, 0) + 2 * slope));
  });

  test('are margined after the move much as if their vectors were made there', () => {
    const told = stressPortfolio(parameters, bookOf(-3), byId('S12'));
    const built = createPortfolio();
    const forward = 51_000;
    // A month, 30 days: the state up is half as much again.
    fillRiskVector(vector, 0, {
      forward,
      strike: 63_000,
      volatility: 0.75,
      years: 30 / 365,
      isCall: true,
      unitsPerLot: 1,
    });
    addOption(built, BTC, vector, 0, -3, 0, 0, 0.1 * forward * USD, forward * USD);
    const there = maintenanceMarginUsd(parameters, built);
    expect(told.maintenanceUsd / there).toBeGreaterThan(0.85);
    expect(told.maintenanceUsd / there).toBeLessThan(1.15);
  });
});

test('legs sum to the profit exactly, a stress leaves the book as it was, and none moves nothing', () => {
  const random = randomFrom(11);
  const vectors = randomVectors(random);
  const book = createPortfolio();
  const moved = createPortfolio();
  for (let turn = 0; turn < 300; turn++) {
    const risk = createRiskParameters({
      ...randomRisk(random, 4),
      underlyings: named(randomRisk(random, 4).underlyings),
    });
    fillRandomBook(random, book, 4, 2 ** 45);
    addRandomOptions(random, book, 4, vectors);
    addRandomCharges(random, book, 4);
    const before = requirementOf(risk, book);
    for (const stress of stressesFor(risk)) {
      const told = stressPortfolio(risk, book, stress);
      expect(sumOf(told)).toBe(told.pnlUsd);
      expect(told.equityUsd).toBe(before.equityUsd + told.pnlUsd);
      expect([told.pnlUsd, told.maintenanceUsd].every(Number.isSafeInteger)).toBe(true);
    }
    movePortfolio(book, new Float64Array(4), 0, moved);
    expect(equityUsd(moved)).toBe(before.equityUsd);
    expect(maintenanceMarginUsd(risk, moved)).toBe(before.maintenanceUsd);
    expect(requirementOf(risk, book)).toEqual(before);
  }
});

describe('the list', () => {
  test('moves alts, majors and the market by its names', () => {
    const at = (id: string, symbol: string): number =>
      stressMoves(parameters, byId(id))[parameters.symbols.indexOf(symbol)]!;
    expect(['BTC', 'ETH', 'SOL', 'DOGE'].map((symbol) => at('S1', symbol))).toEqual([
      -0.13, -0.2, -0.5, -0.5,
    ]);
    expect(['BTC', 'ETH', 'SOL', 'XRP'].map((symbol) => at('S9', symbol))).toEqual([0, 0, 0.3, 0.2]);
    expect(at('S2', 'BTC')).toBe(-0.2);
    expect(at('S2', 'ETH')).toBeLessThan(-0.2);
    expect(at('S2', 'DOGE')).toBeGreaterThanOrEqual(-1);
    expect(at('S10', 'BTC')).toBe(0);
  });

  test('leaves out what names a coin that is not listed', () => {
    const ids = stressesFor(createRiskParameters(sandboxRisk(2))).map(({ id }) => id);
    expect(ids).not.toContain('S9');
    expect(ids).not.toContain('S10');
    expect(ids).toContain('S1');
    expect(new Set(STRESSES.map(({ id }) => id)).size).toBe(STRESSES.length);
  });
});

/** Random underlyings under names that the list knows. */
function named(underlyings: ReturnType<typeof randomRisk>['underlyings']) {
  return underlyings.map((risk, at) => ({ ...risk, symbol: ['BTC', 'ETH', 'SOL', 'DOGE'][at]! }));
}

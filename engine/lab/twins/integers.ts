import { liquidationDistance } from '../../core/margin/distance.ts';
import { equityUsd } from '../../core/margin/equity.ts';
import { createRiskParameters, type RiskSource } from '../../core/margin/parameters.ts';
import { createPortfolio, type Portfolio } from '../../core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd } from '../../core/margin/requirement.ts';
import { fillRiskVector, RISK_CELLS, type RiskVectorOption } from '../../pricing/riskVector.ts';
import type { Random } from '../sim/random.ts';
import { fillRandomBook, randomRisk } from './randomBook.ts';

/** What two machines compute and compare: `e2e/integers.spec.ts` runs it here and, bundled, in a page. */
export interface Cases {
  /** JSON of [RiskSource, Portfolio], typed arrays as `packed` writes them. */
  books: string[];
  options: RiskVectorOption[];
}

export interface Integers {
  /** Equity, initial and maintenance margin of each book, micro-USD, and its distance in σ-days. */
  books: number[][];
  /** Cells of each option's risk vector, micro-USD per lot. */
  vectors: number[][];
}

/** Typed arrays do not survive JSON: they become a name and a list. */
function packed(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { float64: Array.from(value) };
  if (value instanceof Int32Array) return { int32: Array.from(value) };
  return value;
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('float64' in value) return Float64Array.from(value.float64 as number[]);
  if ('int32' in value) return Int32Array.from(value.int32 as number[]);
  return value;
}

export function integersOf({ books, options }: Cases): Integers {
  return {
    books: books.map((text) => {
      const [source, portfolio] = JSON.parse(text, unpacked) as [RiskSource, Portfolio];
      const parameters = createRiskParameters(source);
      return [
        equityUsd(portfolio),
        initialMarginUsd(parameters, portfolio),
        maintenanceMarginUsd(parameters, portfolio),
        liquidationDistance(parameters, portfolio).sigmas,
      ];
    }),
    vectors: options.map((option) => {
      const cells = new Float64Array(RISK_CELLS);
      fillRiskVector(cells, 0, option);
      return Array.from(cells);
    }),
  };
}

export const BOOKS = 200;
export const OPTIONS = 2_000;

/** Drawn once and handed to both: `**` in the drawing may differ between machines, what is drawn may not. */
export function drawCases(random: Random): Cases {
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

import { liquidationDistance } from '../engine/core/margin/distance.ts';
import { equityUsd } from '../engine/core/margin/equity.ts';
import { createRiskParameters, type RiskSource } from '../engine/core/margin/parameters.ts';
import type { Portfolio } from '../engine/core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd } from '../engine/core/margin/requirement.ts';
import { fillRiskVector, RISK_CELLS, type RiskVectorOption } from '../engine/pricing/riskVector.ts';

/** What both sides compute; `integers.spec.ts` imports it and bundles it into a page. */
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

/** Typed arrays do not survive JSON: they become a name and a list. For `JSON.stringify`. */
export function packed(_key: string, value: unknown): unknown {
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

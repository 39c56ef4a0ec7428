import { liquidationDistance } from '../margin/distance.ts';
import type { RiskParameters } from '../margin/parameters.ts';
import { copyPortfolio, createPortfolio, type Portfolio } from '../margin/portfolio.ts';
import { isSameBook } from '../margin/sameBook.ts';

interface Entry {
  parameters: RiskParameters | undefined;
  readonly portfolio: Portfolio;
  sigmas: number;
}

const createEntry = (): Entry => ({ parameters: undefined, portfolio: createPortfolio(), sigmas: 0 });
/** Before and after an order. */
const entries = [createEntry(), createEntry()];
let oldest = 0;

/**
 * Length of the joint distance in σ, −1 without risk. The last two are remembered: an order that rests or is
 * refused leaves the book as it was, and a preview of the next size starts from the same one.
 */
export function distanceSigmasOf(parameters: RiskParameters, portfolio: Portfolio): number {
  const known = entries.find(
    (entry) => entry.parameters === parameters && isSameBook(entry.portfolio, portfolio),
  );
  if (known !== undefined) return known.sigmas;
  const { state, sigmas } = liquidationDistance(parameters, portfolio);
  const entry = entries[oldest]!;
  oldest = 1 - oldest;
  entry.parameters = parameters;
  copyPortfolio(portfolio, entry.portfolio);
  entry.sigmas = state === 'noRisk' ? -1 : sigmas;
  return entry.sigmas;
}

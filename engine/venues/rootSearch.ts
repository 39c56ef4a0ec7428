import { moved, type VenueBook } from './book.ts';
import type { VenueModel } from './venue.ts';

/** First step away from the present price, and how much wider each next one is. */
const FIRST_STEP = 0.002;
const WIDENING = 1.2;
/** The search ends at a fall of 99.9 % and a rise to tenfold. */
const LARGEST_FALL = 0.999;
const LARGEST_RISE = 9;
const BISECTIONS = 40;

/**
 * The nearest move of one underlying at which a book's equity meets its maintenance on a venue.
 *
 * Steps widen from 0.2 % until the account fails, then the last step is halved forty times.
 * A book that fails and recovers within one step is not seen; of both directions the one with the smaller move counts.
 *
 * @returns factor on the price, 0.9 is −10 %; 1 when it fails already; undefined when no move within the bounds fails
 */
export function liquidationFactor(
  model: VenueModel,
  book: VenueBook,
  underlying: string,
): number | undefined {
  const survives = (factor: number) => {
    const { equityUsd, maintenanceUsd } = model.account(moved(book, underlying, factor));
    return equityUsd > maintenanceUsd;
  };
  if (!survives(1)) return 1;
  const fall = firstFailure(survives, -1, LARGEST_FALL);
  const rise = firstFailure(survives, 1, LARGEST_RISE);
  if (fall === undefined || rise === undefined) return fall ?? rise;
  return 1 - fall <= rise - 1 ? fall : rise;
}

function firstFailure(
  survives: (factor: number) => boolean,
  direction: 1 | -1,
  largestMove: number,
): number | undefined {
  let safe = 0;
  for (let move = FIRST_STEP; safe < largestMove; move *= WIDENING) {
    const tried = Math.min(move, largestMove);
    if (!survives(1 + direction * tried)) return bisected(survives, direction, safe, tried);
    safe = tried;
  }
  return undefined;
}

function bisected(
  survives: (factor: number) => boolean,
  direction: 1 | -1,
  safeMove: number,
  failingMove: number,
): number {
  let [safe, failing] = [safeMove, failingMove];
  for (let halving = 0; halving < BISECTIONS; halving++) {
    const middle = (safe + failing) / 2;
    if (survives(1 + direction * middle)) safe = middle;
    else failing = middle;
  }
  return 1 + direction * failing;
}

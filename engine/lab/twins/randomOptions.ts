import {
  addExpiryLeg,
  addOpenInterest,
  addOption,
  addProvision,
  setConfidence,
} from '../../core/margin/addLegs.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import { fillRiskVector, PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import type { Random } from '../sim/random.ts';

const VECTORS = 400;
const FORWARD = 60_000;
const UNITS_PER_LOT = 0.01;
/** Micro-USD of underlying under one lot. */
export const OPTION_LOT_USD = FORWARD * UNITS_PER_LOT * 1e6;
/** Lots of one series: five series of this size stay inside the exact integers at +500 %. */
const LOTS_MAX = 60_000;
const HOUR_YEARS = 1 / 8_760;
const NODE_DOWN = PRICE_MOVES.indexOf(-0.02);
const NODE_UP = PRICE_MOVES.indexOf(0.02);

/** Risk vectors of calls and puts, an hour to two years, half to twice the forward, calm and wild. */
export function randomVectors(random: Random): Float64Array {
  const vectors = new Float64Array(VECTORS * RISK_CELLS);
  for (let row = 0; row < VECTORS; row++) {
    fillRiskVector(vectors, row * RISK_CELLS, {
      forward: FORWARD,
      strike: FORWARD * (0.5 + 1.5 * random.unit()),
      volatility: 0.1 + 1.5 * random.unit(),
      years: HOUR_YEARS * (1 + random.below(17_520)),
      isCall: random.chance(0.5),
      unitsPerLot: UNITS_PER_LOT,
    });
  }
  return vectors;
}

/** Delta of one lot, from the nodes on both sides of no move. */
export function deltaUsdPerLot(vectors: Float64Array, row: number): number {
  const cell = (node: number): number => vectors[row * RISK_CELLS + node * VOL_STATES]!;
  return Math.round((cell(NODE_UP) - cell(NODE_DOWN)) / 0.04);
}

/** Adds options, dated futures, a market's state and provisions to some rows of a book. */
export function addRandomOptions(
  random: Random,
  portfolio: Portfolio,
  underlyings: number,
  vectors: Float64Array,
): void {
  const series = 1 + random.below(5);
  const scale = random.chance(0.3) ? 100 : LOTS_MAX;
  const hasOrders = random.chance(0.4);
  const open = (): number => (hasOrders && random.chance(0.5) ? random.below(scale) : 0);
  const home = random.below(underlyings);
  for (let at = 0; at < series; at++) {
    const underlying = random.chance(0.6) ? home : random.below(underlyings);
    const row = random.below(VECTORS);
    const lots = random.chance(0.1) ? 0 : random.below(2 * scale) - scale;
    const delta = deltaUsdPerLot(vectors, row);
    addOption(portfolio, underlying, vectors, row, lots, open(), open(), delta, OPTION_LOT_USD);
  }
}

/** Dated futures, market state and provisions: what the add-ons are made of. */
export function addRandomCharges(random: Random, portfolio: Portfolio, underlyings: number): void {
  const size = (): number => Math.round((random.unit() * 2 - 1) * 1e13);
  for (let leg = random.below(4); leg > 0; leg--) {
    addExpiryLeg(portfolio, random.below(underlyings), 1_800_000_000_000 + random.below(3), size());
  }
  for (let row = 0; row < portfolio.count; row++) {
    const underlying = portfolio.underlying[row]!;
    const openInterest = random.chance(0.2) ? 0 : Math.round(random.unit() * 2e14);
    addOpenInterest(portfolio, underlying, openInterest);
    if (random.chance(0.3)) setConfidence(portfolio, underlying, random.below(PPM_SCALE));
    if (random.chance(0.5))
      addProvision(portfolio, underlying, Math.round(size() / 1_000), random.below(1e9));
  }
  if (random.chance(0.2)) portfolio.settlementPricePpm = 850_000 + random.below(150_000);
}

import type { Parameters2, Scenario2 } from './portfolio2.ts';
import type { StandardParameters } from './standardMargin.ts';

export const SOURCE =
  'derivexyz/v2-core, test/risk-managers (7736900): parameters of the published test portfolios';
/** Day our copy was read. */
export const AS_OF = '2026-11-21';

/** Standard manager, BTC and ETH alike. */
export const STANDARD: StandardParameters = {
  perpetualInitial: 0.065,
  perpetualMaintenance: 0.05,
  baseFactor: 0.8,
  baseInitialScale: 1,
  depegThreshold: 0.98,
  depegFactor: 1.2,
  confidenceThreshold: 0.4,
  confidenceFactor: 0.4,
  maxSpot: 0.15,
  minSpot: 0.1,
  maintenanceCall: 0.075,
  maintenancePut: 0.075,
  maintenancePutValue: 0.075,
  putInitialMultiple: 1.05,
  unpairedInitial: 1.2,
  unpairedMaintenance: 1.1,
};

/** Markets of both managers in our copy. */
export const MARKETS: Readonly<Record<string, true>> = { BTC: true, ETH: true };

const MOVES = [0.135, 0.09, 0.045, 0, -0.045, -0.09, -0.135];
const EDGE = 0.18;
const TAILS = [-0.66, -0.33, 0.5, 1, 2, 3];
/** A tail counts 3.6 % ÷ its size, so that each weighs alike. */
const TAIL_WEIGHT = 0.036;

/** The edges and tails with volatility up only, and both skews of the surface. */
const SCENARIOS: readonly Scenario2[] = [
  ...[EDGE, -EDGE].map((move) => upScenario(move, 1)),
  ...MOVES.flatMap((move) =>
    (['down', 'none', 'up'] as const).map((volatility) => ({
      spotShock: 1 + move,
      volatility,
      dampening: 1,
    })),
  ),
  ...TAILS.map((move) => upScenario(move, TAIL_WEIGHT / Math.abs(move))),
  { spotShock: 1, volatility: 'linear', dampening: 1 },
  { spotShock: 1, volatility: 'absolute', dampening: 1 },
];

function upScenario(move: number, dampening: number): Scenario2 {
  return { spotShock: 1 + move, volatility: 'up', dampening };
}

/** Second portfolio manager. */
export const PORTFOLIO_2: Parameters2 = {
  scenarios: SCENARIOS,
  basis: { spotUp: 1.045, spotDown: 0.955, addFactor: 0.5, multiplyFactor: 2 },
  shock: { rangeUp: 0.5, rangeDown: 0.275, shortTermPower: 0.3, longTermPower: 0.13, floorSeconds: 86_400 },
  minVolatilityUp: 0.45,
  skew: {
    linearCap: 0.15,
    linearPerRootYear: -0.05,
    absoluteCap: 0.15,
    absolutePerRootYear: -0.05,
    minWidth: 0.01,
    widthScale: 4,
    volatilityStatic: 0.6,
    volatilityScale: -0.1,
  },
  initialFactor: 1,
  maintenanceFactor: 0.8,
  long: { base: 0.95, rateMultiply: 1, rateAdd: 0.08 },
  short: { base: 1.04, rateMultiply: 0.5, rateAdd: 0.08 },
  pegThreshold: 0.98,
  pegLossFactor: 2,
  confidenceThreshold: 0.55,
  confidenceMargin: 1,
  maintenancePerpetual: 0.015,
  initialPerpetual: 0.005,
  maintenanceOption: 0.003,
  initialOption: 0.002,
};

/** Haircuts of a coin, initial on top of maintenance; on its own market it is shocked with the book. */
export interface Haircuts {
  readonly initial: number;
  readonly maintenance: number;
}

export const OWN_MARKET: Readonly<Record<string, Haircuts>> = {
  BTC: { initial: 0.01, maintenance: 0.02 },
  ETH: { initial: 0.005, maintenance: 0.015 },
};

export const OTHER_MARKET: Readonly<Record<string, Haircuts>> = {
  BTC: { initial: 0.05, maintenance: 0.25 },
  ETH: { initial: 0.05, maintenance: 0.15 },
};

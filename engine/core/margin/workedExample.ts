import type { DistanceRowView, DistanceView, MarginView } from '../../protocol/views/margin.ts';
import { USD_SCALE, type Usd } from '../../units/money.ts';
import { PPM_SCALE, type Ppm } from '../../units/rate.ts';
import { MAINTENANCE_SHARE_BPS, RANGE_CAP_PPM, RANGE_FLOOR_PPM, RANGE_Z_PPM } from './defaultParameters.ts';
import { liquidationDistance } from './distance.ts';
import { explainMargin } from './explain.ts';
import {
  createCorrelations,
  createRiskParameters,
  type RiskParameters,
  type UnderlyingRisk,
} from './parameters.ts';
import { addPosition, createPortfolio, type Portfolio } from './portfolio.ts';

const LEG_USD = 100_000;
const EQUITY_USD = 10_000;
const HELD_MAINTENANCE_USD = 3_640;
const RHO = 0.85;
const BTC_SIGMA_PPM = 30_000 as Ppm;
const ETH_SIGMA_PPM = 40_000 as Ppm;

/** One measure of the example: how far, in which direction. */
export interface WorkedMeasure {
  /** Move of the underlying it is named after, as a fraction. */
  readonly move: number;
  readonly sigmas: number;
}

/** One form of the example. */
export interface WorkedForm {
  readonly maintenanceUsd: number;
  /** ETH alone: in the joint metric, and the move in volatilities of its own. */
  readonly ownEth: WorkedMeasure & { readonly ownSigmas: number };
  readonly market: WorkedMeasure;
  readonly joint: WorkedMeasure;
  readonly sentence: string;
}

/** A book and how far it is from liquidation, twice, for the help page. */
export interface WorkedExample {
  readonly legUsd: number;
  readonly equityUsd: number;
  readonly rho: number;
  /** Maintenance margin held fixed and one correlation: arithmetic that fits on paper. */
  readonly held: WorkedForm;
  /** What the desk does: margin computed anew on the way, hedges trusted at the low correlation. */
  readonly reevaluated: WorkedForm;
  readonly margin: MarginView;
}

/**
 * Long 100k BTC, short 100k ETH, equity 10k, volatilities 3 and 4 % a day, correlation 0.85.
 *
 * @see engine/core/margin/README.md, Liquidation distance
 * @example held at 3 640: ETH alone +6.4 % is 1.59 own σ but 3.02 σ joint, the market 15.9 σ, joint 2.97 σ
 */
export function workedExample(): WorkedExample {
  const parameters = exampleParameters();
  const portfolio = exampleBook();
  const margin = explainMargin(parameters, portfolio);
  const held = liquidationDistance(withOneRho(parameters), portfolio, {
    heldMaintenanceUsd: HELD_MAINTENANCE_USD * USD_SCALE,
  });
  return {
    legUsd: LEG_USD,
    equityUsd: EQUITY_USD,
    rho: RHO,
    held: formOf(held, HELD_MAINTENANCE_USD),
    reevaluated: formOf(liquidationDistance(parameters, portfolio), margin.maintenanceUsd / USD_SCALE),
    margin,
  };
}

function exampleBook(): Portfolio {
  const portfolio = createPortfolio();
  portfolio.usdc = EQUITY_USD * USD_SCALE;
  addPosition(portfolio, 0, LEG_USD * USD_SCALE);
  addPosition(portfolio, 1, -LEG_USD * USD_SCALE);
  return portfolio;
}

function exampleParameters(): RiskParameters {
  const underlying = (symbol: string, sigmaPpm: Ppm): UnderlyingRisk => ({
    symbol,
    sigmaPpm,
    horizonMinutesMin: 30,
    adv30Usd: (1_000_000_000 * USD_SCALE) as Usd,
    muInitialPpm: PPM_SCALE as Ppm,
    muMaintenancePpm: PPM_SCALE as Ppm,
    rangeFloorPpm: RANGE_FLOOR_PPM,
    upFactorPpm: PPM_SCALE as Ppm,
    isMajor: true,
  });
  const cells = [PPM_SCALE, RHO * PPM_SCALE, RHO * PPM_SCALE, PPM_SCALE];
  return createRiskParameters({
    underlyings: [underlying('BTC', BTC_SIGMA_PPM), underlying('ETH', ETH_SIGMA_PPM)],
    calmPpm: cells,
    stressPpm: cells,
    zPpm: RANGE_Z_PPM,
    rangeCapPpm: RANGE_CAP_PPM,
    maintenanceShareBps: MAINTENANCE_SHARE_BPS,
    marketUnderlying: 0,
  });
}

function withOneRho(parameters: RiskParameters): RiskParameters {
  const one = createCorrelations(parameters.low.set, 2, Float64Array.of(0, RHO, RHO, 0));
  return { ...parameters, low: one, high: one };
}

function formOf({ rows, sentence }: DistanceView, maintenanceUsd: number): WorkedForm {
  const measure = (found: DistanceRowView): WorkedMeasure => ({ move: found.move, sigmas: found.sigmas });
  const ownEth = measure(rows.find(({ kind, underlying }) => kind === 'own' && underlying === 'ETH')!);
  return {
    maintenanceUsd,
    ownEth: { ...ownEth, ownSigmas: Math.abs(ownEth.move) / (ETH_SIGMA_PPM / PPM_SCALE) },
    market: measure(rows.find(({ kind }) => kind === 'market')!),
    joint: measure(rows.find(({ kind }) => kind === 'joint')!),
    sentence,
  };
}

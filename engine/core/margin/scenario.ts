import { fillLossAt, restLoss } from './fillLoss.ts';
import { legLossAt } from './legLoss.ts';
import type { RiskParameters } from './parameters.ts';
import { CorrelationSet } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, rangeOf } from './range.ts';
import { GAP_SHARE_OF_MAJORS, RESIDUAL_SHARE } from './scanShares.ts';
import { NO_EPICENTRE, type ScanScratch } from './scratch.ts';
import { unwindSize } from './sizes.ts';

/** The worst scenario taken apart, by leg of the scratch. Losses are positive. */
export interface Contribution {
  /** Loss of each leg in micro-USD, options included; gains in full, before the residual. */
  readonly losses: readonly number[];
  /** What of it the options bring; 0 for a linear leg. */
  readonly optionLosses: readonly number[];
  /** What the residual takes off the gains, ≥ 0. Losses + residual are the scenario's loss before fading. */
  readonly residual: number;
  /** Move of each underlying as a fraction of its price. */
  readonly moves: readonly number[];
}

/** One leg in the scenario. */
interface LegPart {
  loss: number;
  optionLoss: number;
  move: number;
  /** Squared standalone margin that a hedge leaves as residual. */
  square: number;
}

/** Takes apart the scenario that a full scan left in the scratch. */
export function contributionsOf(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): Contribution {
  const isFall = scratch.epicentre === NO_EPICENTRE || scratch.fraction < 0;
  const parts = sharesOf(parameters, scratch).map((share, leg): LegPart => {
    if (leg >= scratch.linearCount) {
      return optionPart(portfolio, scratch, leg - scratch.linearCount, isFall ? -share : share);
    }
    const { signed } = isFall ? scratch.fall : scratch.rise;
    const move = share * wholeMoveOf(parameters, portfolio, kind, scratch.underlying[leg]!, isFall);
    return { loss: share * signed[leg]!, optionLoss: 0, move, square: 0 };
  });
  return {
    losses: parts.map(({ loss }) => loss),
    optionLosses: parts.map(({ optionLoss }) => optionLoss),
    residual: residualOf(parameters, scratch, parts),
    moves: parts.map(({ move }) => move),
  };
}

/** An underlying with options at a fraction of its range, at the fill and the move that decided. */
function optionPart(portfolio: Portfolio, scratch: ScanScratch, leg: number, fraction: number): LegPart {
  const { optionLegs: legs, legLoss, fillLoss, volatility } = scratch;
  legLossAt(portfolio, scratch, leg, fraction);
  const fill = legLoss.fill[volatility]!;
  const square = legLoss.square[volatility]!;
  fillLossAt(portfolio.options, legs, leg, fill, fraction, fillLoss);
  const loss = fillLoss.worst[volatility]!;
  const hedge = fillLoss.hedge[volatility]!;
  const move = fillLoss.move[volatility]!;
  const rest = restLoss(legs.notional[fill]! - hedge, fraction * legs.range[fill]!, legs.upFactor[leg]!);
  const linear = rest - fillLoss.weight[volatility]! * hedge * move;
  return { loss, optionLoss: loss - linear, move, square };
}

/** Share of its range that each underlying moves, ≥ 0. */
function sharesOf(parameters: RiskParameters, scratch: ScanScratch): number[] {
  const { epicentre, fraction, set } = scratch;
  const legs = Array.from({ length: scratch.count }, (_, leg) => leg);
  if (epicentre === NO_EPICENTRE) {
    return legs.map((leg) => (parameters.isMajor[scratch.underlying[leg]!] === 1 ? GAP_SHARE_OF_MAJORS : 1));
  }
  const { rho } = set === CorrelationSet.low ? parameters.low : parameters.high;
  const cells = parameters.count * scratch.underlying[epicentre]!;
  const share = Math.abs(fraction);
  return legs.map((leg) => (leg === epicentre ? share : share * rho[cells + scratch.underlying[leg]!]!));
}

/** The residual of the hedges, but no more than they gain. The gap is one explicit scenario and has none. */
function residualOf(parameters: RiskParameters, scratch: ScanScratch, parts: readonly LegPart[]): number {
  const { epicentre, fraction, set } = scratch;
  if (epicentre === NO_EPICENTRE) return 0;
  const { rho, unexplained } = set === CorrelationSet.low ? parameters.low : parameters.high;
  const cells = parameters.count * scratch.underlying[epicentre]!;
  const { signed: opposite } = fraction < 0 ? scratch.rise : scratch.fall;
  let squares = 0;
  for (let leg = 0; fraction !== 0 && leg < scratch.linearCount; leg++) {
    const alone = Math.max(0, opposite[leg]!);
    squares += unexplained[cells + scratch.underlying[leg]!]! * (alone * alone);
  }
  for (const [leg, part] of parts.entries()) {
    if (leg === epicentre) continue;
    const follows = rho[cells + scratch.underlying[leg]!]!;
    squares += (1 - follows * follows) * part.square;
  }
  const gains = parts.reduce((sum, { loss }, leg) => (leg === epicentre ? sum : sum + Math.max(0, -loss)), 0);
  return Math.min(gains, RESIDUAL_SHARE * Math.sqrt(squares));
}

/** The whole move of an underlying one way, as the worst fill of its leg sees it. */
function wholeMoveOf(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  underlying: number,
  isFall: boolean,
): number {
  const row = portfolio.underlying.subarray(0, portfolio.count).indexOf(underlying);
  const isInitial = kind === 'initial';
  const notional = portfolio.notional[row]!;
  const bids = isInitial ? portfolio.bids[row]! : 0;
  const asks = isInitial ? portfolio.asks[row]! : 0;
  const filled = isFall ? notional + bids : notional - asks;
  const long = isInitial ? portfolio.othersLong[row]! : 0;
  const short = isInitial ? portfolio.othersShort[row]! : 0;
  const dayRange = (isInitial ? parameters.dayRangeInitial : parameters.dayRangeMaintenance)[underlying]!;
  const range = rangeOf(parameters, underlying, dayRange, unwindSize(filled, long, short));
  if (isFall) return -range;
  return filled < 0 ? range * parameters.upFactor[underlying]! : range;
}

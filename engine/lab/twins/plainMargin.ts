import type { RiskSource } from '../../core/margin/parameters.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { plainAddOns } from './plainAddOns.ts';
import { legsOf } from './plainLegs.ts';
import {
  ceilDiv,
  larger,
  largest,
  MONEY,
  ONE,
  PPM,
  smaller,
  smallest,
  squareRoot,
  sum,
} from './plainMath.ts';
import type { PlainLeg } from './plainRow.ts';

/**
 * The margin model again, slow and obvious: every fill, every epicentre, every fraction, every volatility,
 * both sets, in fixed-point integers. It shares no arithmetic with `engine/core/margin`, so a slip there
 * shows here.
 */

/** Parameters as integers, correlation sets worked out. */
export interface PlainRisk {
  source: RiskSource;
  /** ppm, `underlyings × underlyings`. */
  low: bigint[];
  high: bigint[];
}

export function plainRiskOf(source: RiskSource): PlainRisk {
  const cells = source.calmPpm.map((_, cell) => cell);
  return {
    source,
    low: cells.map((cell) => lowPpm(source, cell)),
    high: cells.map((cell) => highPpm(source, cell)),
  };
}

/** Whole micro-USD, each part rounded up. */
export interface PlainRequirement {
  initialScan: bigint;
  initial: bigint;
  maintenance: bigint;
}

/** Initial = scan with orders + add-ons, no less than maintenance = 60 % of the scan of what is held + add-ons. */
export function plainRequirement(risk: PlainRisk, portfolio: Portfolio): PlainRequirement {
  const { source } = risk;
  const held = legsOf(source, portfolio, 'maintenance');
  const share = ceilDiv(scanOf(risk, held) * BigInt(source.maintenanceShareBps), 10_000n);
  const ordered = legsOf(source, portfolio, 'initial');
  const initialScan = scanOf(risk, ordered);
  const addOns = (kind: MarginKind, legs: readonly PlainLeg[]): bigint =>
    sum(Object.values(plainAddOns(source, portfolio, kind, legs)));
  return {
    initialScan,
    initial: larger(initialScan, share) + addOns('initial', ordered),
    maintenance: share + addOns('maintenance', held),
  };
}

/** Whole micro-USD, rounded up. */
function scanOf(risk: PlainRisk, legs: readonly PlainLeg[]): bigint {
  if (legs.length === 0) return 0n;
  const total = sum(legs.map((leg) => leg.standalone));
  const held = legs.map((leg) => leg.fills[0]!.standalone);
  const full = smallest([sum(held) / 10n, largest(held)]);
  const states = legs.some((leg) => leg.hasOptions) ? [0, 1, 2] : [0];
  let worst = largest(states.map((state) => gapLoss(risk.source, legs, state)));
  for (const epicentre of legs) {
    const own = epicentre.standalone;
    // A row with nothing at risk is no epicentre.
    if (own === 0n) continue;
    for (const fraction of epicentre.fractions) {
      for (const set of ['low', 'high'] as const) {
        for (const state of states) {
          const loss = scenarioLoss(risk, legs, epicentre, fraction, set, state);
          worst = larger(worst, own < full ? (loss * own) / full : loss);
        }
      }
    }
  }
  const floor = (total * 4n) / 10n;
  return ceilDiv(larger(floor, smaller(worst, total)), MONEY);
}

/** USDC + unrealized PnL + Σ min(x·w, x), each row rounded down. */
export function plainEquity(portfolio: Portfolio): bigint {
  let equity = BigInt(portfolio.usdc) + BigInt(portfolio.unrealizedPnl);
  for (let row = 0; row < portfolio.collateralCount; row++) {
    const value = BigInt(portfolio.collateralValue[row]!);
    const weighted = (value * BigInt(portfolio.collateralWeightPpm[row]!)) / PPM;
    equity += smaller(value, weighted);
  }
  return equity;
}

/** One scenario: the epicentre moves by a fraction of its range and drags every other by its correlation. */
function scenarioLoss(
  risk: PlainRisk,
  legs: readonly PlainLeg[],
  epicentre: PlainLeg,
  fraction: bigint,
  set: 'low' | 'high',
  state: number,
): bigint {
  let losses = epicentre.worst(fraction, state);
  let gains = 0n;
  let squares = 0n;
  for (const other of legs) {
    if (other === epicentre) continue;
    const rho = risk[set][epicentre.underlying * risk.source.underlyings.length + other.underlying]!;
    const dragged = (fraction * rho) / PPM;
    const loss = other.worst(dragged, state);
    if (loss > 0n) losses += loss;
    else gains -= loss;
    // What gains after its best fill leaves a residual, whether or not the fill is counted on.
    const gaining = other.fills.filter((fill) => fill.isGaining(dragged, state));
    if (gaining.length === 0) continue;
    const best = largest(gaining.map((fill) => fill.standalone));
    squares += ((PPM * PPM - rho * rho) * best * best) / (PPM * PPM);
  }
  return losses - larger(0n, gains - squareRoot(squares) / 2n);
}

/** Every alt falls by its range, the majors by half of theirs. */
function gapLoss(source: RiskSource, legs: readonly PlainLeg[], state: number): bigint {
  return sum(
    legs.map((leg) => leg.worst(source.underlyings[leg.underlying]!.isMajor ? -ONE / 2n : -ONE, state)),
  );
}

/** 0.75 of the weaker measurement, 0.60 between alts, at most 0.50 between a major and an alt; never negative. */
function lowPpm(source: RiskSource, cell: number): bigint {
  const count = source.underlyings.length;
  const isMajorA = source.underlyings[Math.floor(cell / count)]!.isMajor;
  const isMajorB = source.underlyings[cell % count]!.isMajor;
  const weaker = smaller(BigInt(source.calmPpm[cell]!), BigInt(source.stressPpm[cell]!));
  const percent = !isMajorA && !isMajorB ? 60n : 75n;
  const scaled = (larger(0n, weaker) * percent) / 100n;
  return isMajorA !== isMajorB ? smaller(scaled, 500_000n) : scaled;
}

/** 1.15 of the stronger measurement, at most 0.99, never negative. */
function highPpm(source: RiskSource, cell: number): bigint {
  const stronger = larger(BigInt(source.calmPpm[cell]!), BigInt(source.stressPpm[cell]!));
  return smaller(990_000n, larger(0n, ceilDiv(stronger * 115n, 100n)));
}

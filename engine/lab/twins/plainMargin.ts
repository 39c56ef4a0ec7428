import type { RiskSource } from '../../core/margin/parameters.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';

/**
 * The margin model again, slow and obvious: every fill, every epicentre, every fraction, both sets, in
 * fixed-point integers. It shares no arithmetic with `engine/core/margin`, so a slip there shows here.
 */

/** Fractions carry 18 digits, as integers of this. */
const ONE = 1_000_000_000_000_000_000n;
/** Money carries 12 digits below the micro-USD. */
const MONEY = 1_000_000_000_000n;
const PPM = 1_000_000n;

/** One position an underlying could end in: as it is, after all bids, after all asks. */
interface Fill {
  notional: bigint;
  /** Loss when the price falls by the whole range (a gain is negative), money with 12 digits. */
  fall: bigint;
  rise: bigint;
  standalone: bigint;
}

interface Leg {
  underlying: number;
  fills: Fill[];
}

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

/** Whole micro-USD, rounded up. */
export function plainScan(risk: PlainRisk, portfolio: Portfolio, kind: MarginKind): bigint {
  const legs = legsOf(risk.source, portfolio, kind);
  if (legs.length === 0) return 0n;
  const standalone = legs.map((leg) => largest(leg.fills.map((fill) => fill.standalone)));
  const held = legs.map((leg) => leg.fills[0]!.standalone);
  const total = sum(standalone);
  const full = smallest([sum(held) / 10n, largest(held)]);
  let worst = gapLoss(risk.source, legs);
  for (const [at, epicentre] of legs.entries()) {
    const own = standalone[at]!;
    // A row with nothing at risk is no epicentre.
    if (own === 0n) continue;
    for (const sign of [-1n, 1n]) {
      for (const set of ['low', 'high'] as const) {
        for (const loss of epicentreLosses(risk, legs, epicentre, sign, set)) {
          worst = larger(worst, own < full ? (loss * own) / full : loss);
        }
      }
    }
  }
  const floor = (total * 4n) / 10n;
  return ceilDiv(larger(floor, smaller(worst, total)), MONEY);
}

/** Maintenance margin, whole micro-USD rounded up. */
export function plainMaintenance(risk: PlainRisk, portfolio: Portfolio): bigint {
  const share = BigInt(risk.source.maintenanceShareBps);
  return ceilDiv(plainScan(risk, portfolio, 'maintenance') * share, 10_000n);
}

/** Initial margin, whole micro-USD. */
export function plainInitial(risk: PlainRisk, portfolio: Portfolio): bigint {
  return larger(plainScan(risk, portfolio, 'initial'), plainMaintenance(risk, portfolio));
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

/** Losses of all scenarios of one epicentre, direction and set: at ¼, ½, ¾ and the whole range. */
function epicentreLosses(
  risk: PlainRisk,
  legs: readonly Leg[],
  epicentre: Leg,
  sign: bigint,
  set: 'low' | 'high',
): bigint[] {
  const others = legs.filter((leg) => leg !== epicentre);
  let losses = worstLoss(epicentre, sign);
  let gains = 0n;
  let squares = 0n;
  for (const other of others) {
    const rho = risk[set][epicentre.underlying * risk.source.underlyings.length + other.underlying]!;
    const loss = worstLoss(other, sign);
    if (loss > 0n) losses += (loss * rho) / PPM;
    else gains += (-loss * rho) / PPM;
    // What gains after its best fill leaves a residual, whether or not the fill is counted on.
    const gaining = other.fills.filter((fill) => lossOf(fill, sign) < 0n).map((fill) => fill.standalone);
    const best = gaining.length === 0 || rho === 0n ? 0n : largest(gaining);
    squares += ((PPM * PPM - rho * rho) * best * best) / (PPM * PPM);
  }
  const residual = squareRoot(squares) / 2n;
  return [1n, 2n, 3n, 4n].map((quarters) => {
    const credit = larger(0n, (gains * quarters) / 4n - residual);
    return (losses * quarters) / 4n - credit;
  });
}

/** Every alt falls by its range, the majors by half of theirs. */
function gapLoss(source: RiskSource, legs: readonly Leg[]): bigint {
  return sum(
    legs.map((leg) => {
      const loss = worstLoss(leg, -1n);
      return source.underlyings[leg.underlying]!.isMajor ? loss / 2n : loss;
    }),
  );
}

function worstLoss(leg: Leg, sign: bigint): bigint {
  return largest(leg.fills.map((fill) => lossOf(fill, sign)));
}

function lossOf(fill: Fill, sign: bigint): bigint {
  return sign < 0n ? fill.fall : fill.rise;
}

function legsOf(source: RiskSource, portfolio: Portfolio, kind: MarginKind): Leg[] {
  const legs: Leg[] = [];
  for (let row = 0; row < portfolio.count; row++) {
    const underlying = portfolio.underlying[row]!;
    const notional = BigInt(portfolio.notional[row]!);
    const isInitial = kind === 'initial';
    const bids = isInitial ? BigInt(portfolio.bids[row]!) : 0n;
    const asks = isInitial ? BigInt(portfolio.asks[row]!) : 0n;
    const long = isInitial ? BigInt(portfolio.othersLong[row]!) : 0n;
    const short = isInitial ? BigInt(portfolio.othersShort[row]!) : 0n;
    const fills = [notional, notional + bids, notional - asks].map((filled) => {
      const ownerLong = long + larger(filled, 0n);
      const ownerShort = short + larger(-filled, 0n);
      return fillOf(source, underlying, kind, filled, larger(ownerLong, ownerShort));
    });
    legs.push({ underlying, fills });
  }
  return legs;
}

function fillOf(
  source: RiskSource,
  underlying: number,
  kind: MarginKind,
  notional: bigint,
  size: bigint,
): Fill {
  const range = rangeOf(source, underlying, kind, size);
  const up = BigInt(source.underlyings[underlying]!.upFactorPpm);
  const move = (notional * range * MONEY) / ONE;
  const rise = notional < 0n ? (-move * up) / PPM : -move;
  return { notional, fall: move, rise, standalone: larger(move, rise) };
}

/** clamp(z·σ·μ·√h, floor, cap), h = h_min + size ÷ (3 · 0.20 · ADV) days. */
function rangeOf(source: RiskSource, underlying: number, kind: MarginKind, size: bigint): bigint {
  const risk = source.underlyings[underlying]!;
  const mu = BigInt(kind === 'initial' ? risk.muInitialPpm : risk.muMaintenancePpm);
  const horizon =
    (BigInt(risk.horizonMinutesMin) * ONE) / 1_440n + (size * ONE * 10n) / (6n * BigInt(risk.adv30Usd));
  const root = squareRoot(horizon * ONE);
  const range = (BigInt(source.zPpm) * BigInt(risk.sigmaPpm) * mu * root) / (PPM * PPM * PPM);
  const floor = (BigInt(risk.rangeFloorPpm) * ONE) / PPM;
  const cap = (BigInt(source.rangeCapPpm) * ONE) / PPM;
  return smaller(cap, larger(floor, range));
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

/** Largest integer whose square is no more than `value`. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(value.toString(16).length * 2);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** For a positive divisor. */
function ceilDiv(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value > 0n && quotient * divisor !== value ? quotient + 1n : quotient;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce(larger);
}

function smallest(values: readonly bigint[]): bigint {
  return values.reduce(smaller);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

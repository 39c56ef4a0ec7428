import type { RiskSource } from '../../core/margin/parameters.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { larger, MONEY, ONE, PPM, smaller, squareRoot } from './plainMath.ts';

/** Days to close a size (money with 12 digits), 18 digits: the shortest, and size ÷ (3 · 0.20 · ADV). */
export function plainHorizon(source: RiskSource, underlying: number, size: bigint, minDays: bigint): bigint {
  const risk = source.underlyings[underlying]!;
  const shortest = larger((BigInt(risk.horizonMinutesMin) * ONE) / 1_440n, minDays);
  return shortest + (size * ONE * 10n) / (6n * BigInt(risk.adv30Usd) * MONEY);
}

/** clamp(z·σ·μ·√h, floor, cap), 18 digits, for a size in money with 12 digits. */
export function plainRange(
  source: RiskSource,
  underlying: number,
  kind: MarginKind,
  size: bigint,
  minDays: bigint,
): bigint {
  const risk = source.underlyings[underlying]!;
  const mu = BigInt(kind === 'initial' ? risk.muInitialPpm : risk.muMaintenancePpm);
  const root = squareRoot(plainHorizon(source, underlying, size, minDays) * ONE);
  const range = (BigInt(source.zPpm) * BigInt(risk.sigmaPpm) * mu * root) / (PPM * PPM * PPM);
  const floor = (BigInt(risk.rangeFloorPpm) * ONE) / PPM;
  const cap = (BigInt(source.rangeCapPpm) * ONE) / PPM;
  return smaller(cap, larger(floor, range));
}

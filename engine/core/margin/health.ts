import { PPM_SCALE } from '../../units/rate.ts';
import { mulDivCeil } from '../../units/round.ts';

/** What decides how near an account is to liquidation: H = maintenance margin ÷ equity. */
export interface Health {
  /** Micro-USD ≥ 0; 0 without positions and debt. */
  readonly maintenanceUsd: number;
  /** Micro-USD of either sign. */
  readonly equityUsd: number;
}

/** Ratio shown for an account whose equity does not cover what it must maintain. */
export const RATIO_INFINITE_PPM = -1;
/** A ratio beyond this (a million times) is shown as this. */
const RATIO_PPM_MAX = 1_000_000_000_000;

/** Whether liquidation starts: H ≥ 1. */
export function isLiquidatable(health: Health): boolean {
  return health.maintenanceUsd > 0 ? health.maintenanceUsd >= health.equityUsd : health.equityUsd < 0;
}

/**
 * H for a screen.
 *
 * @returns ppm, rounded up (against the account); RATIO_INFINITE_PPM when equity is gone, 0 when nothing is at risk
 */
export function ratioPpmOf(health: Health): number {
  const { maintenanceUsd, equityUsd } = health;
  if (isInfinite(health)) return RATIO_INFINITE_PPM;
  if (maintenanceUsd === 0) return 0;
  if (maintenanceUsd / equityUsd >= RATIO_PPM_MAX / PPM_SCALE) return RATIO_PPM_MAX;
  return mulDivCeil(maintenanceUsd, PPM_SCALE, equityUsd);
}

/**
 * Order of liquidation: negative when `a` comes before `b`.
 *
 * H is compared by cross-multiplication, exactly. Infinite H comes first, the larger deficit before the
 * smaller; equal accounts are left to the caller, who goes by account id.
 */
export function compareHealth(a: Health, b: Health): number {
  const isInfiniteA = isInfinite(a);
  const isInfiniteB = isInfinite(b);
  if (isInfiniteA && isInfiniteB) return a.equityUsd - a.maintenanceUsd - (b.equityUsd - b.maintenanceUsd);
  if (isInfiniteA !== isInfiniteB) return isInfiniteA ? -1 : 1;
  return compareProducts(b.maintenanceUsd, a.equityUsd, a.maintenanceUsd, b.equityUsd);
}

/** Something to maintain or owed, and no equity left to divide by. */
function isInfinite(health: Health): boolean {
  return health.equityUsd <= 0 && (health.maintenanceUsd > 0 || health.equityUsd < 0);
}

/** Sign of a·b − c·d, exact for safe integers. */
function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return Math.sign(left - right);
  const exact = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

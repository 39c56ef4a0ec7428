import { UnderlyingClass } from '../../protocol/enums.ts';
import { USD_SCALE, type Usd } from '../../units/money.ts';
import { MINUTES_PER_DAY, UNWIND_SHARE_OF_ADV, type UnderlyingRisk } from './parameters.ts';

const MILLION_USD = 1_000_000 * USD_SCALE;

/** Open interest a market counts as having from its first order on; else nobody could open one. */
const LAUNCH_FLOOR_USD: Readonly<Record<UnderlyingClass, number>> = {
  [UnderlyingClass.bitcoin]: 25 * MILLION_USD,
  [UnderlyingClass.ether]: 25 * MILLION_USD,
  [UnderlyingClass.solana]: 5 * MILLION_USD,
  [UnderlyingClass.large]: 5 * MILLION_USD,
  [UnderlyingClass.mid]: MILLION_USD,
  [UnderlyingClass.tail]: MILLION_USD,
};

/** A market may hold so many days of its volume and so much of the coins there are; from half of that on new risk costs more. */
const CAP_DAYS_OF_VOLUME = 3;
const CAP_FREE_FLOAT_SHARE = 0.05;
const RAMP_START_SHARE = 0.5;

/**
 * How large a market may become: from when concentration and open interest are charged, and, at the end of the
 * ramp, where new risk is refused.
 *
 * @param adv30Usd median daily volume, micro-USD
 * @param freeFloatCap what the coins that can be sold are worth, whole USD: it passes what micro-USD can hold
 */
export function marketTermsOf(
  kind: UnderlyingClass,
  adv30Usd: number,
  freeFloatCap: number,
): Required<Pick<UnderlyingRisk, 'launchFloorUsd' | 'openInterestRampUsd'>> {
  const floatUsd = freeFloatCap * USD_SCALE * CAP_FREE_FLOAT_SHARE;
  const capUsd = Math.floor(Math.min(CAP_DAYS_OF_VOLUME * adv30Usd, floatUsd, Number.MAX_SAFE_INTEGER));
  return {
    launchFloorUsd: LAUNCH_FLOOR_USD[kind] as Usd,
    openInterestRampUsd: { from: Math.floor(capUsd * RAMP_START_SHARE) as Usd, to: capUsd as Usd },
  };
}

/** No owner may need longer to unwind. */
const UNWIND_DAYS_MAX = 3;

/**
 * The size whose liquidity horizon h is three days.
 *
 * @param hMinMinutes the horizon of no size at all
 * @returns micro-USD ≥ 0, rounded down
 * @example volume 100 m USD, shortest horizon half an hour → 0.6 × 100 m × (3 − 1/48) = 178.75 m USD
 */
export function horizonCapUsd(adv30Usd: number, hMinMinutes: number): number {
  const days = UNWIND_DAYS_MAX - hMinMinutes / MINUTES_PER_DAY;
  return Math.floor(Math.min(Number.MAX_SAFE_INTEGER, days * UNWIND_SHARE_OF_ADV * adv30Usd));
}

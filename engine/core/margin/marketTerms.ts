import { UnderlyingClass } from '../../protocol/enums.ts';
import { USD_SCALE, type Usd } from '../../units/money.ts';
import type { UnderlyingRisk } from './parameters.ts';

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

/** A market may hold so many days of its volume, and from half of that on new risk costs more. */
const CAP_DAYS_OF_VOLUME = 3;
const RAMP_START_SHARE = 0.5;

/** How large a market may become, by its class and volume: from when concentration and open interest are charged. */
export function marketTermsOf(
  kind: UnderlyingClass,
  adv30Usd: number,
): Required<Pick<UnderlyingRisk, 'launchFloorUsd' | 'openInterestRampUsd'>> {
  const floorUsd = LAUNCH_FLOOR_USD[kind];
  const capUsd = Math.max(floorUsd, CAP_DAYS_OF_VOLUME * adv30Usd);
  return {
    launchFloorUsd: floorUsd as Usd,
    openInterestRampUsd: { from: Math.floor(capUsd * RAMP_START_SHARE) as Usd, to: capUsd as Usd },
  };
}

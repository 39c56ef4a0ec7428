import type { UnderlyingRisk } from '../../core/margin/parameters.ts';
import { UnderlyingClass } from '../../protocol/enums.ts';
import { classTerms, listUnderlyings } from '../../sandbox/listings.ts';
import { USD_SCALE, usd } from '../../units/money.ts';
import type { Ppm } from '../../units/rate.ts';
import { sandboxRisk } from '../fixtures/risk.ts';

/** How an asset is listed, or would be: the terms that its margin follows from. */
export interface Market {
  readonly asset: string;
  readonly class: UnderlyingClass;
  readonly isListed: boolean;
  readonly risk: UnderlyingRisk;
}

const { mid, tail } = UnderlyingClass;

/**
 * Where the sandbox does not list an asset, the class its turnover would put it in on the day before anything
 * happened to it. LUNA and FTT are mid for that reason: a class chosen after their end would hide what it cost.
 */
const unlisted: Readonly<Record<string, UnderlyingClass>> = {
  '1000PEPE': mid,
  AAVE: mid,
  APT: mid,
  ARB: mid,
  ATOM: mid,
  BCH: mid,
  CRV: tail,
  DOT: mid,
  ENA: mid,
  FTT: mid,
  INJ: tail,
  LUNA: mid,
  MATIC: mid,
  NEAR: mid,
  OP: mid,
  PAXG: mid,
  TIA: tail,
  TRX: mid,
  UNI: mid,
  WIF: tail,
  ZEC: mid,
};

/** Collateral, not underlyings: their depegs are the haircut's business and the depeg add-on's. */
export const STABLE_COINS: readonly string[] = ['USDC', 'BUSD', 'UST'];

/** Sizes are multiples of what a day absorbs, so for an asset nobody lists any volume gives the same ranges. */
const UNLISTED_ADV_USD = 10_000_000;
/** Coins that nobody measured are taken to rise like those that were: fatter than they fall. */
const UNLISTED_UP_PERCENT = 120;
const PPM_IN_PERCENT = 10_000;

/** @returns undefined for an asset without a class */
export function marketOf(asset: string): Market | undefined {
  const terms = listUnderlyings();
  const risks = sandboxRisk().underlyings;
  const place = terms.findIndex(({ name }) => name === asset);
  if (place >= 0) return { asset, class: terms[place]!.class, isListed: true, risk: risks[place]! };
  const kind = unlisted[asset];
  if (kind === undefined) return undefined;
  const { sigmaPpm, hMinMinutes } = classTerms[kind];
  const risk: UnderlyingRisk = {
    ...risks[0]!,
    symbol: asset,
    sigmaPpm: sigmaPpm as Ppm,
    horizonMinutesMin: hMinMinutes,
    adv30Usd: usd(UNLISTED_ADV_USD * USD_SCALE),
    upFactorPpm: (UNLISTED_UP_PERCENT * PPM_IN_PERCENT) as Ppm,
    isMajor: false,
  };
  return { asset, class: kind, isListed: false, risk };
}

import {
  clampedToUnit,
  dividedBy,
  type Fraction,
  floorOf,
  fraction,
  minus,
  times,
  truncated,
} from './fraction.ts';
import {
  type DydxPosition,
  type DydxSubaccount,
  maintenanceOf,
  netNotional,
  totalsOf,
} from './subaccount.ts';

const MILLION = 1_000_000n;

/**
 * Quote quantums at which closing `deltaQuantums` of a position leaves the subaccount as far from bankruptcy as its
 * share of maintenance says: −ΔNNV − TNC·|ΔMMR| ÷ TMMR, rounded towards plus infinity so that no fund has to pay.
 *
 * @param deltaQuantums against the position's sign, at most its size
 * @returns positive: received for closing a long; negative: paid for closing a short
 * @see dydxprotocol/v4-chain, x/clob/keeper/liquidations.go
 * @example long 0.1 BTC at 50,000 with −5,100 USDC: 5,100 USD closes it with nothing left
 */
export function bankruptcyQuote(
  subaccount: DydxSubaccount,
  position: DydxPosition,
  deltaQuantums: bigint,
): bigint {
  const { market, baseQuantums } = position;
  const { netCollateral, maintenance } = totalsOf(subaccount);
  if (maintenance === 0n) throw new RangeError('a subaccount without maintenance has no bankruptcy price');
  const after = baseQuantums + deltaQuantums;
  const notionalChange = netNotional(market, after) - netNotional(market, baseQuantums);
  const released = maintenanceOf(market, baseQuantums) - maintenanceOf(market, after);
  const share = released < 0n ? -released : released;
  return -notionalChange - floorOf(fraction(netCollateral * share, maintenance));
}

/** How the venue spreads the limit price of a liquidation. */
export interface FillablePriceRule {
  readonly bankruptcyAdjustmentPpm: bigint;
  readonly spreadToMaintenancePpm: bigint;
}

/**
 * Limit price of a liquidation: (PNNV − ABR·SMMR·PMMR) ÷ size, with ABR = BA·(1 − TNC ÷ TMMR) between 0 and 1.
 *
 * @returns quote quantums per base quantum, exact
 * @see dydxprotocol/v4-chain, x/clob/keeper/liquidations.go
 */
export function fillablePrice(
  subaccount: DydxSubaccount,
  { market, baseQuantums }: DydxPosition,
  rule: FillablePriceRule,
): Fraction {
  const { netCollateral, maintenance } = totalsOf(subaccount);
  const missing = minus(fraction(1n), fraction(netCollateral, maintenance));
  const rating = clampedToUnit(times(missing, fraction(rule.bankruptcyAdjustmentPpm, MILLION)));
  const own = fraction(maintenanceOf(market, baseQuantums) * rule.spreadToMaintenancePpm, MILLION);
  const quote = minus(fraction(netNotional(market, baseQuantums)), times(rating, own));
  return dividedBy(quote, fraction(baseQuantums));
}

/**
 * What a liquidation pays to the insurance fund: the proceeds above the bankruptcy price, at most the maximum fee.
 *
 * @param proceeds signed quote quantums of the fill: received for a sale, negative when paid
 * @returns quote quantums; negative: the fund pays
 */
export function insuranceFundDelta(
  proceeds: bigint,
  bankruptcyQuoteQuantums: bigint,
  maxFeePpm: bigint,
): bigint {
  const surplus = proceeds - bankruptcyQuoteQuantums;
  if (surplus <= 0n) return surplus;
  const size = proceeds < 0n ? -proceeds : proceeds;
  const maxFee = truncated(fraction(size * maxFeePpm, MILLION));
  if (surplus > maxFee) return maxFee;
  return surplus;
}

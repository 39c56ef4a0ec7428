/** Standard margin of one short option, shares of the underlying per contract of one coin. */
export interface ShortOptionMargin {
  readonly initial: number;
  readonly maintenance: number;
}

/** Initial: 15 % less how far it is out of the money, at least 10 %; maintenance 7.5 %. The value comes on top. */
const FULL_SHARE = 0.15;
const MIN_SHARE = 0.1;
const MAINTENANCE_SHARE = 0.075;

/**
 * What one short option needs in coins of the underlying; a long one needs nothing, its premium is paid.
 *
 * A put's maintenance is at least 7.5 % of its own value, and its initial margin at least its maintenance.
 *
 * @param markCoins the option's mark, coins
 * @see Deribit, option margin, as https://doc.tslab.pro records it (Deribit Margin Requirements Calculation)
 * @example call 55,000 on 50,000 at 0.03 → initial 0.13, maintenance 0.105
 */
export function shortOptionMargin(option: {
  isCall: boolean;
  strike: number;
  underlying: number;
  markCoins: number;
}): ShortOptionMargin {
  const { isCall, strike, underlying, markCoins } = option;
  const out = Math.max(0, isCall ? strike - underlying : underlying - strike) / underlying;
  const initial = Math.max(FULL_SHARE - out, MIN_SHARE) + markCoins;
  if (isCall) return { initial, maintenance: MAINTENANCE_SHARE + markCoins };
  const maintenance = Math.max(MAINTENANCE_SHARE, MAINTENANCE_SHARE * markCoins) + markCoins;
  return { initial: Math.max(initial, maintenance), maintenance };
}

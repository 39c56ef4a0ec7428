/** Shares of the underlying by index, and the factor of the account's position tier. */
export interface OkxOptionRule {
  readonly minInitial: number;
  readonly fullInitial: number;
  readonly maintenance: number;
  readonly marginFactor: number;
}

/** BTCUSD, first position tier. */
export const BTC_OPTIONS: OkxOptionRule = {
  minInitial: 0.1,
  fullInitial: 0.15,
  maintenance: 0.03,
  marginFactor: 1,
};
/** ETHUSD, first position tier. */
export const ETH_OPTIONS: OkxOptionRule = { ...BTC_OPTIONS, maintenance: 0.05 };

/**
 * What one short coin-margined option needs, coins per contract: initial max(a, b − out of the money ÷ forward) × factor
 * + mark; maintenance c × factor + mark, for puts with max(c, c·mark).
 *
 * @see https://www.okx.com/help/ii-option-margin
 * @example call 52,500, forward 50,000, mark 0.02 → initial 0.12
 */
export function shortOptionMargin(
  option: { isCall: boolean; strike: number; forward: number; markCoins: number },
  rule: OkxOptionRule = BTC_OPTIONS,
): { initial: number; maintenance: number } {
  const { isCall, strike, forward, markCoins } = option;
  const out = Math.max(0, isCall ? strike - forward : forward - strike) / forward;
  const initial = Math.max(rule.minInitial, rule.fullInitial - out) * rule.marginFactor + markCoins;
  const share = isCall ? rule.maintenance : Math.max(rule.maintenance, rule.maintenance * markCoins);
  return { initial, maintenance: share * rule.marginFactor + markCoins };
}

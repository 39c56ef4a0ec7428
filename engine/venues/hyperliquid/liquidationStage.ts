/** What the venue does with an account: nothing, a market order in part or whole, or the vault takes everything. */
export type LiquidationStage =
  | { action: 'none' }
  | { action: 'market_full'; notionalUsd: number }
  | { action: 'market_partial_20pct'; notionalUsd: number; cooldownS: number }
  | { action: 'backstop_transfer'; thresholdUsd: number };

/** Above this notional only a part goes to the market first. */
const WHOLE_NOTIONAL_USD = 100_000;
const FIRST_SHARE = 0.2;
const COOLDOWN_S = 30;
const BACKSTOP_SHARE = 2 / 3;

/**
 * Under maintenance a position goes to the market: whole up to 100,000 USD, otherwise a fifth and the rest after 30 s.
 * Under two thirds of maintenance the liquidator vault takes it with its margin.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations
 * @example maintenance 3,000, account 2,500, position 250,000 → 50,000 to the market, then 30 s
 */
export function liquidationStage(account: {
  maintenanceUsd: number;
  accountValueUsd: number;
  notionalUsd: number;
}): LiquidationStage {
  const { maintenanceUsd, accountValueUsd, notionalUsd } = account;
  const thresholdUsd = maintenanceUsd * BACKSTOP_SHARE;
  if (accountValueUsd >= maintenanceUsd) return { action: 'none' };
  if (accountValueUsd < thresholdUsd) return { action: 'backstop_transfer', thresholdUsd };
  if (notionalUsd <= WHOLE_NOTIONAL_USD) return { action: 'market_full', notionalUsd };
  return {
    action: 'market_partial_20pct',
    notionalUsd: notionalUsd * FIRST_SHARE,
    cooldownS: COOLDOWN_S,
  };
}

/** The account after a share of it was liquidated. */
export interface AfterLiquidation {
  readonly maintenanceUsd: number;
  readonly penaltyUsd: number;
  readonly accountValueUsd: number;
  /** Maintenance ÷ value; liquidation ends under 0.9. */
  readonly ratio: number;
}

/** Shares are tried in steps of a fifth until the ratio is under this. */
const STEP = 0.2;
const RESTORED_RATIO = 0.9;

/**
 * Liquidates a share of every position: maintenance falls by it, and a penalty on the released part is paid.
 *
 * @param penaltyMultiplier share of the released maintenance; the page's table uses 50 % and its text 70 %
 * @see https://docs.paradex.trade/risk/liquidations
 * @example value 80, maintenance 88.8, 40 %, penalty half → ratio 0.856
 */
export function liquidateShare(
  account: { accountValueUsd: number; maintenanceUsd: number },
  share: number,
  penaltyMultiplier: number,
): AfterLiquidation {
  const released = account.maintenanceUsd * share;
  const penaltyUsd = released * penaltyMultiplier;
  const maintenanceUsd = account.maintenanceUsd - released;
  const accountValueUsd = account.accountValueUsd - penaltyUsd;
  return { maintenanceUsd, penaltyUsd, accountValueUsd, ratio: maintenanceUsd / accountValueUsd };
}

/** Smallest step of a fifth that brings the ratio under 0.9; 1 when none does. */
export function shareToRestore(
  account: { accountValueUsd: number; maintenanceUsd: number },
  penaltyMultiplier: number,
): number {
  for (let step = 1; step * STEP < 1; step++) {
    const after = liquidateShare(account, step * STEP, penaltyMultiplier);
    if (after.accountValueUsd > 0 && after.ratio < RESTORED_RATIO) return step * STEP;
  }
  return 1;
}

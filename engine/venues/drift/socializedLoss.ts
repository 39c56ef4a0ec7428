/**
 * A bankrupt perpetual's loss, carried by every contract through the funding index of both sides.
 *
 * @returns USD per coin held, long or short
 * @see drift-labs/protocol-v2, programs/drift/src/math/liquidation.rs
 * @example 100 lost over 7 long and 4 short → 9.0909
 */
export function fundingToResolveLoss(lossUsd: number, longBase: number, shortBase: number): number {
  const held = Math.abs(longBase) + Math.abs(shortBase);
  return held > 0 ? Math.abs(lossUsd) / held : 0;
}

/**
 * A bankrupt borrow, carried by all depositors: what the index of deposits falls by.
 *
 * @example 11 owed, 120 deposited, index 1 → 0.0917
 */
export function depositIndexToResolveLoss(
  borrow: number,
  totalDeposits: number,
  depositIndex: number,
): number {
  return totalDeposits > 0 ? (depositIndex * Math.abs(borrow)) / totalDeposits : 0;
}

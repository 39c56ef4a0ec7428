import { clamp } from '../premium.ts';

/** The two legs of a solvent auction's offer. */
export interface AuctionCurve {
  /** Share of the mark at which it opens. */
  readonly start: number;
  /** Share at which the slow leg begins. */
  readonly cutoff: number;
  readonly fastSeconds: number;
  readonly slowSeconds: number;
}

/**
 * Share of its mark a portfolio is offered at: linear to the cutoff in the fast leg, linear to 0 in the slow one.
 *
 * @see derivexyz/v2-core, src/liquidation/DutchAuction.sol
 * @example from 1 to 0.8 in 600 s, to 0 in 7,200 s: after 300 s → 0.9
 */
export function auctionShare(seconds: number, curve: AuctionCurve): number {
  if (seconds < curve.fastSeconds) {
    return curve.start - (curve.start - curve.cutoff) * (seconds / curve.fastSeconds);
  }
  const slow = (seconds - curve.fastSeconds) / curve.slowSeconds;
  return curve.cutoff * clamp(1 - slow, 0, 1);
}

/** An account under maintenance whose portfolio is still worth something. */
export interface AuctionedAccount {
  /** Cash free above maintenance, USD: negative in an auction. */
  readonly maintenance: number;
  readonly markToMarket: number;
  /** Margin is restored this share of (maintenance − mark) beyond zero. */
  readonly bufferShare: number;
}

/**
 * Largest share of the portfolio one bidder may take at an offer: what brings the account back to its buffer margin,
 * BM ÷ (BM − mark·offer).
 *
 * @see derivexyz/v2-core, src/liquidation/DutchAuction.sol
 * @example maintenance −100, mark 300, buffer 10 %, offer 1 → 0.318
 */
export function largestShare(account: AuctionedAccount, offer: number): number {
  const buffer = account.maintenance + account.bufferShare * (account.maintenance - account.markToMarket);
  if (buffer >= 0) return 0;
  return clamp(buffer / (buffer - account.markToMarket * offer), 0, 1);
}

/** What a bidder pays for a share of the portfolio, USD. */
export function bidderPays(account: AuctionedAccount, offer: number, share: number): number {
  return share * account.markToMarket * offer;
}

/**
 * An account worth less than nothing: the security module pays whoever takes it, rising linearly from the deficit at
 * mark to the whole missing maintenance.
 *
 * @param portion share of the account that is taken
 * @returns USD paid to the bidder
 */
export function insolventPayout(
  account: { maintenance: number; markToMarket: number },
  at: { seconds: number; lengthSeconds: number },
  portion: number,
): number {
  const way = clamp(at.seconds / at.lengthSeconds, 0, 1);
  const from = Math.max(0, -account.markToMarket);
  return portion * (from + (-account.maintenance - from) * way);
}

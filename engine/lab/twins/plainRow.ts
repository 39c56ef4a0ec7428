import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { larger, MONEY } from './plainMath.ts';

/** One position an underlying could end in: as it is, after all bids, after all asks. */
export interface PlainFill {
  /** Money with 12 digits. */
  standalone: bigint;
  isGaining(fraction: bigint, state: number): boolean;
}

export interface PlainLeg {
  underlying: number;
  hasOptions: boolean;
  /** What is held comes first. */
  fills: readonly PlainFill[];
  standalone: bigint;
  /** Fractions of the range looked at, 18 digits. */
  fractions: readonly bigint[];
  /** Loss at the worst of the fills (a gain is negative), money with 12 digits. */
  worst(fraction: bigint, state: number): bigint;
}

/** Where a leg stands before ranges are known: its linear notional and the owner's other subaccounts. */
export interface PlainRow {
  row: number;
  underlying: number;
  notional: bigint;
  bids: bigint;
  asks: bigint;
  long: bigint;
  short: bigint;
}

export function rowOf(portfolio: Portfolio, row: number, kind: MarginKind): PlainRow {
  const ofInitial = (column: Float64Array): bigint => (kind === 'initial' ? BigInt(column[row]!) : 0n);
  return {
    row,
    underlying: portfolio.underlying[row]!,
    notional: BigInt(portfolio.notional[row]!),
    bids: ofInitial(portfolio.bids),
    asks: ofInitial(portfolio.asks),
    long: ofInitial(portfolio.othersLong),
    short: ofInitial(portfolio.othersShort),
  };
}

/** What would have to be closed, money with 12 digits: the larger side over the owner's subaccounts. */
export function unwindSize(notional: bigint, { long, short }: PlainRow): bigint {
  return larger(long + larger(notional, 0n), short + larger(-notional, 0n)) * MONEY;
}

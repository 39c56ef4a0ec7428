import { NO_OPTIONS } from '../../core/margin/optionBook.ts';
import type { RiskSource } from '../../core/margin/parameters.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { larger, largest, MONEY, ONE, PPM } from './plainMath.ts';
import { optionLeg } from './plainOptions.ts';
import { plainRange } from './plainRange.ts';
import { type PlainLeg, type PlainRow, rowOf, unwindSize } from './plainRow.ts';

const QUARTERS = [-4n, -3n, -2n, -1n, 1n, 2n, 3n, 4n].map((quarters) => (quarters * ONE) / 4n);

/** Rows of the portfolio as legs, orders and other subaccounts in initial margin only. */
export function legsOf(source: RiskSource, portfolio: Portfolio, kind: MarginKind): PlainLeg[] {
  return Array.from({ length: portfolio.count }, (_, row) => {
    const plain = rowOf(portfolio, row, kind);
    return portfolio.optionBlock[row] === NO_OPTIONS
      ? linearLeg(source, plain, kind)
      : optionLeg(source, portfolio, plain, kind);
  });
}

function linearLeg(source: RiskSource, row: PlainRow, kind: MarginKind): PlainLeg {
  const { underlying, notional, bids, asks } = row;
  const up = BigInt(source.underlyings[underlying]!.upFactorPpm);
  const ends = [notional];
  if (bids > 0n) ends.push(notional + bids);
  if (asks > 0n) ends.push(notional - asks);
  const fills = ends.map((filled) => {
    const range = plainRange(source, underlying, kind, unwindSize(filled, row), 0n);
    const fall = (filled * range * MONEY) / ONE;
    const rise = filled < 0n ? (-fall * up) / PPM : -fall;
    const loss = (fraction: bigint): bigint =>
      ((fraction < 0n ? fall : rise) * (fraction < 0n ? -fraction : fraction)) / ONE;
    return {
      standalone: larger(fall, rise),
      loss,
      isGaining: (fraction: bigint) => fraction !== 0n && (fraction < 0n ? fall : rise) < 0n,
    };
  });
  return {
    underlying,
    hasOptions: false,
    fills,
    standalone: largest(fills.map((fill) => fill.standalone)),
    // Volatility alone moves what others hold, so the middle counts as well.
    fractions: [...QUARTERS, 0n],
    worst: (fraction) => largest(fills.map((fill) => fill.loss(fraction))),
  };
}

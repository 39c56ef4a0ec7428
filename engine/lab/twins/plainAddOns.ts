import { NO_OPTIONS } from '../../core/margin/optionBook.ts';
import type { RiskSource } from '../../core/margin/parameters.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { ceilDiv, larger, largest, MONEY, ONE, PPM, smaller, squareRoot, sum } from './plainMath.ts';
import { NOTHING, optionSize, optionsOf } from './plainOptions.ts';
import { plainHorizon, plainRange } from './plainRange.ts';
import { type PlainLeg, type PlainRow, rowOf, unwindSize } from './plainRow.ts';

/** Charges on top of the scan, whole micro-USD, each rounded up. */
export interface PlainAddOns {
  [kind: string]: bigint;
  basis: bigint;
  shortOptions: bigint;
  concentration: bigint;
  openInterest: bigint;
  provision: bigint;
  confidence: bigint;
  depeg: bigint;
}

export function plainAddOns(
  source: RiskSource,
  portfolio: Portfolio,
  kind: MarginKind,
  legs: readonly PlainLeg[],
): PlainAddOns {
  const isInitial = kind === 'initial';
  const rows = legs.map((_, row) => rowOf(portfolio, row, kind));
  const total = (of: (row: PlainRow) => bigint): bigint => ceilDiv(sum(rows.map(of)), MONEY);
  const market = (row: PlainRow) => marketOf(source, portfolio, row, legs[row.row]!.standalone);
  return {
    basis: total((row) => basis(source, portfolio, row, isInitial ? 10n : 6n)),
    shortOptions: total(
      (row) => (shortOptions(portfolio, row, kind) * MONEY * (isInitial ? 10n : 5n)) / 1_000n,
    ),
    concentration: isInitial ? total((row) => market(row).concentration) : 0n,
    openInterest: isInitial ? total((row) => market(row).ramp) : 0n,
    provision: total(({ row }) => BigInt(portfolio.provision[row]!) * MONEY),
    confidence: total((row) => confidence(source, portfolio, row, kind)),
    depeg: total((row) => depeg(portfolio, row, kind)),
  };
}

/** Per mille of what expiries hold against each other × √(h of the larger side ÷ h_min). */
function basis(source: RiskSource, portfolio: Portfolio, row: PlainRow, perMille: bigint): bigint {
  const { expiries } = portfolio;
  const dated: bigint[] = [];
  for (let leg = 0; leg < expiries.count; leg++) {
    if (expiries.underlying[leg] === row.underlying) dated.push(BigInt(expiries.notional[leg]!));
  }
  const sides = [row.notional - sum(dated), ...dated];
  const longs = sum(sides.map((side) => larger(0n, side)));
  const shorts = sum(sides.map((side) => larger(0n, -side)));
  const shortest = plainHorizon(source, row.underlying, 0n, 0n);
  const horizon = plainHorizon(source, row.underlying, larger(longs, shorts) * MONEY, 0n);
  const root = squareRoot((horizon * ONE * ONE) / shortest);
  return (smaller(longs, shorts) * perMille * root * MONEY) / (1_000n * ONE);
}

function shortOptions({ optionBlock, options }: Portfolio, { row }: PlainRow, kind: MarginKind): bigint {
  const block = optionBlock[row]!;
  if (block === NO_OPTIONS) return 0n;
  return BigInt((kind === 'initial' ? options.shortUsdMax : options.shortUsd)[block]!);
}

/** The owner's share of open interest, and how near that is to its cap; coins held as collateral are no open interest. */
function marketOf(
  source: RiskSource,
  portfolio: Portfolio,
  row: PlainRow,
  standalone: bigint,
): { concentration: bigint; ramp: bigint } {
  const risk = source.underlyings[row.underlying]!;
  const openInterest = BigInt(portfolio.openInterest[row.row]!);
  const counted = larger(openInterest, BigInt(risk.launchFloorUsd ?? 0));
  if (counted === 0n) return { concentration: 0n, ramp: 0n };
  const position = row.notional - coinsOf(portfolio, row) + deltaOf(portfolio, row);
  const ends = [position + row.bids, position - row.asks];
  const size = largest(ends.map((end) => unwindSize(end, row)));
  const share = (size * ONE) / larger(counted * MONEY, size);
  const concentration = (standalone * 2n * larger(0n, share - ONE / 10n)) / ONE;
  const ramp = risk.openInterestRampUsd;
  if (ramp === undefined) return { concentration, ramp: 0n };
  const from = BigInt(ramp.from);
  const part = smaller(ONE, (larger(0n, openInterest - from) * ONE) / (BigInt(ramp.to) - from));
  const whole = largest(ends.map((end) => larger(end, -end))) * MONEY;
  return { concentration, ramp: (part * larger(0n, whole - standalone)) / ONE };
}

function coinsOf(portfolio: Portfolio, row: PlainRow): bigint {
  let coins = 0n;
  for (let at = 0; at < portfolio.collateralCount; at++) {
    if (portfolio.collateralUnderlying[at] === row.underlying)
      coins += BigInt(portfolio.collateralValue[at]!);
  }
  return coins;
}

function deltaOf({ optionBlock, options }: Portfolio, { row }: PlainRow): bigint {
  return optionBlock[row] === NO_OPTIONS ? 0n : BigInt(options.delta[optionBlock[row]!]!);
}

/** (1 − confidence) · R · D under 0.55. */
function confidence(source: RiskSource, portfolio: Portfolio, row: PlainRow, kind: MarginKind): bigint {
  const ppm = BigInt(portfolio.confidencePpm[row.row]!);
  if (ppm >= 550_000n) return 0n;
  const size = heldSize(portfolio, row, kind);
  const range = plainRange(source, row.underlying, kind, size, 0n);
  return ((PPM - ppm) * range * size) / (PPM * ONE);
}

function heldSize(portfolio: Portfolio, row: PlainRow, kind: MarginKind): bigint {
  if (portfolio.optionBlock[row.row] === NO_OPTIONS) return unwindSize(row.notional, row);
  const { cells, delta } = optionsOf(portfolio, row, kind);
  return optionSize(row, cells, NOTHING, delta, row.notional);
}

/** Four times the gap under 0.99 on everything short. */
function depeg(portfolio: Portfolio, row: PlainRow, kind: MarginKind): bigint {
  const gap = larger(0n, 990_000n - BigInt(portfolio.settlementPricePpm));
  const shorts = larger(0n, row.asks - row.notional) + shortOptions(portfolio, row, kind);
  return (4n * gap * shorts * MONEY) / PPM;
}

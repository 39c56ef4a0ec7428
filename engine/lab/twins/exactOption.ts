// The slow twin of Black-76 and of risk vectors: the same formulas in fixed point.
import {
  divide,
  exactCdf,
  exactExp,
  exactLn,
  exactPdf,
  fixedOf,
  multiply,
  ONE,
  squareRoot,
} from './exactMath.ts';

/** Further out a probability has no bit in fixed point. */
const ZERO_BEYOND = 45n * ONE;

function probabilityBelow(d: bigint): bigint {
  if (d < -ZERO_BEYOND) return 0n;
  return d > ZERO_BEYOND ? ONE : exactCdf(d);
}

/** An option whose every number is fixed point. */
export interface ExactOption {
  readonly forward: bigint;
  readonly strike: bigint;
  /** Volatility × √years. */
  readonly deviation: bigint;
  readonly isCall: boolean;
}

export function exactOptionOf(
  forward: number,
  strike: number,
  volatility: number,
  years: number,
  isCall: boolean,
): ExactOption {
  const deviation = multiply(fixedOf(volatility), squareRoot(fixedOf(years)));
  return { forward: fixedOf(forward), strike: fixedOf(strike), deviation, isCall };
}

function dOf({ forward, strike, deviation }: ExactOption): [d1: bigint, d2: bigint] {
  const moneyness = divide(exactLn(divide(forward, strike)), deviation);
  return [moneyness + deviation / 2n, moneyness - deviation / 2n];
}

/** Black's price by its formula, call or put alike. */
export function exactPrice(option: ExactOption): bigint {
  const { forward, strike, deviation, isCall } = option;
  const sign = isCall ? 1n : -1n;
  const intrinsic = sign * (forward - strike);
  if (deviation === 0n) return intrinsic > 0n ? intrinsic : 0n;
  const [d1, d2] = dOf(option);
  return (
    sign * (multiply(forward, probabilityBelow(sign * d1)) - multiply(strike, probabilityBelow(sign * d2)))
  );
}

/** Delta, gamma, vega and theta by their formulas, for an option with volatility and time. */
export function exactGreeks(
  option: ExactOption,
  years: number,
): { delta: bigint; gamma: bigint; vega: bigint; theta: bigint } {
  const { forward, deviation, isCall } = option;
  const [d1] = dOf(option);
  const density = exactPdf(d1);
  const rootOfYears = squareRoot(fixedOf(years));
  const vega = multiply(multiply(forward, density), rootOfYears);
  return {
    delta: isCall ? probabilityBelow(d1) : -probabilityBelow(-d1),
    gamma: divide(density, multiply(forward, deviation)),
    vega,
    theta: -divide(multiply(vega, deviation), multiply(2n * rootOfYears, fixedOf(years))),
  };
}

/** Moves in thousandths, as the model's table prints them. */
const MOVES_PER_MILLE = [
  -660, -500, -330, -250, -180, -135, -90, -45, -20, 0, 20, 45, 90, 135, 180, 250, 500, 1_000, 2_000, 3_000,
  5_000,
];

/** The 63 cells in micro-USD per lot, as fixed point that nobody has rounded. */
export function exactRiskVector(option: ExactOption, years: number, lotsPerUnit: number): bigint[] {
  const { up, down } = exactShocks(fixedOf(years) * 365n);
  const microUsdPerCoin = 1_000_000n;
  const before = exactPrice(option);
  return MOVES_PER_MILLE.flatMap((move) => {
    const forward = (option.forward * BigInt(1_000 + move)) / 1_000n;
    return [ONE, up, down].map((factor) => {
      const deviation = multiply(option.deviation, factor);
      const change = exactPrice({ ...option, forward, deviation }) - before;
      return (change * microUsdPerCoin) / BigInt(lotsPerUnit);
    });
  });
}

function exactShocks(days: bigint): { up: bigint; down: bigint } {
  const ratio = divide(30n * ONE, days > ONE ? days : ONE);
  const isShort = ratio >= ONE;
  const power = exactLn(ratio) * (isShort ? 30n : 13n);
  const scale = exactExp(power / 100n);
  const up = scale / 2n;
  const upMin = (ONE * 4n) / 10n;
  return { up: ONE + (up > upMin ? up : upMin), down: ONE - scale / 4n };
}

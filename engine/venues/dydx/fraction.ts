/** An exact ratio; the denominator is positive and the two have no common divisor. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  const sign = denominator < 0n ? -1n : 1n;
  const shared = divisorOf(numerator, denominator) * sign;
  return { numerator: numerator / shared, denominator: denominator / shared };
}

/** A price or rate as it is written: 0.1 is one tenth and not the double next to it. */
export function fractionOf(written: number): Fraction {
  const form = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(written));
  if (form === null) throw new RangeError(`${written} is not a finite number`);
  const [, sign = '', whole = '0', decimals = '', exponent = '0'] = form;
  const digits = BigInt(sign + whole + decimals);
  return scaled(fraction(digits), Number(exponent) - decimals.length);
}

/** × 10^power. */
export function scaled({ numerator, denominator }: Fraction, power: number): Fraction {
  const factor = 10n ** BigInt(Math.abs(power));
  return power < 0 ? fraction(numerator, denominator * factor) : fraction(numerator * factor, denominator);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return minus(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Between 0 and 1. */
export function clampedToUnit(a: Fraction): Fraction {
  if (a.numerator < 0n) return fraction(0n);
  return a.numerator > a.denominator ? fraction(1n) : a;
}

/** The next integer upwards, also for negative values. */
export function ceilingOf({ numerator, denominator }: Fraction): bigint {
  return -floorOfRatio(-numerator, denominator);
}

/** The next integer downwards. */
export function floorOf({ numerator, denominator }: Fraction): bigint {
  return floorOfRatio(numerator, denominator);
}

/** Towards zero. */
export function truncated({ numerator, denominator }: Fraction): bigint {
  return numerator / denominator;
}

function floorOfRatio(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator !== 0n && numerator < 0n ? quotient - 1n : quotient;
}

function divisorOf(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

import type { Answer, Tolerance, Vector } from './vector.ts';

/** What a rule answers, by the names the vectors use. */
export type Answers = Readonly<Record<string, Answer>>;

/** One expected value that did not come out. */
export interface Miss {
  readonly name: string;
  readonly expected: Answer;
  /** undefined: the rule gives no such answer. */
  readonly got: Answer | undefined;
}

/** Everything a vector expects and its rule does not give. */
export function missesOf({ expected, tolerance }: Vector, got: Answers): Miss[] {
  return Object.entries(expected)
    .map(([name, value]) => ({ name, expected: value, got: got[name] }))
    .filter((held) => !isWithin(held.expected, held.got, tolerance));
}

/**
 * Half of the last place the sources print (12 decimals). A relative tolerance alone would ask more of a number near 0
 * than its own text can say.
 */
const PRINTED_ABS = 5e-13;

export function isWithin(expected: Answer, got: Answer | undefined, { abs, rel }: Tolerance): boolean {
  if (typeof expected === 'number') {
    if (typeof got !== 'number' || !Number.isFinite(got)) return false;
    const relative = rel > 0 ? Math.max(PRINTED_ABS, rel * Math.abs(expected)) : 0;
    return Math.abs(got - expected) <= Math.max(abs, relative);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return false;
    return expected.every((item, place) => item === got[place]);
  }
  return expected === got;
}

import { assert } from './assert.ts';

/** What the canonical form is defined for here: whole numbers only, because every other number has several spellings. */
export type Canonical =
  | string
  | number
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * The one text of a value (RFC 8785, for safe integers): keys in the order of their code units, no spaces, absent where
 * undefined. Two programs that mean the same hash the same.
 *
 * @fails AssertionError on a number that is no safe integer
 */
export function canonicalJson(value: Canonical): string {
  if (value === null || typeof value !== 'object') {
    assert(typeof value !== 'number' || Number.isSafeInteger(value), `${value} is no whole number`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    // Plain comparison is by code units; a locale would order them differently elsewhere.
    .sort((a, b) => (a < b ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`);
  return `{${fields.join(',')}}`;
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value);
}

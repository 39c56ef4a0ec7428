import type { TypedData } from '../../engine/protocol/typed/typedData.ts';
import { type Canonical, canonicalJson } from '../../engine/units/canonicalJson.ts';

/**
 * Where two typed data differ; undefined where a wallet would sign the same.
 *
 * @example message.action.to
 */
export function differenceOf(expected: TypedData, drafted: TypedData): string | undefined {
  return firstDifference(expected, drafted, '');
}

function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (!isRecord(a) || !isRecord(b)) return isSame(a, b) ? undefined : path;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  for (const name of names) {
    const found = firstDifference(a[name], b[name], path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a as Canonical) === canonicalJson(b as Canonical);
}

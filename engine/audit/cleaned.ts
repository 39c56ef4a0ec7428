import type { Canonical } from '../units/canonicalJson.ts';

/**
 * Characters that would make a line of the log look like another one: controls, line and paragraph separators, marks
 * that turn the direction of text, invisible ones, halves of a pair.
 */
const DECEIVING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into the log.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** As long as any request: only what nobody could have sent is cut. */
const TEXT_MAX = 65_536;

/** Whatever somebody sent, as what the log takes: whole numbers, and text that reads as it is. */
export function cleaned(value: unknown): Canonical {
  if (typeof value === 'string') return value.slice(0, TEXT_MAX).replace(DECEIVING, '\ufffd');
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return null;
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(fields.map(([key, each]) => [cleaned(key) as string, cleaned(each)]));
}

/**
 * Splits a printed number where the eye may stop reading.
 *
 * @example splitInsignificant('63,101.50', 1) → ['63,101.5', '0']; with 0 → ['63,101', '.50']
 */
export function splitInsignificant(text: string, significant: number): [bright: string, dim: string] {
  const point = text.indexOf('.');
  if (point < 0) return [text, ''];
  const digits = /^[0-9]*/.exec(text.slice(point + 1))?.[0].length ?? 0;
  const cut = significant === 0 ? point : point + 1 + Math.min(significant, digits);
  return [text.slice(0, cut), text.slice(cut)];
}

/** Zeros at the end say only how fine the step is: they are dimmed, and keep the points in one line. */
export function splitZeros(text: string): [significant: string, zeros: string] {
  const cut = text.includes('.') ? text.replace(/\.?0+$/, '').length : text.length;
  return [text.slice(0, cut), text.slice(cut)];
}

/** A number in a narrow column: digits after the point go first, never the whole part. */
export function fitNumber(text: string, widthMax: number): string {
  if (text.length <= widthMax) return text;
  const point = text.indexOf('.');
  return point < 0 ? text : text.slice(0, Math.max(point, widthMax)).replace(/\.$/, '');
}

/** Numbers have to fall by a fifth below a border before digits come back: one at the border would move all to and fro. */
const SPARE = 1.25;

/**
 * Digits after the point that every number of a narrow column has room for, so that points stand under points.
 *
 * @param most the largest number of the column
 * @param print as it is written with all of its digits
 * @param before what stands now
 */
export function sharedDecimals(
  most: number,
  print: (value: number) => string,
  widthMax: number,
  before = Number.POSITIVE_INFINITY,
): number {
  const fitting = (value: number) => decimalsIn(fitNumber(print(value), widthMax));
  const room = fitting(most);
  return room <= before ? room : Math.max(before, fitting(Math.ceil(most * SPARE)));
}

/** A number with so many digits after its point, cut and never rounded up; of one that is all finer nothing is lost. */
export function alignNumber(text: string, decimals: number, widthMax: number): string {
  const point = text.indexOf('.');
  if (point < 0) return text;
  const aligned = text.slice(0, decimals === 0 ? point : point + 1 + decimals);
  return /[1-9]/.test(aligned) ? aligned : fitNumber(text, widthMax);
}

function decimalsIn(text: string): number {
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}

/** Direction of a printed number; nothing for zero and for unsigned text. */
export function toneOf(text: string): 'up' | 'down' | undefined {
  if (!/[1-9]/.test(text)) return undefined;
  if (text.startsWith('+')) return 'up';
  return text.startsWith('−') || text.startsWith('-') ? 'down' : undefined;
}

/**
 * Reads a plain decimal string as an integer of `10^-decimals` units.
 * Exponents, signs other than a leading minus, blanks and look-alike digits are refused: what was
 * signed must have one reading.
 *
 * @param text such as `63101.5`
 * @param decimals digits kept after the point, 0–12
 * @returns the scaled integer, or undefined when the text is not a plain decimal, has more digits
 *   than `decimals` (other than zeros), or leaves the safe integers
 * @example parseDecimal('63101.5', 6) → 63_101_500_000
 */
export function parseDecimal(text: string, decimals: number): number | undefined {
  if (!/^-?[0-9]{1,16}(\.[0-9]{1,18})?$/.test(text)) return undefined;
  const isNegative = text[0] === '-';
  const [whole = '', fraction = ''] = (isNegative ? text.slice(1) : text).split('.');
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const scaled = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(scaled)) return undefined;
  return isNegative && scaled !== 0 ? -scaled : scaled;
}

/**
 * Writes a scaled integer as a plain decimal string with all `decimals` digits.
 *
 * @example formatDecimal(63_101_500_000, 6) → '63101.500000'
 */
export function formatDecimal(scaled: number, decimals: number): string {
  const sign = scaled < 0 ? '-' : '';
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The same in groups of three, without zeros behind the last digit that counts: a zero too many must show. */
export function readableDecimal(scaled: number, decimals: number): string {
  const [whole = '', part = ''] = formatDecimal(scaled, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = part.replace(/0+$/, '');
  return rest === '' ? grouped : `${grouped}.${rest}`;
}

/** Before the text in the part of an address that browsers keep to themselves. */
const MARK = '#typed=';

/** Where a text that is to be signed is read by a page that has it from nowhere else: no server hears of what follows the #. */
export function verifyHref(typedData: unknown): string {
  return `/verify${MARK}${encodeURIComponent(JSON.stringify(typedData))}`;
}

/** The text that came with an address, laid out for reading; undefined where none did or it is no JSON. */
export function handedOver(hash: string): string | undefined {
  if (!hash.startsWith(MARK)) return undefined;
  try {
    return JSON.stringify(JSON.parse(decodeURIComponent(hash.slice(MARK.length))), undefined, 2);
  } catch {
    return undefined;
  }
}

/**
 * The sequence that the page's address asks for, as it is written there; undefined for the desk as it is now. Read once
 * when the page is loaded: between now and then lies a load, so nothing that was live can stay on a page of the past.
 */
export const asOfText: string | undefined =
  typeof location === 'undefined' ? undefined : asOfIn(location.search);

/** Whether this page shows the past: nothing is sent from it, and nothing live comes to it. */
export const isPast = asOfText !== undefined;

export function asOfIn(search: string): string | undefined {
  return new URLSearchParams(search).get('asOf') ?? undefined;
}

/** An address with the sequence in it, whatever it asks besides. */
export function asOfHref(href: string, seq: string | number): string {
  const [path = '', query] = href.split('?');
  const params = new URLSearchParams(query);
  params.set('asOf', String(seq));
  return `${path}?${params}`;
}

/** An address of the desk, as of where this page stands. */
export function asOfPath(path: string): string {
  return asOfText === undefined ? path : asOfHref(path, asOfText);
}

/**
 * Where a link leads from a page of the past: to the same moment, and to now where there is no such page of then. Of
 * money nobody is led to now unawares: the page says first that it is not of then, and why.
 */
export function hrefInThePast(href: string): string {
  return isShownOfThePast(href) || isOfMoney(href) ? asOfPath(href) : href;
}

/** The page that is open, as of a sequence; the firm's tree where the page has no past of its own. */
export function pageAsOf(href: string, seq: number): string {
  return asOfHref(isShownOfThePast(href) ? href : '/desk', seq);
}

/** What was held and owed is asked of the past most, and would be believed to be of then. */
function isOfMoney(href: string): boolean {
  return /^\/settlement(?:[/?]|$)/.test(href);
}

/** Pages that are made of the engine's state. The others speak of now, or of all there ever was. */
function isShownOfThePast(href: string): boolean {
  return /^\/(?:trade|options|desk|risk|approvals)(?:[/?]|$)/.test(href);
}

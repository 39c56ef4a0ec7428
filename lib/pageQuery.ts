/** What an address of the desk says besides its page: whose account is open, and which panel of the blotter. */
export interface PageQuery {
  account: number | undefined;
  panel: Panel;
}

export const panels = ['orders', 'triggers', 'fills', 'funding', 'ledger'] as const;
export type Panel = (typeof panels)[number];

/** Pages that show one account, the one that the bar says. */
const ACCOUNT_PAGES = /^\/(?:trade|options|risk)(?:\/|$)/;
const PANEL_PAGES = /^\/trade(?:\/|$)/;

/**
 * The account that an address asks for, as it is written there, which may be no account's number; undefined when it
 * asks for none.
 */
export function askedAccount(search: string): string | undefined {
  return new URLSearchParams(search).get('account') ?? undefined;
}

/** The panel that an address asks for; orders, which need not be said, where it names none that there is. */
export function askedPanel(search: string): Panel {
  const asked = new URLSearchParams(search).get('panel');
  return panels.find((panel) => panel === asked) ?? 'orders';
}

/** Whether a page has a panel to ask for. */
export function hasPanel(path: string): boolean {
  return PANEL_PAGES.test(path);
}

/**
 * A page's query that says what is open on it. What else the query asks stays; a page that shows no single account
 * keeps its own.
 *
 * @returns with its question mark; empty when there is nothing to say
 */
export function queryOf(path: string, search: string, { account, panel }: PageQuery): string {
  const params = new URLSearchParams(search);
  if (ACCOUNT_PAGES.test(path)) put(params, 'account', account === undefined ? undefined : String(account));
  if (hasPanel(path)) put(params, 'panel', panel === 'orders' ? undefined : panel);
  return params.size === 0 ? '' : `?${params}`;
}

function put(params: URLSearchParams, name: string, value: string | undefined): void {
  if (value === undefined) params.delete(name);
  else params.set(name, value);
}

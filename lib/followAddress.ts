import { askedAccount, askedPanel, hasPanel, queryOf } from './pageQuery.ts';
import { openPanel, panelStore } from './stores/panelStore.ts';
import { accountOf, sessionStore } from './stores/sessionStore.ts';
import { toast } from './stores/toastStore.ts';

/**
 * Keeps what is open and the address of the page together: what is chosen is written into the address in its place, and
 * an address one comes back to opens what it says. The router is told nothing of it, so nothing is fetched or drawn.
 */
export function followAddress(): () => void {
  const life = new AbortController();
  const on = { signal: life.signal };
  const leaveSession = sessionStore.subscribe((now, before) => {
    const hasCome = now.session.state === 'signedIn' && before.session.state !== 'signedIn';
    if (hasCome) sayWhichIsOpen(location.search);
    // What a person leaves behind is not what the next one asked for.
    const hasLeft = now.session.state === 'signedOut' && before.account !== undefined;
    if (hasCome || now.account !== before.account) write(hasLeft);
  });
  const leavePanel = panelStore.subscribe(() => write());
  addEventListener('popstate', read, on);
  // A link to the page that is open leads to the same page without its query.
  const linked = ({ navigationType }: NavigationCurrentEntryChangeEvent) => {
    if (navigationType === 'push') write();
  };
  window.navigation?.addEventListener('currententrychange', linked, on);
  // The router hears of the way back first and draws another page: then this is the first that is asked.
  read();
  return () => {
    life.abort();
    leaveSession();
    leavePanel();
  };
}

function read(): void {
  // As one came back to it: what is opened is written into it.
  const { pathname, search } = location;
  const { session } = sessionStore.getState();
  const asked = askedAccount(search);
  // Where nobody stood yet the address says no account, and what is open stays.
  if (hasPanel(pathname) && asked !== undefined) openPanel(askedPanel(search));
  const account = accountOf(session, asked);
  if (account !== undefined) sessionStore.setState({ account });
  else sayWhichIsOpen(search);
  write();
}

/** An address may be anybody's: one whose account is not theirs opens their own, and says so. */
function sayWhichIsOpen(search: string): void {
  const { session, account } = sessionStore.getState();
  const asked = askedAccount(search);
  if (session.state !== 'signedIn' || asked === undefined || asked === String(account)) return;
  const open = session.session.accounts.find((each) => each.account === account);
  const subject = /^\d{1,9}$/.test(asked) ? `Account ${asked} of this link` : 'The account of this link';
  toast({
    group: 'address',
    tone: 'warn',
    text: `${subject} is not among yours.`,
    detail: open === undefined ? 'You have none to open.' : `Open is ${open.firmLabel} › ${open.label}.`,
  });
}

/** Until somebody has signed in the address keeps what it asks for. */
function write(hasLeft = false): void {
  const { session, account } = sessionStore.getState();
  const { pathname, search, hash } = location;
  if (session.state !== 'signedIn' && askedAccount(search) !== undefined && !hasLeft) return;
  const query = queryOf(pathname, search, { account, panel: panelStore.getState().panel });
  if (query === search) return;
  try {
    // With the router's own state beside it, which says that the page is the same.
    history.replaceState(history.state, '', `${pathname}${query}${hash}`);
  } catch {
    // Safari takes a hundred in half a minute: the next change says both.
  }
}

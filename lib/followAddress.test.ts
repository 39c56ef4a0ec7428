// Goal: the address says what is open, and opens what it says. How: a page made of an address, a history and events.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

interface Page extends EventTarget {
  navigation: EventTarget;
}

const session = (...accounts: number[]) => ({
  state: 'signedIn' as const,
  agent: undefined,
  session: {
    accounts: accounts.map((account) => ({ account, firmLabel: 'Firm', label: `Account ${account}` })),
  } as never,
});

let page: Page;
let place: URL;
let written: string[];
let leave: () => void;

/** A page that was opened at this address, its stores new. */
async function open(href: string) {
  place = new URL(href, 'http://desk');
  const { followAddress } = await import('./followAddress.ts');
  const { sessionStore, setSession, selectAccount } = await import('./stores/sessionStore.ts');
  const { panelStore, openPanel } = await import('./stores/panelStore.ts');
  const { toasts } = await import('./stores/toastStore.ts');
  leave = followAddress();
  const said = () => (toasts.latest('all') ?? []).map(({ text, detail }) => `${text} ${detail}`);
  return { sessionStore, setSession, selectAccount, panelStore, openPanel, said };
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  written = [];
  page = Object.assign(new EventTarget(), { navigation: new EventTarget() });
  const kept = new Map<string, string>();
  vi.stubGlobal('window', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  vi.stubGlobal('location', {
    get pathname() {
      return place.pathname;
    },
    get search() {
      return place.search;
    },
    get hash() {
      return place.hash;
    },
  });
  vi.stubGlobal('history', {
    state: { tree: 'of the router' },
    replaceState: (state: unknown, _: string, href: string) => {
      expect(state).toEqual({ tree: 'of the router' });
      place = new URL(href, place);
      written.push(href);
    },
  });
});

afterEach(() => {
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('who signs in at a link stands in the account and the panel that it says', async () => {
  const { sessionStore, setSession, panelStore, said } = await open('/trade/BTC-PERP?account=7&panel=fills');
  setSession({ state: 'signedOut' });
  expect(place.search).toBe('?account=7&panel=fills');
  setSession(session(3, 7));
  expect(sessionStore.getState().account).toBe(7);
  expect(panelStore.getState().panel).toBe('fills');
  expect(said()).toEqual([]);
  expect(written).toEqual([]);
});

test.each([
  ['9', 'Account 9 of this link is not among yours. Open is Firm › Account 3.'],
  ['all', 'The account of this link is not among yours. Open is Firm › Account 3.'],
])('an account that is not theirs (%s) opens their own, and says so', async (asked, words) => {
  const { sessionStore, setSession, said } = await open(`/trade/BTC-PERP?account=${asked}`);
  setSession(session(3, 7));
  expect(sessionStore.getState().account).toBe(3);
  expect(said()).toEqual([words]);
  expect(place.search).toBe('?account=3');
});

test('who has no account is told that, too', async () => {
  const { setSession, said } = await open('/trade/BTC-PERP?account=9');
  setSession(session());
  expect(said()).toEqual(['Account 9 of this link is not among yours. You have none to open.']);
  expect(place.search).toBe('');
});

test('what is chosen is written in its place, and what a person leaves is not the next one’s', async () => {
  const { setSession, selectAccount, openPanel } = await open('/trade/BTC-PERP?asOf=5#x');
  setSession(session(3, 7));
  selectAccount(7);
  openPanel('ledger');
  openPanel('ledger');
  expect(written).toEqual([
    '/trade/BTC-PERP?asOf=5&account=3#x',
    '/trade/BTC-PERP?asOf=5&account=7#x',
    '/trade/BTC-PERP?asOf=5&account=7&panel=ledger#x',
  ]);
  setSession({ state: 'signedOut' });
  expect(place.search).toBe('?asOf=5&panel=ledger');
});

test('back opens what that address says, and an account that is open stays when another window chose one', async () => {
  const { sessionStore, setSession, panelStore } = await open('/trade/BTC-PERP');
  setSession(session(3, 7));
  localStorage.setItem('ballast.account', '7');
  setSession(session(3, 7));
  expect(sessionStore.getState().account).toBe(3);
  place = new URL('/trade/ETH-PERP?account=7&panel=funding', place);
  page.dispatchEvent(new Event('popstate'));
  expect(sessionStore.getState().account).toBe(7);
  expect(panelStore.getState().panel).toBe('funding');
});

test('a link to the page that is open says again what is open; on the way back nothing is written first', async () => {
  const { setSession } = await open('/trade/BTC-PERP');
  setSession(session(3));
  place = new URL('/trade/BTC-PERP', place);
  const went = (navigationType: string) =>
    page.navigation.dispatchEvent(Object.assign(new Event('currententrychange'), { navigationType }));
  went('traverse');
  expect(place.search).toBe('');
  went('push');
  expect(place.search).toBe('?account=3');
});

test('a browser that takes no more changes of an address hinders nobody', async () => {
  const { setSession, sessionStore } = await open('/trade/BTC-PERP');
  vi.stubGlobal('history', {
    state: null,
    replaceState: () => {
      throw new Error('too many');
    },
  });
  setSession(session(3));
  expect(sessionStore.getState().account).toBe(3);
});

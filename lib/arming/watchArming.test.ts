// Goal: armed ends the moment nobody looks at what was armed, and says why. How: a page made of two event targets.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sessionStore } from '../stores/sessionStore.ts';

const fresh = vi.hoisted(() => ({ isFresh: true }));
vi.mock('./armingBlock.ts', () => ({ isFeedFresh: () => fresh.isFresh }));

const { arm, armingStore, disarm } = await import('./armingStore.ts');
const { watchArming } = await import('./watchArming.ts');

let page: EventTarget;
let documentOf: EventTarget & { hidden: boolean };
let leave: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  fresh.isFresh = true;
  page = new EventTarget();
  documentOf = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('document', documentOf);
  leave = watchArming();
  arm();
});
afterEach(() => {
  leave();
  disarm('asked');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const words = () => armingStore.getState().note?.words;

test('blur, a hidden page and Escape make it safe', () => {
  page.dispatchEvent(new Event('blur'));
  expect(words()).toBe('Safe: the window lost the focus.');
  arm();
  documentOf.hidden = true;
  documentOf.dispatchEvent(new Event('visibilitychange'));
  expect(words()).toBe('Safe: the page was hidden.');
  arm();
  page.dispatchEvent(Object.assign(new Event('keydown'), { key: 'Escape' }));
  expect(words()).toBe('Safe: Escape was pressed.');
});

test('a stale feed makes it safe within a quarter of a second', () => {
  vi.advanceTimersByTime(1_000);
  expect(words()).toBeUndefined();
  fresh.isFresh = false;
  vi.advanceTimersByTime(250);
  expect(words()).toBe('Safe: the feed went stale.');
});

test('a timer that comes late says that the machine slept', () => {
  vi.advanceTimersByTime(500);
  vi.setSystemTime(Date.now() + 5_000);
  vi.advanceTimersByTime(250);
  expect(words()).toBe('Safe: this machine slept.');
});

test('another account and a lost session make it safe', () => {
  sessionStore.setState({ account: 4 });
  expect(words()).toBe('Safe: another account was chosen.');
  arm();
  sessionStore.setState({ session: { state: 'signedOut' } });
  expect(words()).toBe('Safe: the session or its trading key ended.');
});

test('nothing is watched any more once the page left', () => {
  leave();
  page.dispatchEvent(new Event('blur'));
  expect(words()).toBeUndefined();
});

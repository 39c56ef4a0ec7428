import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { localZone, showTimesIn } from '../timeZone.ts';
import { defaultSettings, readSettings, type Settings } from './settings.ts';

/** The script that paints the first frame (`firstPaint.ts`) reads the same key. */
export const SETTINGS_KEY = 'ballast.settings';

/** The server knows nobody's choice: pages hydrate with the defaults and take on the choice at once. */
const store = createStore<Settings>()(() => defaultSettings(false));

/** Only what was chosen is kept, so that the rest goes on following the operating system. */
let chosen: Partial<Settings> = {};

/** As they stand now. */
export function settings(): Settings {
  return store.getState();
}

export function useSettings(): Settings {
  return useStore(store);
}

export function watchSettings(listener: (settings: Settings) => void): () => void {
  return store.subscribe(listener);
}

/** Changes some fields, for this page at once and for this browser from now on. */
export function changeSettings(change: Partial<Settings>): void {
  chosen = readSettings(JSON.stringify({ ...chosen, ...change }));
  localStorage.setItem(SETTINGS_KEY, JSON.stringify(chosen));
  show();
}

/** Everything as it was before anybody chose. */
export function resetSettings(): void {
  chosen = {};
  localStorage.removeItem(SETTINGS_KEY);
  show();
}

/** Reads what this browser keeps, and follows other windows and the operating system from here on. */
function followBrowser(): void {
  const read = () => {
    chosen = readSettings(localStorage.getItem(SETTINGS_KEY));
    show();
  };
  read();
  addEventListener('storage', (event) => {
    if (event.key === SETTINGS_KEY || event.key === null) read();
  });
  lightPreference()?.addEventListener('change', show);
}

function show(): void {
  const next = { ...defaultSettings(lightPreference()?.matches === true), ...chosen };
  // Before anybody hears of it: what they write then is in the zone that was chosen.
  const { zone, desk } = next.times;
  showTimesIn(zone === 'utc' ? 'UTC' : zone === 'local' ? localZone() : desk);
  store.setState(next, true);
}

function lightPreference(): MediaQueryList | undefined {
  return typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: light)') : undefined;
}

if (typeof window !== 'undefined') followBrowser();

// Goal: a choice survives, and nothing that stands in a browser's storage can break the desk.
import { beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings, readSettings } from './settings.ts';
import { changeSettings, resetSettings, SETTINGS_KEY, settings } from './settingsStore.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  resetSettings();
});

test('a field that is not understood loses only itself', () => {
  expect(readSettings('{"theme":"light","palette":"purple","sounds":{"isOn":true}}')).toEqual({
    theme: 'light',
  });
  expect(readSettings('not JSON')).toEqual({});
  expect(readSettings('null')).toEqual({});
  expect(readSettings(null)).toEqual({});
});

test('a limit is a plain decimal or empty, never a number with sign or exponent', () => {
  const clickSizes = (first: string) =>
    readSettings(JSON.stringify({ clickSizes: { 'BTC-PERP': { first, second: '' } } }));
  expect(clickSizes('0.25').clickSizes?.['BTC-PERP']?.first).toBe('0.25');
  for (const text of ['-1', '1e3', '1,000', 'NaN', '.5']) expect(clickSizes(text)).toEqual({});
});

test('what was chosen is kept, the rest goes on following the defaults', () => {
  changeSettings({ palette: 'blue-orange' });
  expect(settings()).toEqual({ ...defaultSettings(false), palette: 'blue-orange' });
  expect(JSON.parse(kept.get(SETTINGS_KEY) ?? '')).toEqual({ palette: 'blue-orange' });
  resetSettings();
  expect(settings()).toEqual(defaultSettings(false));
  expect(kept.size).toBe(0);
});

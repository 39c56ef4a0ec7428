// Goal: the first frame has the looks the page will have. How: the script of the head is run as text, and its attributes
// are compared with what the store shows for the same kept text.
import { afterEach, expect, test, vi } from 'vitest';
import { firstPaintScript } from './firstPaint.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test.each([
  [null, false],
  [null, true],
  ['{"theme":"light","palette":"swapped","density":"comfortable"}', false],
  ['{"theme":"dark","palette":"blue-orange"}', true],
  ['{"theme":"purple","density":7}', true],
  ['not JSON', false],
  ['null', false],
])('kept %s, light preferred: %s', async (kept, isLightPreferred) => {
  const shown = new Map<string, string>();
  const browser = {
    localStorage: { getItem: () => kept },
    matchMedia: () => ({ matches: isLightPreferred, addEventListener: () => {} }),
    document: { documentElement: { setAttribute: (name: string, value: string) => shown.set(name, value) } },
    addEventListener: () => {},
    window: {},
  };
  for (const [name, value] of Object.entries(browser)) vi.stubGlobal(name, value);
  new Function(firstPaintScript)();
  const first = [...shown];
  const { appearanceAttributes } = await import('./appearance.ts');
  expect(first).toEqual(appearanceAttributes());
});

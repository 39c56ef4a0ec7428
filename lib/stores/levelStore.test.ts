import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
});

/** A page that was opened anew: the store reads what the last one kept. */
async function openPage() {
  vi.resetModules();
  return await import('./levelStore.ts');
}

beforeEach(() => kept.clear());

test('a level is kept for its market and for the next page', async () => {
  const first = await openPage();
  first.addLevel('BTC-PERP', '62400');
  first.addLevel('BTC-PERP', '62400');
  first.addLevel('BTC-PERP', '64000');
  expect(first.levelsOf('ETH-PERP')).toEqual([]);
  const next = await openPage();
  expect(next.levelsOf('BTC-PERP').map(({ price }) => price)).toEqual(['62400', '64000']);
  next.removeLevel('BTC-PERP', 1);
  expect(next.levelsOf('BTC-PERP')).toEqual([{ id: 2, price: '64000' }]);
});

test('a crossed level stays crossed until it is moved', async () => {
  const { addLevel, levelsOf, markCrossed, moveLevel } = await openPage();
  addLevel('BTC-PERP', '62400');
  markCrossed('BTC-PERP', [1], 7);
  expect(levelsOf('BTC-PERP')).toEqual([{ id: 1, price: '62400', crossedMs: 7 }]);
  moveLevel('BTC-PERP', 1, '62500');
  expect(levelsOf('BTC-PERP')).toEqual([{ id: 1, price: '62500' }]);
});

test('what somebody else wrote under the key is not believed', async () => {
  kept.set('ballast.levels', '{"BTC-PERP":[{"id":1,"price":"cheap"}]}');
  expect((await openPage()).levelsOf('BTC-PERP')).toEqual([]);
  kept.set('ballast.levels', 'not json');
  expect((await openPage()).levelsOf('BTC-PERP')).toEqual([]);
});

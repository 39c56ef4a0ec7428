import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Band, lostBands } from './lostBands.ts';

const withdraw = (overUsd: number, upToUsd: number | null): Band => ({
  action: 'Withdraw',
  overUsd,
  upToUsd,
});
const transfer = (overUsd: number, upToUsd: number | null): Band => ({
  action: 'Transfer',
  overUsd,
  upToUsd,
});

test('bands that go together are told as one, and what is cut at other edges is still there', () => {
  const before = [withdraw(0, 50), withdraw(50, 1_000), withdraw(1_000, null), transfer(0, null)];
  expect(lostBands(before, [withdraw(0, 50), transfer(0, null)])).toEqual([withdraw(50, null)]);
  expect(lostBands(before, before)).toEqual([]);
  expect(lostBands([transfer(0, null)], [transfer(0, 7), transfer(7, null)])).toEqual([]);
  expect(lostBands([withdraw(0, null)], [withdraw(0, 20)])).toEqual([withdraw(20, null)]);
  expect(lostBands(before, [])).toEqual([withdraw(0, null), transfer(0, null)]);
});

const EDGE_MAX = 12;
const bands = fc.uniqueArray(fc.integer({ min: 1, max: EDGE_MAX }), { maxLength: 4 }).chain((edges) => {
  const sorted = edges.sort((a, b) => a - b);
  const all = [0, ...sorted].map((overUsd, at) => withdraw(overUsd, sorted[at] ?? null));
  return fc.subarray(all);
});

// Goal: no amount that was possible and is not any more goes unnamed, and none is named in vain. How: amounts one by one.
test('exactly the amounts that were possible before and are not after are named', () => {
  const isIn = (all: readonly Band[], usd: number) =>
    all.some(({ overUsd, upToUsd }) => usd > overUsd && (upToUsd === null || usd <= upToUsd));
  fc.assert(
    fc.property(bands, bands, (before, after) => {
      const lost = lostBands(before, after);
      for (let usd = 0.5; usd <= EDGE_MAX + 2; usd += 0.5)
        expect([usd, isIn(lost, usd)]).toEqual([usd, isIn(before, usd) && !isIn(after, usd)]);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planTransfers, type Side } from './transferPlan.ts';

const COUNT_MAX = 16;
const sides = (first: number, max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 40 }), { maxLength: max })
    .map((all) => all.map((usd, at): Side => ({ account: first + at, usd })));
const total = (all: readonly { usd: number }[]) => all.reduce((sum, { usd }) => sum + usd, 0);

test('who has most to spare gives first', () => {
  const spares = [
    { account: 1, usd: 3 },
    { account: 2, usd: 9 },
    { account: 3, usd: 6 },
  ];
  expect(planTransfers([{ account: 8, usd: 5 }], spares, COUNT_MAX)).toEqual([{ from: 2, to: 8, usd: 5 }]);
  expect(planTransfers([{ account: 8, usd: 12 }], spares, COUNT_MAX)).toEqual([
    { from: 2, to: 8, usd: 9 },
    { from: 3, to: 8, usd: 3 },
  ]);
});

test('nobody gives more than it has or gets more than it needs, and all that can be met is met', () => {
  fc.assert(
    fc.property(sides(100, 5), sides(0, 6), (needs, spares) => {
      const planned = planTransfers(needs, spares, COUNT_MAX);
      const given = (from: number) => total(planned.filter((each) => each.from === from));
      const got = (to: number) => total(planned.filter((each) => each.to === to));
      for (const { account, usd } of spares) expect(given(account)).toBeLessThanOrEqual(usd);
      for (const { account, usd } of needs) expect(got(account)).toBeLessThanOrEqual(usd);
      expect(planned.every(({ usd }) => usd > 0)).toBe(true);
      expect(total(planned)).toBe(Math.min(total(needs), total(spares)));
      const [wanting, giving] = [needs, spares].map((all) => all.filter(({ usd }) => usd > 0).length);
      expect(planned.length).toBeLessThanOrEqual(Math.max(0, wanting! + giving! - 1));
      // Whoever stands first is helped first.
      const short = needs.findIndex(({ account, usd }) => got(account) < usd);
      if (short >= 0) expect(needs.slice(short + 1).every(({ account }) => got(account) === 0)).toBe(true);
    }),
  );
});

// Goal: of one need no smaller number of transfers exists. How: every set of givers is tried.
test('one need is met by as few givers as there can be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), sides(0, 6), (usd, spares) => {
      fc.pre(total(spares) >= usd);
      const sets = Array.from({ length: 2 ** spares.length }, (_, bits) =>
        spares.filter((_, at) => (bits & (1 << at)) !== 0),
      );
      const fewest = Math.min(...sets.filter((set) => total(set) >= usd).map(({ length }) => length));
      expect(planTransfers([{ account: 100, usd }], spares, COUNT_MAX)).toHaveLength(fewest);
    }),
  );
});

test('no more transfers are planned than may be', () => {
  fc.assert(
    fc.property(sides(100, 5), sides(0, 6), fc.integer({ min: 0, max: 4 }), (needs, spares, countMax) => {
      const planned = planTransfers(needs, spares, countMax);
      expect(planned).toEqual(planTransfers(needs, spares, COUNT_MAX).slice(0, countMax));
    }),
  );
});

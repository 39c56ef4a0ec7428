import { expect, test } from 'vitest';
import { testSettlement, testUsdc } from '../../../../lib/testSettlement.ts';
import { assetLines, coverageText, totalWorth } from './Vault.state.ts';

const view = (change: Partial<typeof testUsdc>) => ({
  ...testSettlement,
  assets: [{ ...testUsdc, ...change }],
});

test('what is held equals what is owed, part by part, and what came and went', () => {
  const [line] = assetLines(testSettlement);
  expect(line).toMatchObject({
    owed: 1_000_000_000_000n,
    difference: 0n,
    isWrong: false,
    coverage: '100.0000%',
  });
  expect(line?.stretches.map(({ part }) => part)).toEqual([
    'own',
    'others',
    'insurance',
    'authorisedUnpaid',
    'uncredited',
  ]);
});

test('one unit that is not there is a difference, and coverage is not rounded up to whole', () => {
  const [line] = assetLines(view({ held: '999999999999' }));
  expect(line).toMatchObject({ difference: -1n, isWrong: true, coverage: '99.9999%' });
  expect(line!.heldWidth).toBeLessThan(100);
});

test('what came and went must be what is there, whoever it belongs to', () => {
  expect(assetLines(view({ paidOut: '450000000001' }))[0]?.isWrong).toBe(true);
  // Credited since the last root: its leaf follows.
  const since = view({ held: '1000000000007', credited: '1400000000007' });
  expect(assetLines(since)[0]).toMatchObject({ isWrong: false, difference: 0n });
});

test('what a token does not tell is unknown, not nothing and not wrong, and the other asset is as it was', () => {
  const [money, coin] = testSettlement.assets;
  const mute = { ...coin!, held: null, unreadSinceMs: 1 };
  const [told, untold] = assetLines({ ...testSettlement, assets: [money!, mute] });
  expect(untold).toMatchObject({ isWrong: false, heldWidth: 0, owed: 5_000_000_000n });
  expect([untold?.held, untold?.difference, untold?.coverage, untold?.worthUsd]).toEqual(
    new Array(4).fill(undefined),
  );
  expect(told).toEqual(assetLines(testSettlement)[0]);
  expect(totalWorth([told!, untold!])).toBeUndefined();
});

test('the smallest part can be seen, and the bar is no longer for it', () => {
  const { stretches } = assetLines(view({ fees: '1', held: '1000000000001', credited: '1400000000001' }))[0]!;
  expect(stretches.find(({ part }) => part === 'fees')?.width).toBe(0.3);
  expect(stretches.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 3);
});

test('where nothing is owed nothing is covered, and without a price nothing is worth anything', () => {
  expect(coverageText(5n, 0n)).toBeUndefined();
  expect(totalWorth(assetLines(testSettlement))).toBeUndefined();
});

test('what is held is worth its units at the index, and all of it is the sum', () => {
  const [money, coin] = testSettlement.assets;
  const priced = { ...testSettlement, assets: [money!, { ...coin!, indexUsd: 2_500_000_000 }] };
  expect(assetLines(priced).map(({ worthUsd }) => worthUsd)).toEqual([1_000_000_000_000, 125_000_000_000]);
  expect(totalWorth(assetLines(priced))).toBe(1_125_000_000_000);
});

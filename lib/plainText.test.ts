import { expect, test } from 'vitest';
import {
  plainAmount,
  plainMark,
  plainPercent,
  plainPrice,
  plainSize,
  plainTime,
  plainUsd,
} from './plainText.ts';
import { btcPerp } from './testMarket.ts';

test('numbers leave the desk whole, without groups and needless zeros', () => {
  expect(plainUsd(-12_480_113_200_001)).toBe('-12480113.200001');
  expect(plainUsd(100_000_000)).toBe('100');
  expect(plainSize(-15_000, btcPerp)).toBe('-1.5');
  expect(plainPrice(631_015, btcPerp)).toBe('63101.5');
  expect(plainMark(6_310_060, btcPerp)).toBe('63100.6');
  expect(plainPercent(-74_250)).toBe('-7.425');
  expect(plainAmount(-50_000_000, 8)).toBe('-0.5');
});

test('a time carries its zone, and one that is not known is empty', () => {
  expect(plainTime(1_767_571_200_000)).toBe('2026-01-05T00:00:00.000Z');
  expect(plainTime(0)).toBe('');
});

import { describe, expect, test } from 'vitest';
import { deriveCorrelations } from './correlation.ts';

const BTC = 0;
const ETH = 1;
const SOL = 2;
const XRP = 3;
const isMajor = [true, true, false, false];

function matrix(cells: Record<string, number>): number[] {
  const result = new Array<number>(16).fill(0);
  for (let at = 0; at < 4; at++) result[at * 4 + at] = 1_000_000;
  for (const [key, value] of Object.entries(cells)) {
    const [a, b] = key.split('-').map(Number) as [number, number];
    result[a * 4 + b] = value;
    result[b * 4 + a] = value;
  }
  return result;
}

const calmPpm = matrix({ '0-1': 880_000, '0-2': 830_000, '0-3': 780_000, '2-3': 810_000, '1-3': -200_000 });
const stressPpm = matrix({ '0-1': 800_000, '0-2': 820_000, '0-3': 500_000, '2-3': 900_000, '1-3': -100_000 });
const { lowPpm, highPpm } = deriveCorrelations({ calmPpm, stressPpm, isMajor });
const cell = (set: Int32Array, a: number, b: number): number => set[a * 4 + b]!;

describe('the low set', () => {
  test('takes three quarters of the weaker measurement between majors', () => {
    expect(cell(lowPpm, BTC, ETH)).toBe(600_000);
  });

  test('lets a major hedge an alt by half at most', () => {
    expect(cell(lowPpm, BTC, SOL)).toBe(500_000);
    expect(cell(lowPpm, BTC, XRP)).toBe(375_000);
  });

  test('takes only 60 % between two alts', () => {
    expect(cell(lowPpm, SOL, XRP)).toBe(486_000);
  });

  test('is never negative', () => {
    expect(cell(lowPpm, ETH, XRP)).toBe(0);
  });
});

describe('the high set', () => {
  test('takes 115 % of the stronger measurement', () => {
    expect(cell(highPpm, BTC, SOL)).toBe(954_500);
  });

  test('stops at 0.99', () => {
    expect(cell(highPpm, BTC, ETH)).toBe(990_000);
    expect(cell(highPpm, SOL, XRP)).toBe(990_000);
  });

  test('is never negative', () => {
    expect(cell(highPpm, ETH, XRP)).toBe(0);
  });
});

test('an underlying is perfectly correlated with itself', () => {
  expect([cell(lowPpm, SOL, SOL), cell(highPpm, SOL, SOL)]).toEqual([1_000_000, 1_000_000]);
});

test('a matrix that is not one is refused', () => {
  const lopsided = matrix({});
  lopsided[1] = 500_000;
  expect(() => deriveCorrelations({ calmPpm: lopsided, stressPpm, isMajor })).toThrow('symmetric');
  expect(() => deriveCorrelations({ calmPpm, stressPpm: [1], isMajor })).toThrow('4 × 4');
  expect(() => deriveCorrelations({ calmPpm: matrix({ '0-1': 1_000_001 }), stressPpm, isMajor })).toThrow(
    '±1',
  );
});

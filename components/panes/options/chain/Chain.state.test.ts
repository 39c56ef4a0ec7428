import { expect, test } from 'vitest';
import type { OptionView } from '../../../../engine/protocol/views/options.ts';
import { chainRows, gammaPercent, leftText } from './Chain.state.ts';

const option = (strike: number, optionType: 'call' | 'put') =>
  ({ strikeE8: strike * 1e8, optionType, gamma: 0.00002 }) as OptionView;

test('a strike is one row, calls left and puts right, the one next to the forward marked', () => {
  const options = [option(62, 'call'), option(60, 'put'), option(60, 'call'), option(58, 'put')];
  const rows = chainRows({ expiryMs: 0, forwardE8: 60.4e8, options });
  expect(
    rows.map(({ strikeE8, call, put, isAtTheMoney }) => [strikeE8 / 1e8, !!call, !!put, isAtTheMoney]),
  ).toEqual([
    [58, false, true, false],
    [60, true, true, true],
    [62, true, false, false],
  ]);
  expect(chainRows({ expiryMs: 0, forwardE8: 1, options: [] })).toEqual([]);
});

test('gamma is read per hundredth of the forward, and time in days or hours', () => {
  expect(gammaPercent(option(60_000, 'call'), 60_000e8)).toBeCloseTo(0.012, 9);
  const hourMs = 3_600_000;
  expect([75 * hourMs, 30 * hourMs, hourMs / 2, 0].map(leftText)).toEqual([
    'in 3 days',
    'in 30 h',
    'in 1 h',
    'now',
  ]);
});

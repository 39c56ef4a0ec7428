import { expect, test } from 'vitest';
import type { CandleView } from '../../engine/protocol/views/market.ts';
import { isContinued } from './candleDesk.ts';

const candle = (openMs: number, close = 1): CandleView => ({
  openMs,
  open: 1,
  high: 2,
  low: 1,
  close,
  lots: 1,
});

test('a changed last candle and new ones continue the chart; anything else is drawn anew', () => {
  const [a, b, c] = [candle(0), candle(60), candle(120)];
  expect(isContinued([a, b], [a, candle(60, 2)])).toBe(true);
  expect(isContinued([a, b], [a, candle(60, 2), c])).toBe(true);
  expect(isContinued([a, b], [a, c])).toBe(false);
  expect(isContinued([a, b, c], [a, b])).toBe(false);
  expect(isContinued([], [a])).toBe(false);
  expect(isContinued([a, b], [candle(-60), a, b])).toBe(false);
});

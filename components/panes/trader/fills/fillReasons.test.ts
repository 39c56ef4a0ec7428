import { expect, test } from 'vitest';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { fillReason } from './fillReasons.ts';

const fill: FillView = {
  tradeId: 7,
  orderId: 12,
  account: 4,
  instrument: 0,
  side: 'buy',
  priceTicks: 631_000,
  lots: 15_000,
  isMaker: false,
  feeUsd: 33_127_500,
  realizedPnlUsd: -2_500_000,
  seq: 88_120,
  timeMs: 0,
};
const row = { fill, market: btcPerp };

test('a fee says the notional and the rate it is of, and where the fill stands in the journal', () => {
  const { name, formula, inputs, source } = fillReason('fee', row);
  expect(name).toBe('fee of order 12 in BTC-PERP');
  expect(formula).toContain('taker rate');
  expect(inputs).toEqual([
    ['notional', '94,650.00'],
    ['rate', '3.50 bp'],
    ['fee', '+33.13'],
  ]);
  expect(source).toMatch(/^seq 88,120, engine time/);
});

test('a rebate is a rate below zero, and of the maker', () => {
  const { formula, inputs } = fillReason('fee', {
    ...row,
    fill: { ...fill, isMaker: true, feeUsd: -946_500 },
  });
  expect(formula).toContain('maker rate');
  expect(inputs).toContainEqual(['rate', '−0.10 bp']);
  expect(inputs).toContainEqual(['fee', '−0.95']);
});

test('what a fill booked, what it was worth and who came say what they were made of', () => {
  expect(fillReason('realized', row).inputs).toContainEqual(['realized', '−2.50']);
  expect(fillReason('notional', row).inputs).toEqual([
    ['quantity', '1.5000 BTC'],
    ['price', '63,100.0'],
    ['notional', '94,650.00'],
  ]);
  expect(fillReason('liquidity', row).inputs).toContainEqual(['this order', 'taker: it came']);
});

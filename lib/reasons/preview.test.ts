import { expect, test } from 'vitest';
import type { PreviewView } from '../../engine/protocol/views/preview.ts';
import { btcPerp } from '../testMarket.ts';
import { previewReason } from './preview.ts';

const after = {
  equityUsd: 6_519_000_000_000,
  initialUsd: 2_572_000_000_000,
  maintenanceUsd: 456_330_000_000,
  freeUsd: 3_947_000_000_000,
  ratioPpm: 70_000,
  positionLots: 2_320_000,
  distanceSigmas: 11.19,
};

test('a preview says its numbers with the formula of each', () => {
  const preview = {
    filledLots: 100_000,
    filledNotionalUsd: 631_000_000_000,
    feeUsd: 220_850_000,
    after,
  } as PreviewView;
  expect(previewReason(preview, btcPerp).inputs).toEqual([
    ['notional of the fills', '631,000.00'],
    ['average = it ÷ their size', '63,100.00'],
    ['fee ÷ it', '3.50 bp'],
    ['equity after', '6,519,000.00'],
    ['initial, worst fill of all orders', '2,572,000.00'],
    ['free = equity − gains not credited − initial', '3,947,000.00'],
    ['maintenance', '456,330.00'],
    ['maintenance ÷ equity', '7.00%'],
    ['position after', '+232.0000 BTC'],
    ['joint distance', '11.19 σ-days'],
  ]);
});

test('what rests has no fills to explain, and a flat account no distance', () => {
  const resting = {
    filledLots: 0,
    filledNotionalUsd: 0,
    feeUsd: 0,
    after: { ...after, positionLots: 0, distanceSigmas: -1 },
  } as PreviewView;
  const { inputs } = previewReason(resting, btcPerp);
  expect(inputs[0]?.[0]).toBe('equity after');
  expect(inputs.at(-1)).toEqual(['joint distance', 'no risk']);
});

import { expect, test } from 'vitest';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { type FundingPaid, fundingRows } from './Funding.state.ts';
import { fundingReason } from './fundingReasons.ts';

/** 1.5 BTC, held half of the hour: 360 of 720 samples. */
const paid: FundingPaid = {
  seq: 90,
  place: 1,
  timeMs: 0,
  instrument: 0,
  amountUsd: -591_563,
  lotSamples: 15_000 * 360,
  ratePpb: 12_500,
};

test('a payment says how much was held through the hour on the mean, and at which rate', () => {
  const [row] = fundingRows([paid], [btcPerp]);
  expect(fundingReason('amount', row!)).toMatchObject({
    inputs: [
      ['mean size held', '+0.7500 BTC'],
      ['rate of the hour', '+0.0013%'],
      ['received', '−0.59'],
    ],
    source: expect.stringMatching(/^seq 90, engine time/),
  });
  expect(fundingReason('rate', row!).inputs[0]).toEqual(['of eight hours', '+0.0100%']);
});

test('a payment of a market that is not listed has no row', () => {
  expect(fundingRows([{ ...paid, instrument: 9 }], [btcPerp])).toEqual([]);
});

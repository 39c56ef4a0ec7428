import { expect, test } from 'vitest';
import type { AssetView } from '../../../../engine/protocol/views/market.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { ledgerRows, type Posting, reasonText, sumsByAsset } from './Ledger.state.ts';
import { postingReason } from './ledgerReasons.ts';

const usdc = { asset: 0, name: 'USDC', decimals: 6 } as AssetView;
const btc = { asset: 1, name: 'BTC', decimals: 8 } as AssetView;
const fee: Posting = {
  seq: 1,
  place: 0,
  timeMs: 0,
  asset: 0,
  amount: -5,
  reason: 'takerFee',
  counterAccount: 1,
  instrument: 0,
};

test('a posting says what it was and in which market', () => {
  const [row] = ledgerRows([fee], [usdc], [btcPerp]);
  expect(row && [reasonText(row), row.market]).toEqual(['taker fee', 'BTC-PERP']);
});

test('dollars and coins are summed apart', () => {
  const coins = { ...fee, asset: 1, amount: 7, reason: 'deposit' as const, instrument: -1 };
  const rows = ledgerRows([fee, { ...fee, amount: 2 }, coins], [usdc, btc], []);
  expect(sumsByAsset(rows).map(({ asset, amount }) => [asset.name, amount])).toEqual([
    ['USDC', -3],
    ['BTC', 7],
  ]);
});

test('a posting says its rule, its amount and its other side, at its place in the journal', () => {
  const [row] = ledgerRows([{ ...fee, amount: -22_085_175 }], [usdc], [btcPerp]);
  expect(postingReason(row!)).toMatchObject({
    name: 'taker fee in BTC-PERP',
    formula: expect.stringContaining('taker rate'),
    inputs: [
      ['amount', expect.stringMatching(/^−22\.08.* USDC$/)],
      ['other account', '1'],
    ],
    source: expect.stringMatching(/^seq 1, engine time/),
  });
});

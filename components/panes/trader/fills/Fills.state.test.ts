import { expect, test } from 'vitest';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { fillRows, notionalUsd } from './Fills.state.ts';

const fill: FillView = {
  tradeId: 1,
  orderId: 12,
  account: 4,
  instrument: 0,
  side: 'buy',
  priceTicks: 631_000,
  lots: 15_000,
  isMaker: false,
  feeUsd: 1,
  realizedPnlUsd: 0,
  seq: 9,
  timeMs: 1,
};

test('a fill that the stream and the records both tell stands once, and both sides of a self-trade stand', () => {
  const other = { ...fill, orderId: 13, side: 'sell' as const };
  const rows = fillRows([fill], [{ ...fill }, other], [btcPerp]);
  expect(rows.map((row) => row.fill.orderId)).toEqual([12, 13]);
});

test('a fill is worth its price times its size', () => {
  const [row] = fillRows([fill], [], [btcPerp]);
  expect(row && notionalUsd(row)).toBe(94_650_000_000);
});

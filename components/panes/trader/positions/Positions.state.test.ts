import { expect, test } from 'vitest';
import type { PositionView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { flattenOrder, positionsInOrder, totalsOf } from './Positions.state.ts';

const long: PositionView = {
  instrument: 2,
  lots: 15_000,
  entryValueUsd: 1,
  markUsdPerLot: 1,
  notionalUsd: 100,
  unrealizedPnlUsd: 7,
};
const short: PositionView = { ...long, instrument: 0, lots: -5, notionalUsd: 50, unrealizedPnlUsd: -9 };

test('flattening sells what is long and buys what is short, and can only reduce', () => {
  expect(flattenOrder(4, long, btcPerp)).toEqual({
    account: 4,
    instrument: 'BTC-PERP',
    side: 'sell',
    type: 'market',
    size: '1.5',
    isReduceOnly: true,
  });
  expect(flattenOrder(4, short, btcPerp)).toMatchObject({ side: 'buy', size: '0.0005' });
});

test('rows stand in listing order and totals add up', () => {
  expect(positionsInOrder([long, short]).map(({ instrument }) => instrument)).toEqual([0, 2]);
  expect(totalsOf([long, short])).toEqual({ notionalUsd: 150, unrealizedPnlUsd: -2 });
});

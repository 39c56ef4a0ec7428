import { expect, test } from 'vitest';
import type { AccountView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { positionRows, totalsOf } from './Positions.state.ts';

const ethPerp: MarketView = {
  ...btcPerp,
  instrument: 1,
  name: 'ETH-PERP',
  underlying: 'ETH',
  underlyingId: 1,
};
const btcFuture: MarketView = { ...btcPerp, instrument: 2, name: 'BTC-25DEC26', kind: 'future' };

const long: PositionView = {
  instrument: 0,
  lots: 15_000,
  entryValueUsd: 1,
  markUsdPerLot: 1,
  notionalUsd: 1_000,
  unrealizedPnlUsd: 7,
  deltaUsd: 1_000,
  carryUsdPerDay: -3,
  scanUsd: 60,
};
const short: PositionView = {
  ...long,
  instrument: 1,
  lots: -5,
  deltaUsd: -500,
  scanUsd: -20,
  carryUsdPerDay: 1,
};
const future: PositionView = { ...long, instrument: 2, lots: -1, deltaUsd: -100, scanUsd: -6 };

const view = {
  firmLabel: 'Firm',
  label: 'Basis',
  positions: [future, long, short],
  margin: { maintenance: { scenario: { moves: [{ underlying: 'BTC', move: -0.06 }] } } },
  distance: {
    path: [
      { underlying: 'BTC', move: -0.1 },
      { underlying: 'ETH', move: -0.08 },
    ],
    rows: [{ kind: 'own', underlying: 'BTC', move: -0.2, priceUsd: 1, sigmas: 5 }],
  },
} as unknown as AccountView;

test('shares of the most likely way sum to the whole, and a hedge has a negative one', () => {
  const rows = positionRows(view, [btcPerp, ethPerp, btcFuture]);
  // Losses on the way: 100 of the perpetual, −10 of the future, −40 of ETH: 50 together.
  expect(rows.map(({ sharePpm }) => sharePpm)).toEqual([-200_000, 2_000_000, -800_000]);
  expect(totalsOf(rows)).toMatchObject({
    sharePpm: 1_000_000,
    deltaUsd: 400,
    scanUsd: 34,
    carryUsdPerDay: -5,
  });
});

test('one row of an underlying says where its price must go, the others point to it', () => {
  const rows = positionRows(view, [btcPerp, ethPerp, btcFuture]);
  expect(rows.map(({ ownIn }) => ownIn)).toEqual(['BTC-PERP', undefined, undefined]);
  expect(rows.map(({ own }) => own?.move)).toEqual([-0.2, -0.2, undefined]);
});

test('without a way to liquidation the worst case is shared out, and a market not yet listed has no row', () => {
  const calm = { ...view, distance: { ...view.distance, path: [] } };
  expect(positionRows(calm, [btcPerp]).map(({ sharePpm }) => sharePpm)).toEqual([1_000_000]);
  const still = { ...calm, margin: { maintenance: { scenario: { moves: [] } } } } as unknown as AccountView;
  expect(positionRows(still, [btcPerp]).map(({ sharePpm }) => sharePpm)).toEqual([undefined]);
});

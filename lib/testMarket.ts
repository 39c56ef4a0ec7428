import type { MarketView } from '../engine/protocol/views/market.ts';

/** BTC-PERP as the sandbox lists it, for tests of this floor and of the panes. */
export const btcPerp: MarketView = {
  instrument: 0,
  name: 'BTC-PERP',
  kind: 'perpetual',
  expiryMs: 0,
  strikeE8: 0,
  optionType: null,
  baseAsset: -1,
  stage: 'trading',
  settlementUsdPerLot: 0,
  underlying: 'BTC',
  underlyingId: 0,
  lotsPerUnit: 10_000,
  ticksPerUsd: 10,
  usdPerTickLot: 10,
  sizeLotsMax: 10_000_000,
  priceTicksMax: 10_000_000,
  notionalMinUsd: 10_000_000,
  bandPpm: 50_000,
  makerPpm: 100,
  takerPpm: 350,
};

import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { MarketView } from '../../protocol/views/market.ts';

const market = (instrument: number, name: string, lotsPerUnit: number, ticksPerUsd: number): MarketView => ({
  instrument,
  name: `${name}-PERP`,
  kind: 'perpetual',
  expiryMs: 0,
  strikeE8: 0,
  optionType: null,
  baseAsset: -1,
  stage: 'trading',
  settlementUsdPerLot: 0,
  underlying: name,
  underlyingId: instrument,
  lotsPerUnit,
  ticksPerUsd,
  usdPerTickLot: 1_000_000 / (lotsPerUnit * ticksPerUsd),
  sizeLotsMax: 10_000_000,
  priceTicksMax: 10_000_000,
  notionalMinUsd: 10_000_000,
  bandPpm: 50_000,
  makerPpm: -20,
  takerPpm: 350,
});

/** A small desk for tests of the door: two markets, one member with one Ed25519 key, one local key. */
export const sampleDirectory: DirectoryView = {
  seq: 40,
  isSandbox: true,
  chainId: 31_337,
  vault: `0x${'ab'.repeat(20)}`,
  limits: {
    firms: 8,
    accounts: 64,
    members: 32,
    agents: 64,
    assets: 4,
    underlyings: 16,
    instruments: 16,
    positions: 256,
    orders: 1_024,
    levels: 512,
    ordersPerAccount: 200,
  },
  markets: [market(0, 'BTC', 10_000, 10), market(1, 'ETH', 1_000, 100)],
  assets: [
    {
      asset: 0,
      name: 'USDC',
      decimals: 6,
      weightPpm: 1_000_000,
      underlyingId: -1,
      redemptionPpm: 0,
      sources: 7,
      indexUsd: 1_000_000,
    },
  ],
  underlyings: [{ id: 0, name: 'BTC', isMajor: true, sources: 5 }],
  firms: [{ firm: 0, label: 'Northwind', owner: `0x${'01'.repeat(20)}` }],
  accounts: [
    { account: 3, firm: 0, label: 'Basis', potOf: null },
    { account: 4, firm: 0, label: 'Directional', potOf: null },
  ],
  members: [
    { member: 0, firm: 0, address: `0x${'02'.repeat(20)}`, role: 1, label: 'Trader', accounts: [3, 4] },
  ],
  agents: [
    {
      agent: 1,
      member: 0,
      scheme: 1,
      publicKey: 'ed'.repeat(32),
      accounts: [3],
      expiresAtMs: 9e15,
      isRevoked: false,
    },
    {
      agent: 2,
      member: 0,
      scheme: 0,
      publicKey: 'aa'.repeat(32),
      accounts: [],
      expiresAtMs: 9e15,
      isRevoked: false,
    },
  ],
};

import type { SettlementView, VaultAssetView } from '../engine/protocol/views/settlement.ts';

/** A vault for tests and stills: one asset of money, one coin, a root in dispute and two final ones. */
export const testNowMs = Date.UTC(2026, 10, 20, 12, 4, 31);

export const testVault = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
export const testOwner = '0xa0ee7a142d267c1f36714e4a8f75612f20a79720';
const hex = (digit: string) => `0x${digit.repeat(64)}`;

export const testUsdc: VaultAssetView = {
  asset: 0,
  name: 'USDC',
  token: '0xe7f1725e7734ce288f8367e1bb143e90bb3f0512',
  decimals: 6,
  indexUsd: 1_000_000,
  weiPerUnit: '1',
  held: '1000000000000',
  unreadSinceMs: null,
  credited: '1400000000000',
  paidOut: '450000000000',
  uncredited: '50000000000',
  own: '300000000000',
  others: '600000000000',
  insurance: '40000000000',
  fees: '0',
  authorisedUnpaid: '10000000000',
};

const testCoin: VaultAssetView = {
  ...testUsdc,
  asset: 1,
  name: 'WETH',
  token: '0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0',
  decimals: 8,
  indexUsd: 0,
  weiPerUnit: '10000000000',
  held: '5000000000',
  credited: '5000000000',
  paidOut: '0',
  uncredited: '0',
  own: '1000000000',
  others: '4000000000',
  insurance: '0',
  authorisedUnpaid: '0',
};

export const testSettlement: SettlementView = {
  seq: 88_120,
  timeMs: testNowMs,
  status: 'open',
  sentence: '',
  takesDeposits: true,
  chainId: 31_337,
  vault: testVault,
  block: { number: 411, hash: hex('9'), readMs: testNowMs - 4_000, timeMs: testNowMs - 6_000 },
  terms: {
    disputeSec: 300,
    rootTimeoutSec: 86_400,
    forcedGraceSec: 259_200,
    whitelistDelaySec: 86_400,
    reclaimDelaySec: 172_800,
    maxPauseSec: 259_200,
  },
  signers: {
    needed: 2,
    of: 3,
    each: [hex('1'), hex('2'), hex('3')].map((word) => ({
      address: word.slice(0, 42),
      state: 'ready' as const,
      seq: 88_010,
      sentence: 'It has replayed the journal from the genesis.',
    })),
    guardian: null,
  },
  nextRootMs: testNowMs + 42_000,
  pausedUntilMs: null,
  frozenEpoch: null,
  assets: [testUsdc, testCoin],
  roots: [7, 6, 5].map((epoch) => ({
    epoch,
    seq: 88_000 + epoch,
    timeMs: testNowMs - (8 - epoch) * 60_000,
    hash: hex(String(epoch)),
    accountsRoot: hex('a'),
    signers: [testOwner, testVault],
    postedMs: testNowMs - (8 - epoch) * 60_000,
    finalMs: testNowMs + (epoch === 7 ? 240_000 : -60_000),
    state: epoch === 7 ? ('posted' as const) : ('final' as const),
    sentence: '',
    gas: 212_400,
    tx: hex('b'),
    block: 400 + epoch,
  })),
  deposits: [
    {
      id: 12,
      account: 8,
      asset: 0,
      amount: '50000000000',
      from: testOwner,
      tx: hex('c'),
      block: 410,
      seenMs: testNowMs - 6_000,
      state: 'seen',
      creditedSeq: null,
      epoch: null,
    },
  ],
  withdrawals: [
    {
      nonce: 3,
      account: 8,
      asset: 1,
      amount: '120000000',
      to: testOwner,
      proposal: null,
      seq: 88_001,
      authorisedMs: testNowMs - 200_000,
      epoch: 6,
      claimableMs: testNowMs - 60_000,
      state: 'claimable',
      tx: null,
      block: null,
    },
  ],
  listed: [],
  demands: [],
};

// Goal: what an owner demanded stands as long as the vault can be frozen for it, and no longer. How: the vault's own events,
// as a node would hand them out.
import { encodeAbiParameters, encodeEventTopics, type Hex } from 'viem';
import { expect, test } from 'vitest';
import { vaultAbi } from './vaultAbi.ts';
import { VaultHistory } from './vaultHistory.ts';

const VAULT = `0x${'11'.repeat(20)}` as const;
const sub = `0x${'22'.repeat(32)}` as const;
const to = `0x${'33'.repeat(20)}` as const;
const numbers = (...values: bigint[]) =>
  encodeAbiParameters(
    values.map(() => ({ type: 'uint256' })),
    values,
  );

const demanded = (asset: bigint, amount: bigint) => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'ForcedRequest', args: { sub } }),
  data: numbers(asset, amount),
});
const paid = (nonce: bigint, asset: bigint, amount: bigint) => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'Paid', args: { sub, nonce } }),
  data: numbers(asset, amount, BigInt(to)),
});
const served = () => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'Served', args: { sub } }),
  data: '0x' as Hex,
});

/** What is open after these events, one a block. */
async function openAfter(events: { topics: unknown; data: Hex }[]) {
  const logs = events.map((event, place) => ({
    ...event,
    ...{ address: VAULT, blockNumber: `0x${place.toString(16)}`, logIndex: '0x0', removed: false },
    ...{ blockHash: `0x${'44'.repeat(32)}`, transactionHash: `0x${'55'.repeat(32)}` },
  }));
  const history = new VaultHistory({ call: async () => logs }, VAULT);
  await history.follow({ number: logs.length, hash: `0x${'66'.repeat(32)}` });
  return history.demands.map(({ asset, amount, target }) => [asset, amount, target]);
}

test('a demand wants so much more than was paid before, and is open until that is paid', async () => {
  const before = paid(1n, 0n, 40n);
  expect(await openAfter([before, demanded(0n, 60n)])).toEqual([[0, 60n, 100n]]);
  expect(await openAfter([before, demanded(0n, 60n), paid(2n, 1n, 60n), paid(3n, 0n, 59n)])).toHaveLength(1);
  expect(await openAfter([before, demanded(0n, 60n), paid(2n, 0n, 60n)])).toEqual([]);
});

test('one that was ended is open no more, and another may follow', async () => {
  expect(await openAfter([demanded(0n, 60n), served()])).toEqual([]);
  expect(await openAfter([demanded(0n, 60n), served(), demanded(1n, 5n)])).toEqual([[1, 5n, 5n]]);
});

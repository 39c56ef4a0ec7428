// Goal: a transaction that is mined is told as mined, whatever a node shows first. How: a node made here that shows the
// count of a key before the receipt, as the real program does on a busy machine: for some milliseconds in one of ten.
import type { Hex } from 'viem';
import { expect, test } from 'vitest';
import { walletOf } from '../../sandbox/keys.ts';
import { Sender } from './sender.ts';
import type { VaultChain } from './vaultChain.ts';

const HASH: Hex = `0x${'5e'.repeat(32)}`;
const BLOCK: Hex = `0x${'b1'.repeat(32)}`;
const receipt = { status: '0x1', blockNumber: '0x1', blockHash: BLOCK, logs: [] };

/** @param hiddenLooks how often the receipt is asked for in vain once the key's count has been told */
function nodeThatCountsFirst(hiddenLooks: number) {
  let [isSent, isCounted, looks] = [false, false, 0];
  const answers: Record<string, () => unknown> = {
    eth_estimateGas: () => '0x5208',
    eth_gasPrice: () => '0x1',
    eth_sendRawTransaction: () => {
      isSent = true;
      return HASH;
    },
    eth_getTransactionCount: () => {
      isCounted = isSent;
      return isSent ? '0x1' : '0x0';
    },
    eth_getTransactionReceipt: () => {
      if (isCounted) looks += 1;
      return looks > hiddenLooks ? receipt : null;
    },
    eth_getBlockByNumber: () => ({ hash: BLOCK }),
  };
  const chain: VaultChain = {
    chainId: 31_337,
    call: async (method) => answers[method]!(),
    settledHead: async () => ({ number: 1, hash: BLOCK }),
  };
  return { chain, looks: () => looks };
}

test.each([0, 1, 3])(
  'a receipt that is missing at %i looks after its count is waited for',
  async (hiddenLooks) => {
    const node = nodeThatCountsFirst(hiddenLooks);
    const sender = new Sender(node.chain, walletOf('trader'));
    await expect(sender.send({ what: 'A payment', to: `0x${'12'.repeat(20)}`, data: '0x' })).resolves.toEqual(
      receipt,
    );
    expect(node.looks()).toBe(hiddenLooks + 1);
  },
);

test('one whose receipt does not come at all was replaced, and is said to be', async () => {
  const node = nodeThatCountsFirst(Number.POSITIVE_INFINITY);
  const sender = new Sender(node.chain, walletOf('trader'));
  const sent = sender.send({ what: 'A payment', to: `0x${'12'.repeat(20)}`, data: '0x' });
  await expect(sent).rejects.toThrow('A payment: another transaction of its key took its place.');
});

// Goal: a chain that comes back from a save has in its blocks all that its accounts have been through, and nothing else. How:
// a program made here that mines in the middle of what it tells, as the real one does on a busy machine; and the real one, with
// payments in bursts past the desk's own door while it is saved, each save brought back and its transactions counted.
import { setTimeout as delay } from 'node:timers/promises';
import { parseGwei } from 'viem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHAIN_ID, chainFolder, openChain, personOf, until } from '../../lab/chain/testChain.ts';
import { anvilBinary } from './anvilBinary.ts';
import { onChainCopy } from './chainCopy.ts';
import type { EmbeddedChain } from './embeddedChain.ts';
import { callRpc } from './jsonRpc.ts';
import { stillState } from './stillState.ts';

const SAVES = 8;
const BURST = 12;
const payer = personOf(16);
const receiver = `0x${'12'.repeat(20)}` as const;
let folder: ReturnType<typeof chainFolder>;
let chain: EmbeddedChain;

beforeEach(async () => {
  folder = chainFolder();
  chain = await openChain(folder.dir);
});
afterEach(async () => {
  await chain.stop();
  folder.remove();
});

/** Past the chain's own gate, as another program would. */
const ask = (method: string, params: readonly unknown[]) =>
  callRpc(chain.url!, method, params, { timeoutMs: 5_000, answerBytesMax: 1 << 26 });

async function payments(firstNonce: number, count: number): Promise<string[]> {
  const transactions = Array.from({ length: count }, (_, place) =>
    payer.signTransaction({
      ...{ type: 'eip1559', chainId: CHAIN_ID, nonce: firstNonce + place, to: receiver, value: 1n },
      ...{ gas: 21_000n, maxFeePerGas: parseGwei('20'), maxPriorityFeePerGas: 1n },
    }),
  );
  return await Promise.all(transactions);
}

/** Transactions of the payer as accounts and as blocks of the save tell them. */
async function counted(): Promise<[inAccounts: number, inBlocks: number]> {
  const binary = anvilBinary()!;
  return await onChainCopy(
    { dir: folder.dir, binary, chainId: CHAIN_ID, startMsMax: 10_000 },
    async (copy) => {
      const nonce = Number(await copy.call('eth_getTransactionCount', [payer.address, 'latest']));
      let inBlocks = 0;
      const { number } = await copy.settledHead();
      for (let block = 1; block <= number; block++) {
        const name = `0x${block.toString(16)}`;
        const count = Number(await copy.call('eth_getBlockTransactionCountByNumber', [name]));
        inBlocks += count;
      }
      return [nonce, inBlocks];
    },
  );
}

/** Tells its blocks first and its accounts after. `during` runs between the two, `looked` before a look at the pool. */
class BusyChain {
  blocks = 0;
  accounts = 0;
  pool = 0;
  dumps = 0;
  during: () => void = () => {};
  looked: () => void = () => {};

  /** Accounts change before the block is shown, and the pool after both. */
  execute = () => {
    this.accounts = this.blocks + this.pool;
  };
  show = () => {
    this.blocks = this.accounts;
    this.pool = 0;
  };

  readonly ask = async (method: string): Promise<unknown> => {
    if (method === 'eth_getBlockByNumber') return { number: `0x${this.blocks}`, hash: `0x${this.blocks}` };
    if (method === 'txpool_status') {
      this.looked();
      return { pending: `0x${this.pool}` };
    }
    const { blocks } = this;
    this.dumps += 1;
    this.during();
    return `${blocks} ${this.accounts}`;
  };
}

test('a state in the middle of which a block was mined is taken again', async () => {
  const busy = new BusyChain();
  busy.during = () => {
    if (busy.dumps > 2) return;
    busy.pool = 1;
    busy.execute();
    busy.show();
  };
  expect(await stillState(busy.ask)).toEqual({ block: { number: 2, hash: '0x2' }, state: '2 2' });
  expect(busy.dumps).toBe(3);
});

test('a block that is executed and not shown yet is waited for', async () => {
  const busy = new BusyChain();
  busy.pool = 1;
  busy.execute();
  let looks = 0;
  busy.looked = () => {
    looks += 1;
    if (looks === 3) busy.show();
  };
  expect(await stillState(busy.ask)).toEqual({ block: { number: 1, hash: '0x1' }, state: '1 1' });
  expect(busy.dumps).toBe(1);
});

test('a chain that never stands still is not saved, and says so', async () => {
  const busy = new BusyChain();
  busy.during = () => {
    busy.pool = 1;
    busy.execute();
    busy.show();
  };
  await expect(stillState(busy.ask)).rejects.toThrow('its blocks come too fast');
});

test('however much is mined while it is saved, a save is of one moment', async () => {
  let isOver = false;
  let sent = 0;
  const paying = (async () => {
    while (!isOver) {
      const burst = await payments(sent, BURST);
      await Promise.all(burst.map((each) => ask('eth_sendRawTransaction', [each])));
      sent += BURST;
      await delay(60);
    }
  })();
  await until(
    async () => Number(await chain.call('eth_blockNumber', [])) > 0,
    () => 'nothing is mined',
  );
  for (let save = 0; save < SAVES; save++) {
    await delay(40 + save * 5);
    await chain.save();
    const [inAccounts, inBlocks] = await counted();
    expect(inBlocks).toBe(inAccounts);
    expect(inBlocks).toBeGreaterThan(0);
  }
  isOver = true;
  await paying;
});

test('a transaction that cannot be mined does not keep the chain from being saved', async () => {
  const [, second] = await payments(0, 2);
  await ask('eth_sendRawTransaction', [second]);
  await ask('evm_setAutomine', [false]);
  const [first] = await payments(0, 1);
  await ask('eth_sendRawTransaction', [first]);
  expect(await ask('txpool_status', [])).toMatchObject({ pending: '0x2' });
  const { block } = await stillState(ask);
  expect(block.number).toBe(0);
});

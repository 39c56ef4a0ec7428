// Goal: a transaction is tried before a wallet opens, and followed until nobody can take it back. How: a wallet that
// answers from a script, and a clock of the test's own.
import { encodeErrorResult } from 'viem';
import { expect, test } from 'vitest';
import {
  sendTransaction,
  type TransactionState,
  type TransactionStep,
  tryTransaction,
  watchTransaction,
} from './transactions.ts';
import { vaultAbi } from './vaultAbi.ts';

const from = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const step: TransactionStep = { name: 'Freeze', effects: [], to: '0x1', data: '0x' };

type Answers = Record<string, unknown>;

/** A list is answered one by one, the last for ever; an Error is thrown. */
function walletOf(answers: Answers) {
  const asked: string[] = [];
  const request = async ({ method }: { method: string }) => {
    asked.push(method);
    const given = answers[method];
    const answer = Array.isArray(given) ? (given.length > 1 ? given.shift() : given[0]) : given;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { request, asked };
}

const rich: Answers = {
  eth_call: '0x',
  eth_estimateGas: '0x64',
  eth_gasPrice: '0x2',
  eth_getBalance: '0xffff',
};

test('what would pass is tried with a margin of gas, and nothing is sent', async () => {
  const wallet = walletOf(rich);
  expect(await tryTransaction(wallet, from, step)).toEqual({ gas: 120n, feeWei: 240n });
  expect(wallet.asked).not.toContain('eth_sendTransaction');
});

test('it is tried as of the block to come: what is due by now may not have been at the last one', async () => {
  const given: unknown[][] = [];
  const wallet = walletOf(rich);
  const request = (asked: { method: string; params?: unknown[] }) => {
    if (asked.method === 'eth_call' || asked.method === 'eth_estimateGas') given.push(asked.params ?? []);
    return wallet.request(asked);
  };
  await tryTransaction({ ...wallet, request } as typeof wallet, from, step);
  expect(given.map(([, block]) => block)).toEqual(['pending', 'pending']);
});

test('a wallet that cannot pay the fee is told how much it lacks, and the way on', async () => {
  const poor = walletOf({ ...rich, eth_getBalance: '0x1' });
  await expect(tryTransaction(poor, from, step)).rejects.toThrow(
    /The fee may be .* ETH, and 0x7099.* has .* Send it some ETH/,
  );
});

test.each([
  ['NotWhitelisted', /address list/],
  ['IsPaused', /paused/],
  ['BadProof', /another root/],
] as const)('the vault’s %s is a sentence, however deep a wallet puts it', async (errorName, sentence) => {
  const data = encodeErrorResult({ abi: vaultAbi, errorName });
  for (const given of [data, { data }, { originalError: {}, data: { data } }]) {
    const reverted = Object.assign(new Error('execution reverted'), { code: 3, data: given });
    await expect(tryTransaction(walletOf({ ...rich, eth_call: reverted }), from, step)).rejects.toThrow(
      sentence,
    );
  }
});

test('what reverts without a reason is said in the node’s words', async () => {
  const broken = walletOf({ ...rich, eth_call: new Error('out of gas') });
  await expect(tryTransaction(broken, from, step)).rejects.toThrow('It would fail: out of gas');
});

test('a no in the wallet is the person’s, and nothing was sent', async () => {
  const no = walletOf({ eth_sendTransaction: Object.assign(new Error('User rejected.'), { code: 4001 }) });
  await expect(sendTransaction(no, from, step, 100n)).rejects.toThrow(
    'You rejected the request in your wallet.',
  );
});

const mined = { blockNumber: '0x5', blockHash: '0xa', status: '0x1' };
const known = { hash: '0xh' };

/** What is told of a transaction whose receipts and traces the chain gives one look after the other. */
async function told(receipts: unknown[], traces: unknown[], finalFrom = 99): Promise<string[]> {
  const said: TransactionState[] = [];
  const wallet = walletOf({ eth_getTransactionReceipt: receipts, eth_getTransactionByHash: traces });
  const life = new AbortController();
  let looks = 0;
  await watchTransaction(wallet, '0xh', {
    life: life.signal,
    isFinal: () => looks >= finalFrom,
    tell: (state) => said.push(state),
    pause: async () => {
      looks += 1;
      if (looks > 40) life.abort();
    },
  });
  return said.map(({ is }) => is).filter((is, place, all) => is !== all[place - 1]);
}

test('sent, mined, final', async () => {
  expect(await told([null, mined], [known], 3)).toEqual(['pending', 'mined', 'final']);
});

test('a block that the chain takes back makes it pending again, and it may be mined once more', async () => {
  expect(await told([mined, null, mined], [known], 4)).toEqual(['mined', 'pending', 'mined', 'final']);
});

test('a block that is taken back with the transaction is told as that', async () => {
  expect(await told([mined, null], [null])).toEqual(['mined', 'reorged']);
});

test('what reverts in its block has failed', async () => {
  expect(await told([null, { ...mined, status: '0x0' }], [known])).toEqual(['pending', 'failed']);
});

test('what the chain never knew is not waited for without end', async () => {
  expect(await told([null], [null])).toEqual(['pending', 'failed']);
});

test('a node that does not answer says nothing about a transaction', async () => {
  const silent = new Error('no answer');
  expect(await told([mined, silent, mined], [silent], 4)).toEqual(['mined', 'pending', 'mined', 'final']);
});

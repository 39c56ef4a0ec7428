// Goal: through the door comes what reads the chain, or what somebody has signed, and nothing else. How: the real program
// behind it, every method it has, and requests of every wrong shape.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anvilMethods, foreignMethods } from '../../lab/chain/anvilMethods.ts';
import { chainFolder, openChain, signedBy, until } from '../../lab/chain/testChain.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { CALLS_IN_BATCH_MAX, ChainDoor } from './chainDoor.ts';
import { allowedMethods, boundedParams } from './methods.ts';

let folder: ReturnType<typeof chainFolder>;
let chain: EmbeddedChain;
let door: ChainDoor;

beforeAll(async () => {
  folder = chainFolder();
  chain = await openChain(folder.dir);
  door = new ChainDoor(chain);
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

const call = (method: string, params: unknown[] = [], id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const ask = (body: unknown) =>
  door.answer(JSON.stringify(body)) as Promise<{ result?: unknown; error?: unknown }>;

/** What a method that is let in is asked with, so that the chain itself has something to say. */
const zero = `0x${'00'.repeat(20)}`;
const hash = `0x${'00'.repeat(32)}`;
const params: Readonly<Record<string, unknown[]>> = {
  eth_call: [{ to: zero }, 'latest'],
  eth_createAccessList: [{ to: zero }, 'latest'],
  eth_estimateGas: [{ to: zero }],
  eth_feeHistory: ['0x1', 'latest', []],
  eth_getBalance: [zero, 'latest'],
  eth_getBlockByHash: [hash, false],
  eth_getBlockByNumber: ['latest', false],
  eth_getBlockReceipts: ['latest'],
  eth_getBlockTransactionCountByHash: [hash],
  eth_getBlockTransactionCountByNumber: ['latest'],
  eth_getCode: [zero, 'latest'],
  eth_getLogs: [{ fromBlock: 'earliest' }],
  eth_getProof: [zero, [], 'latest'],
  eth_getStorageAt: [zero, '0x0', 'latest'],
  eth_getTransactionByBlockHashAndIndex: [hash, '0x0'],
  eth_getTransactionByBlockNumberAndIndex: ['latest', '0x0'],
  eth_getTransactionByHash: [hash],
  eth_getTransactionCount: [zero, 'latest'],
  eth_getTransactionReceipt: [hash],
};

test('the list of what the program answers is true', async () => {
  const unknown: string[] = [];
  for (const method of [...anvilMethods, ...foreignMethods]) {
    // Parameters of no method: what has the name says so, and does nothing.
    const words = await chain
      .call(method, [{ none: [] }, 1, 2, 3, 4, 5, 6])
      .catch((error: Error) => error.message);
    if (words === 'Method not found') unknown.push(method);
  }
  expect(unknown).toEqual(foreignMethods);
  expect([...allowedMethods].filter((method) => !anvilMethods.includes(method))).toEqual([]);
});

const reads = [...allowedMethods].filter((method) => method !== 'eth_sendRawTransaction');

test.each(reads)('%s is passed on', async (method) => {
  const answer = await ask(call(method, params[method]));
  expect(answer).toMatchObject({ jsonrpc: '2.0', id: 1 });
  expect(answer.error).toBeUndefined();
});

const refusedMethods = [...anvilMethods, ...foreignMethods].filter((method) => !allowedMethods.has(method));

test.each([
  ...refusedMethods,
  'ETH_CALL',
  'eth_call ',
  ' anvil_reset',
  'eth_sendRawTransaction\u0000',
  '__proto__',
  'constructor',
  '',
])('%j is refused and nothing happens', async (method) => {
  const before = await chain.call('eth_getBlockByNumber', ['latest', false]);
  expect(await ask(call(method, [zero, '0x1']))).toEqual({
    jsonrpc: '2.0',
    id: 1,
    error: {
      code: -32_601,
      message: 'Of the chain only reads and signed transactions are passed on.',
      data: { code: 'chain.methodRefused' },
    },
  });
  expect(await chain.call('eth_getBlockByNumber', ['latest', false])).toEqual(before);
});

test('a signed transaction goes through, becomes a block and is saved', async () => {
  const raw = await signedBy(chain, { to: zero as `0x${string}`, value: 3n });
  const before = Number(await chain.call('eth_blockNumber', []));
  const answer = await ask(call('eth_sendRawTransaction', [raw]));
  expect(answer.result).toMatch(/^0x[0-9a-f]{64}$/);
  await until(
    () => chain.finalBlock?.number === before + 1,
    () => `final is ${chain.finalBlock?.number}`,
  );
});

test('what the chain refuses comes back in its own words', async () => {
  const answer = await ask(call('eth_sendRawTransaction', ['0x02']));
  expect(answer.error).toMatchObject({ code: expect.any(Number), message: expect.any(String) });
  // 0xfe is no instruction.
  expect(await ask(call('eth_call', [{ data: '0xfe' }, 'latest']))).toMatchObject({
    error: { code: -32_603 },
  });
});

test('a loop is given no more gas than a block has, whatever it asks for', async () => {
  const loop = '0x5b600056';
  for (const terms of [{}, { gas: '0xffffffffffff' }, { gasLimit: '0xffffffffffff' }, { gas: 2 ** 50 }])
    expect(
      await ask(call('eth_call', [{ data: loop, ...terms }, 'latest', {}, { gasLimit: '0xffffffffffff' }])),
    ).toMatchObject({ error: { message: expect.stringContaining('OutOfGas') } });
  expect(await ask(call('eth_estimateGas', [{ data: loop, gas: '0xffffffffffff' }]))).toHaveProperty('error');
});

test.each([
  [
    [{ gas: '0x64' }, 'latest'],
    [{ gas: '0x64' }, 'latest'],
  ],
  [[{ gas: '0x3e9' }], [{ gas: '0x3e8' }]],
  [[{ gasLimit: 5_000 }], [{ gas: '0x3e8' }]],
  [[{ to: '0x1' }], [{ to: '0x1', gas: '0x3e8' }]],
  [[{ gas: 'much' }], undefined],
  [[{ gas: -1 }], undefined],
  [[{ gas: ['0x1'] }], undefined],
  [[[{ gas: '0x1' }]], undefined],
  [[], undefined],
])('of a block of 1,000 gas, %j runs as %j', (given, passed) => {
  expect(boundedParams('eth_call', given, 1_000)).toEqual(passed);
  expect(boundedParams('eth_getCode', given, 1_000)).toBe(given);
});

test('a batch is judged call by call, and has an end', async () => {
  const batch = [call('eth_chainId', [], 'a'), call('anvil_reset', [], 'b'), call('eth_chainId', [], 'c')];
  expect(await ask(batch)).toMatchObject([
    { id: 'a', result: '0x7a69' },
    { id: 'b', error: { data: { code: 'chain.methodRefused' } } },
    { id: 'c', result: '0x7a69' },
  ]);
  const full = Array.from({ length: CALLS_IN_BATCH_MAX }, (_, k) => call('eth_chainId', [], k));
  expect(await ask(full)).toHaveLength(CALLS_IN_BATCH_MAX);
  expect(await ask([...full, call('eth_chainId')])).toBeUndefined();
});

test.each([
  ['no JSON', '{'],
  ['a number', '1'],
  ['nothing', ''],
  ['an empty batch', '[]'],
  ['an object that is no call', '{"account":1}'],
])('%s is no request', async (_, text) => {
  expect(await door.answer(text)).toBeUndefined();
});

test.each([
  ['another version', { ...call('eth_chainId'), jsonrpc: '1.0' }],
  ['no id', { jsonrpc: '2.0', method: 'eth_chainId', params: [] }],
  ['an id that is an object', call('eth_chainId', [], {})],
  ['parameters that are no list', { ...call('eth_chainId'), params: { 0: 1 } }],
  ['more parameters than any method has', call('eth_chainId', [1, 2, 3, 4, 5])],
  ['a method that is no word', { ...call('eth_chainId'), method: ['eth_chainId'] }],
  ['gas that cannot be seen', call('eth_call', [{ gas: 'all' }])],
])('a call with %s is refused', async (_, body) => {
  expect(await ask(body)).toMatchObject({ error: { code: -32_600, data: { code: 'request.malformed' } } });
});

test('more calls at a time than the door takes are refused, and the door opens again', async () => {
  const batches = Array.from({ length: 5 }, () =>
    Array.from({ length: 20 }, (_, k) => call('eth_chainId', [], k)),
  );
  const answers = (await Promise.all(batches.map(ask))).flat() as { error?: { data: { code: string } } }[];
  const codes = answers.map(({ error }) => error?.data.code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(64);
  expect(codes.filter((code) => code === 'request.tooMany')).toHaveLength(36);
  expect(await ask(call('eth_chainId'))).toMatchObject({ result: '0x7a69' });
});

test('without a chain each call says so', async () => {
  const away = async () => {
    throw new Error('no such program');
  };
  const closed = new ChainDoor({ call: away, sendRawTransaction: away });
  expect(await closed.answer(JSON.stringify(call('eth_chainId')))).toMatchObject({
    error: { code: -32_603, data: { code: 'chain.unavailable' } },
  });
});

// Goal: whatever a node says or leaves out, nothing is credited twice and nothing is lost, and the desk says what is wrong.
// How: the desk's loop between a real core and a real chain, whose answers are bent in one way at a time.
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { addressOf } from '../../lab/seeds/people.ts';
import { walletOf } from '../../lab/seeds/sandboxKeys.ts';
import { sandboxVault } from '../../lab/seeds/sandboxVault.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { ChainRefusal } from '../../settlement/chain/jsonRpc.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import type { RawLog } from '../../settlement/vault/vaultEvents.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
let rig: SettlementRig;
let treasury: Treasury;
let account: number;
/** Number of the deposit that comes next, and all that was credited before it. */
let next: number;
let before: bigint;

beforeAll(async () => {
  rig = await SettlementRig.open();
  await rig.start(0);
  await open();
  const sender = new Sender(rig.chain, walletOf('counterparty trader'));
  const places = addressesOf(walletOf('deployer').address, sandboxVault);
  treasury = new Treasury(sender, places, sandboxVault.assets);
  await treasury.fund(0, 1_000_000_000_000n);
  account = highWater(rig.firm.desk.engine.state.accounts) - 1;
});
afterAll(() => rig.close());
beforeEach(async () => {
  await open();
  next = rig.state().depositCursor;
  before = rig.state().credited[0]!;
});

const owner = addressOf('counterparty trader');
const AMOUNT = 3_000_000;
const deposit = () => treasury.deposit({ owner, account, asset: 0, amount: AMOUNT });
const sentence = () => rig.settlement.sentence;
const open = () =>
  rig.until(() => rig.settlement.status === 'open' && sentence().startsWith('Deposits are'), 'an open vault');
const said = (words: RegExp) => rig.until(() => words.test(sentence()), String(words));

/** Nothing was credited while the node was bent; once, when it is straight. */
async function creditedOnce(): Promise<void> {
  expect([rig.state().depositCursor, rig.state().credited[0]!]).toEqual([next, before]);
  rig.node.straighten();
  await rig.until(() => rig.state().depositCursor === next + 1, 'a credit');
  await open();
  expect(rig.state().credited[0]).toBe(before + BigInt(AMOUNT));
}

test('a node that is down, or too slow, is said to be, and asked again', async () => {
  const words = 'The chain does not answer: The operation was aborted due to timeout';
  for (const method of ['eth_blockNumber', 'eth_getLogs'])
    rig.node.bend(method, () => Promise.reject(new ChainError(words)));
  await deposit();
  await said(/does not answer/);
  await creditedOnce();
});

test('a latest block that goes back is a node that is behind', async () => {
  rig.node.bend('eth_blockNumber', (answer) => `0x${(Number(answer) - 2).toString(16)}`);
  await deposit();
  await said(/answers from block \d+, and was at block \d+ before: it is behind/);
  await creditedOnce();
});

test('another block under the number of the newest one is not believed', async () => {
  const head = (await rig.height()) + 1;
  rig.node.bend('eth_getBlockByNumber', (answer, [number]) =>
    Number(number) === head ? { ...(answer as object), parentHash: `0x${'ab'.repeat(32)}` } : answer,
  );
  await deposit();
  await said(/Block \d+ does not follow the one before: the chain is changing/);
  await creditedOnce();
});

test('the newest deposit is missed although its event leaves no gap, and credited when it is told', async () => {
  const isIt = ({ topics }: RawLog) => Number(topics[1]) === next;
  rig.node.bend('eth_getLogs', (answer) => (answer as RawLog[]).filter((log) => !isIt(log)));
  await deposit();
  await said(new RegExp(`Deposit ${next} is in the vault and in none of the events`));
  await creditedOnce();
});

test('an event that is in no receipt is not credited', async () => {
  rig.node.bend('eth_getTransactionReceipt', (answer) => ({ ...(answer as object), logs: [] }));
  await deposit();
  await said(/told in one way and not in another: it is not credited yet/);
  await creditedOnce();
});

/** Posts the next root while something is wrong with sending. @returns how often it was posted */
async function postedWhile(bend: Parameters<SettlementRig['node']['bend']>[1]): Promise<number> {
  const { epoch } = rig.settlement.opened!.roots.last!;
  let isBent = true;
  rig.node.bend('eth_sendRawTransaction', (answer, params) => {
    if (!isBent) return answer;
    isBent = false;
    return bend(answer, params);
  });
  await rig.pass(61);
  await rig.until(() => rig.settlement.opened!.roots.last!.epoch > epoch, 'another root');
  rig.node.straighten();
  await open();
  return rig.settlement.opened!.history.roots.filter((root) => root.epoch === epoch + 1).length;
}

test('a root whose sending was not answered is found on the chain and not sent again', async () => {
  const lost = () => Promise.reject(new ChainError('The chain does not answer: socket hang up'));
  expect(await postedWhile(lost)).toBe(1);
});

test('a nonce that was overtaken, or priced too low beside another, is taken anew', async () => {
  for (const words of ['nonce too low', 'replacement transaction underpriced'])
    expect(await postedWhile(() => Promise.reject(new ChainRefusal(-32_000, words, undefined)))).toBe(1);
});

test('a paused vault says until when, takes no deposit, and loses none that it has', async () => {
  await deposit();
  const data = encodeFunctionData({ abi: vaultAbi, functionName: 'pause' });
  const guardian = new Sender(rig.chain, walletOf('risk'));
  await guardian.send({ what: 'A pause', to: rig.vault as Hex, data });
  await rig.until(() => rig.settlement.status === 'paused', 'a pause');
  expect(sentence()).toMatch(/^A guardian has paused the vault until 20/);
  await expect(deposit()).rejects.toMatchObject({ reason: 'IsPaused' });
  expect(rig.state().depositCursor).toBe(next + 1);
  await rig.pass(sandboxVault.terms.maxPause + 1);
  await creditsAreWhole();
});

async function creditsAreWhole(): Promise<void> {
  await open();
  const held = (await rig.held()).filter(({ asset }) => asset === 0);
  const sum = held.reduce((units, { amount }) => units + BigInt(amount), 0n);
  expect(rig.state().credited[0]).toBe(sum);
}

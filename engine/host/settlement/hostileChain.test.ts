// Goal: whatever a node says or leaves out, nothing is credited twice and nothing is lost, and the desk says what is wrong.
// How: the desk's loop between a real core and a real chain, whose answers are bent in one way at a time.
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { ChainRefusal } from '../../settlement/chain/jsonRpc.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import type { RawLog } from '../../settlement/vault/vaultEvents.ts';

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
const deployer = walletOf('deployer');
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

/** A root is due, and blocks come when the test says so. @returns where the desk's next transaction will stand */
async function rootDue(): Promise<number> {
  rig.mayCut = false;
  await rig.pass(61);
  await rig.chain.call('evm_setAutomine', [false]);
  return Number(await rig.chain.call('eth_getTransactionCount', [deployer.address, 'latest']));
}

/** By whoever else has the key, and offers so many times what the chain asks for. */
async function sendOther(nonce: number, times: number): Promise<void> {
  const asked = BigInt((await rig.chain.call('eth_gasPrice', [])) as Hex);
  const signed = await deployer.signTransaction({
    ...{ type: 'eip1559', chainId: rig.chain.chainId, nonce, to: deployer.address, gas: 21_000n },
    ...{ maxFeePerGas: asked * BigInt(times), maxPriorityFeePerGas: BigInt(times) },
  });
  await rig.chain.call('eth_sendRawTransaction', [signed]);
}

/** What waits for its block in this place. */
async function waiting(nonce: number): Promise<string> {
  const found = await rig.chain.call('eth_getTransactionBySenderAndNonce', [
    deployer.address,
    `0x${nonce.toString(16)}`,
  ]);
  return (found as { input: string } | null)?.input ?? '';
}
const isRoot = async (nonce: number) => (await waiting(nonce)).length > 10;

/** Until the next root is posted. @returns how often it was */
async function postedNext(epoch: number): Promise<number> {
  await rig.chain.call('evm_setAutomine', [true]);
  await rig.mine(1);
  await rig.until(() => rig.settlement.opened!.roots.last!.epoch > epoch, 'another root');
  await open();
  return rig.settlement.opened!.history.roots.filter((root) => root.epoch === epoch + 1).length;
}

test('a root offers more than what stands in its place, and is posted once', async () => {
  const { epoch } = rig.settlement.opened!.roots.last!;
  const nonce = await rootDue();
  await sendOther(nonce, 3);
  rig.mayCut = true;
  await rig.until(() => isRoot(nonce), 'the root in the place of the other');
  expect(await postedNext(epoch)).toBe(1);
});

test('a root that another transaction of its key replaced is said to be, and posted in the next place', async () => {
  const { epoch } = rig.settlement.opened!.roots.last!;
  const nonce = await rootDue();
  rig.mayCut = true;
  await rig.until(() => isRoot(nonce), 'a root that waits for its block');
  await sendOther(nonce, 9);
  await rig.mine(1);
  await said(/^Posting root \d+: another transaction of its key took its place\.$/);
  expect(await postedNext(epoch)).toBe(1);
});

test('a transaction behind a gap is mined with the root that fills it, and the next root comes after both', async () => {
  const { epoch } = rig.settlement.opened!.roots.last!;
  const nonce = await rootDue();
  await sendOther(nonce + 1, 3);
  rig.mayCut = true;
  await rig.until(() => isRoot(nonce), 'the root before the gap’s other side');
  expect(await postedNext(epoch)).toBe(1);
  await rig.pass(61);
  await rig.until(() => rig.settlement.opened!.roots.last!.epoch > epoch + 1, 'the root after it');
  await open();
});

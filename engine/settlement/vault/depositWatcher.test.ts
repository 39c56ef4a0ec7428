// Goal: what the engine credits is what the vault holds, each deposit once, whatever a node says. How: the real program
// behind a node that is bent to lie in one way at a time.
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CreditBook, DepthChain } from '../../lab/chain/depthChain.ts';
import { chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { openVault, type TestVault } from '../../lab/chain/testVault.ts';
import { addressOf } from '../../sandbox/people.ts';
import { AnswerTooLong, ChainError } from '../chain/chainError.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { DepositWatcher } from './depositWatcher.ts';
import type { WantedDeposit } from './treasury.ts';
import { depositLogs, depositOf, type RawLog, type VaultDeposit } from './vaultEvents.ts';

const folder = chainFolder();
let chain: EmbeddedChain;
let vault: TestVault;
let book: CreditBook;
let node: DepthChain;
let watcher: DepositWatcher;
/** Deposits of earlier tests: credited already. */
let before: VaultDeposit[];

beforeAll(async () => {
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
  await vault.treasury.fund(0, 1_000_000_000_000n);
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});
beforeEach(async () => {
  before = await held();
});

/** @param confirmations blocks above a final one */
function watch(confirmations: number, from = new CreditBook(before)): void {
  book = from;
  node = new DepthChain(chain, confirmations);
  const { cursor, counted, credit } = book;
  watcher = new DepositWatcher({ chain: node, vault: vault.places.vault, cursor, counted, credit });
}

const owner = addressOf('firm owner');
const of = (amount: number, account = 8): WantedDeposit => ({ owner, account, asset: 0, amount });
const deposit = (amount: number, account?: number) => vault.treasury.deposit(of(amount, account));
const mine = (count: number) => chain.call('anvil_mine', [`0x${count.toString(16)}`]);
/** Credited in this test. */
const amounts = () => book.credited.slice(before.length).map(({ amount }) => amount);

/** Deposits of the vault now, by its own events. */
async function held(): Promise<VaultDeposit[]> {
  const head = Number(await chain.call('eth_blockNumber', []));
  return (await depositLogs(chain, vault.places.vault, 0, head)).map(depositOf);
}

test('deposits of final blocks are credited in the order of the vault, once each, however often one looks', async () => {
  watch(2);
  await deposit(5_000_000);
  await deposit(6_000_000, 9);
  await watcher.look();
  expect(amounts()).toEqual([]);
  await mine(1);
  await watcher.look();
  expect(amounts()).toEqual([5_000_000]);
  await mine(5);
  await watcher.look();
  await watcher.look();
  expect(amounts()).toEqual([5_000_000, 6_000_000]);
  expect(watcher.deposits.slice(before.length).map(({ id }) => id - before.length)).toEqual([0, 1]);
});

test('a watcher that was killed after any credit goes on with the next one', async () => {
  for (const amount of [1_000_000, 2_000_000, 3_000_000]) await deposit(amount);
  for (const killedAt of [0, 1, 2]) {
    watch(0);
    const credit = book.credit;
    const { vault: address } = vault.places;
    const dying = new DepositWatcher({
      chain: node,
      vault: address,
      cursor: book.cursor,
      counted: book.counted,
      credit: async (each) => {
        if (each.id === before.length + killedAt) throw new Error('killed');
        await credit(each);
      },
    });
    await expect(dying.look()).rejects.toThrow('killed');
    expect(amounts()).toHaveLength(killedAt);
    watch(0, book);
    await watcher.look();
    expect(amounts()).toEqual([1_000_000, 2_000_000, 3_000_000]);
  }
});

test('a chain that lost blocks which were credited before this start is told by its missing deposits', async () => {
  watch(0);
  await deposit(2_000_000);
  book.credited.push({ sub: '', asset: 0, amount: 1 }, { sub: '', asset: 0, amount: 1 });
  const [here, lost] = [before.length + 1, before.length + 2];
  await expect(watcher.look()).rejects.toThrow(
    new RegExp(
      `has credited ${lost} deposits and the vault has ${here} at block \\d+: .* lost deposits ${here} to`,
    ),
  );
});

/** Looks while the node lies, and again when it does not. */
async function bent(method: string, bend: Parameters<DepthChain['bend']>[1]): Promise<string> {
  node.bend(method, bend);
  const sentence = await watcher.look().then(
    () => '',
    (error: Error) => {
      expect(error).toBeInstanceOf(ChainError);
      return error.message;
    },
  );
  node.straighten();
  await watcher.look();
  return sentence;
}

test('a node that does not answer, or late, is asked again; nothing is credited meanwhile', async () => {
  watch(0);
  await deposit(2_000_000);
  const refused = (words: string) => () => Promise.reject(new ChainError(words));
  for (const method of ['eth_chainId', 'eth_blockNumber', 'eth_getLogs', 'eth_getTransactionReceipt']) {
    watch(0);
    const words = 'The chain does not answer: The operation was aborted due to timeout';
    node.bend(method, refused(words));
    await expect(watcher.look()).rejects.toThrow(words);
    expect(amounts()).toEqual([]);
    node.straighten();
    await watcher.look();
    expect(amounts()).toEqual([2_000_000]);
  }
});

test('a node of another chain is never listened to', async () => {
  watch(0);
  node.bend('eth_chainId', () => '0x1');
  await expect(watcher.look()).rejects.toThrow('The chain that answers is 1, and deposits are on 31337.');
  expect(watcher.block).toBeUndefined();
});

test('a node that lies about its latest block, ahead or back, credits nothing by it', async () => {
  watch(0);
  await deposit(2_000_000);
  await watcher.look();
  await deposit(3_000_000);
  const ahead = (answer: unknown) => `0x${(Number(answer) + 5).toString(16)}`;
  expect(await bent('eth_blockNumber', ahead)).toMatch(/names block \d+ and does not have it/);
  expect(amounts()).toEqual([2_000_000, 3_000_000]);
  const back = (answer: unknown) => `0x${(Number(answer) - 1).toString(16)}`;
  expect(await bent('eth_blockNumber', back)).toMatch(
    /answers from block \d+, and was at block \d+ before: it is behind/,
  );
  expect(amounts()).toEqual([2_000_000, 3_000_000]);
});

const logsAs = (change: (logs: RawLog[]) => RawLog[]) => (answer: unknown) => change(answer as RawLog[]);
const lastAs = (change: (log: RawLog) => RawLog) =>
  logsAs((logs) => [...logs.slice(0, -1), change(logs.at(-1)!)]);

test('events told twice, or in another order, are the same deposits', async () => {
  watch(0);
  for (const amount of [1_000_000, 2_000_000, 3_000_000]) await deposit(amount);
  expect(
    await bent(
      'eth_getLogs',
      logsAs((logs) => [...logs, ...logs].reverse()),
    ),
  ).toBe('');
  expect(amounts()).toEqual([1_000_000, 2_000_000, 3_000_000]);
});

test('a node that answers no more than one block at a time is asked for as much', async () => {
  watch(0);
  for (const amount of [1_000_000, 2_000_000, 3_000_000]) await deposit(amount);
  const asked: number[] = [];
  const sentence = await bent('eth_getLogs', (answer, [range]) => {
    const { fromBlock, toBlock } = range as { fromBlock: Hex; toBlock: Hex };
    asked.push(Number(toBlock) - Number(fromBlock) + 1);
    if (asked.at(-1)! > 1) throw new AnswerTooLong('An answer is longer than 1 bytes.');
    return answer;
  });
  expect(sentence).toBe('');
  expect(Math.max(...asked)).toBeGreaterThan(1);
  expect(amounts()).toEqual([1_000_000, 2_000_000, 3_000_000]);
});

test('an event that is left out stops those behind it until it is told', async () => {
  watch(0);
  for (const amount of [1_000_000, 2_000_000, 3_000_000]) await deposit(amount);
  const sentence = await bent(
    'eth_getLogs',
    logsAs((logs) => logs.filter((_, index) => index !== before.length + 1)),
  );
  expect(sentence).toContain(
    `Deposit ${before.length + 1} is missing in what the chain tells, which has ${before.length + 2} in its place.`,
  );
  expect(amounts()).toEqual([1_000_000, 2_000_000, 3_000_000]);
});

test('an event of a block that is not there, or that its receipt does not have, is not believed', async () => {
  watch(0);
  await deposit(1_000_000);
  const elsewhere = lastAs((log) => ({ ...log, blockHash: `0x${'ab'.repeat(32)}` }));
  expect(await bent('eth_getLogs', elsewhere)).toMatch(/told of a block \d+ that the chain does not have/);
  watch(0);
  const bloated = lastAs((log) => ({
    ...log,
    data: `${log.data.slice(0, -7)}9${log.data.slice(-6)}` as Hex,
  }));
  expect(await bent('eth_getLogs', bloated)).toContain('told in one way and not in another');
  expect(amounts()).toEqual([1_000_000]);
});

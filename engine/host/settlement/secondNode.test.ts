// Goal: where two nodes are named, a deposit is credited once both tell the same of it, and a second node that lies, is
// behind or away makes it wait and stops nothing else. How: the desk's loop between a real core and a real chain, and
// between it and its second node a server that alters answers.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { nodeAt } from '../../settlement/chain/jsonRpc.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import type { RawLog } from '../../settlement/vault/vaultEvents.ts';

type Alter = (method: string, result: unknown) => unknown;

let rig: SettlementRig;
let treasury: Treasury;
let account: number;
let proxy: Server;
let alter: Alter;
const truth: Alter = (_, result) => result;

beforeAll(async () => {
  rig = await SettlementRig.open();
  alter = truth;
  proxy = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const result = alter(method, await rig.chain.call(method, params));
    if (result === undefined) response.destroy();
    else response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  rig.second = nodeAt(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  await rig.start(0);
  await open();
  const sender = new Sender(rig.chain, walletOf('counterparty trader'));
  const places = addressesOf(walletOf('deployer').address, sandboxVault);
  treasury = new Treasury(sender, places, sandboxVault.assets);
  await treasury.fund(0, 1_000_000_000n);
  account = highWater(rig.firm.desk.engine.state.accounts) - 1;
});
afterAll(async () => {
  await rig.close();
  proxy.close();
  proxy.closeAllConnections();
});

const AMOUNT = 3_000_000;
const owner = addressOf('counterparty trader');
const deposit = () => treasury.deposit({ owner, account, asset: 0, amount: AMOUNT });
const sentence = () => rig.settlement.sentence;
const open = () => rig.until(() => sentence().startsWith('Deposits are'), 'an open vault');
const view = () => rig.settlement.opened!.second!.view;

const deposits = (change: (log: RawLog) => RawLog[]): Alter => {
  return (method, result) => (method === 'eth_getLogs' ? (result as RawLog[]).flatMap(change) : result);
};
/** The data's last digits are the amount's. */
const more = ({ data, ...log }: RawLog): RawLog => ({
  ...log,
  data: `${data.slice(0, -1)}f` as `0x${string}`,
});

test('what both tell is credited, and health says that they agree', async () => {
  expect(view().state).toBe('unasked');
  const { depositCursor } = rig.state();
  await deposit();
  await rig.until(() => rig.state().depositCursor === depositCursor + 1, 'a credit');
  expect(view()).toEqual({ state: 'agrees', sentence: `The second node has deposit ${depositCursor} too.` });
});

test.each<[string, Alter, 'differs' | 'down', RegExp]>([
  ['leaves it out', deposits(() => []), 'differs', /has no deposit at place \d+ of block \d+/],
  ['tells another amount', deposits((log) => [more(log)]), 'differs', /tells deposit \d+ in another way/],
  [
    'tells it of another contract',
    deposits((log) => [{ ...log, address: `0x${'11'.repeat(20)}` }]),
    'differs',
    /in another way/,
  ],
  [
    'tells it of another block',
    deposits((log) => [{ ...log, blockHash: `0x${'ab'.repeat(32)}` }]),
    'differs',
    /in another way/,
  ],
  ['tells what is no deposit', deposits((log) => [{ ...log, data: '0x' }]), 'differs', /in another way/],
  [
    'answers with no list',
    (method, result) => (method === 'eth_getLogs' ? {} : result),
    'differs',
    /has no deposit/,
  ],
  [
    'is of another chain',
    (method, result) => (method === 'eth_chainId' ? '0x1' : result),
    'differs',
    /of chain 1\./,
  ],
  ['is away', () => undefined, 'down', /The second node: The chain does not answer/],
])(
  'a second node that %s makes a deposit wait, roots go on, and it is credited once',
  async (_, lie, state, words) => {
    const { depositCursor, credited } = rig.state();
    const { epoch } = rig.settlement.opened!.roots.last!;
    alter = lie;
    await deposit();
    await rig.until(() => words.test(sentence()), `${words}`);
    expect(sentence()).toContain(`Deposit ${depositCursor} waits, and those behind it.`);
    expect([rig.settlement.status, view().state]).toEqual(['open', state]);
    await rig.pass(61);
    await rig.until(() => rig.settlement.opened!.roots.last!.epoch > epoch, 'another root');
    expect(rig.state()).toMatchObject({ depositCursor, credited });
    alter = truth;
    await rig.until(() => rig.state().depositCursor === depositCursor + 1, 'a credit');
    await open();
    expect(rig.state().credited[0]).toBe(credited[0]! + BigInt(AMOUNT));
    expect(view().state).toBe('agrees');
  },
);

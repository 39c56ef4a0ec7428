// Goal: a person opens, feeds and caps a pot over the wire and sees it at once. How: the whole desk without pages, its
// market paused; commands signed by the keys of a trader and of a portfolio manager.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AgentKey, DeskClient } from '../lab/deskClient.ts';
import type { CommandAnswer, OperationResult } from '../protocol/stream.ts';
import type { AccountView } from '../protocol/views/account.ts';
import type { MarketsView, SessionView } from '../protocol/views/health.ts';
import type { OperationWire } from '../protocol/wire/commands.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const mnemonic = 'test test test test test test test test test test test junk';
const trader = mnemonicToAccount(mnemonic, { addressIndex: 1 });
const manager = mnemonicToAccount(mnemonic, { addressIndex: 2 });

let dir: string;
let running: RunningDesk;
let client: DeskClient;
let desk: MarketsView;
let key: AgentKey;
let account: number;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-pots-'));
  const env = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_CHAIN: 'off',
  };
  running = await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
  client = new DeskClient(running.address);
  desk = (await client.get<MarketsView>('/api/v1/markets')).body;
  account = (await client.signIn(trader)).accounts[0]!.account;
  // A key for the account: its pots are part of it.
  key = await client.approveAgent(trader, [account]);
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

async function send(operation: OperationWire, signer = key): Promise<OperationResult> {
  const answer = await client.post<CommandAnswer>(
    '/api/v1/commands',
    client.envelope(desk, signer, [operation]),
  );
  return answer.body.results[0]!;
}

/** The same again until the market has begun: a desk that has just started has no marks and no book. */
async function sendOnceTraded(operation: OperationWire): Promise<OperationResult> {
  for (;;) {
    const result = await send(operation);
    if (!['oracle.stale', 'order.noLiquidity'].includes(codeOf(result))) return result;
    await client.get('/api/v1/health');
  }
}

async function view(of: number): Promise<AccountView> {
  return (await client.get<AccountView>(`/api/v1/accounts/${of}`)).body;
}

function codeOf(result: OperationResult): string {
  return result.status === 'refused' ? result.error.code : result.status;
}

test('a trader opens a pot, moves money into it and orders there', async () => {
  expect(codeOf(await send({ type: 'OpenPot', account, underlying: 'BTC', label: 'Bitcoin pot' }))).toBe(
    'done',
  );
  const { accounts } = (await client.get<SessionView>('/api/v1/session')).body;
  const pot = accounts.find(({ potOf }) => potOf?.account === account)!;
  expect(pot).toMatchObject({ label: 'Bitcoin pot', mayTrade: true, potOf: { account, underlying: 'BTC' } });
  const move = {
    type: 'MoveCollateral',
    from: account,
    to: pot.account,
    asset: 'USDC',
    amount: '100000.5',
  } as const;
  expect(codeOf(await send(move))).toBe('done');
  expect(await view(pot.account)).toMatchObject({
    balances: [{ name: 'USDC', amount: 100_000_500_000 }],
    movableUsd: 100_000_500_000,
  });
  expect((await view(account)).pots).toEqual([
    { account: pot.account, underlying: 'BTC', label: 'Bitcoin pot' },
  ]);
  const order = { account: pot.account, side: 'buy', type: 'market', size: '0.1' } as const;
  expect(codeOf(await send({ type: 'PlaceOrder', order: { ...order, instrument: 'ETH-PERP' } }))).toBe(
    'pot.otherUnderlying',
  );
  const filled = await sendOnceTraded({ type: 'PlaceOrder', order: { ...order, instrument: 'BTC-PERP' } });
  expect(codeOf(filled)).toBe('filled');
  expect(codeOf(await send({ ...move, from: pot.account, to: account, amount: '99950' }))).toBe(
    'margin.initialInsufficient',
  );
});

test('a leverage cap is a portfolio manager’s to set, and the account shows it', async () => {
  const cap = { type: 'SetLeverageCap', account, underlying: 'BTC', leverage: '1.5' } as const;
  expect(codeOf(await send(cap))).toBe('actor.notPermitted');
  const other = new DeskClient(running.address);
  await other.signIn(manager);
  const managerKey = await other.approveAgent(manager, []);
  expect(codeOf(await send(cap, managerKey))).toBe('done');
  const { leverageCaps } = await view(account);
  expect(leverageCaps).toEqual([{ underlying: 'BTC', leverageMilli: 1_500, usedMilli: 0 }]);
});

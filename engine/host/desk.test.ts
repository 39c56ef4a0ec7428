// Goal: a person signs in, trades and sees it. How: the whole desk without pages, on a port and a folder of its own,
// with a paused market so that nothing else moves the book while we look.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AgentKey, DeskClient, type DeskStream, newClientId } from '../lab/deskClient.ts';
import type { CommandAnswer, OperationResult } from '../protocol/stream.ts';
import type { AccountView, OrderOutcomesView, OrderView } from '../protocol/views/account.ts';
import type { HealthView, MarketsView } from '../protocol/views/health.ts';
import type { MarketSnapshotView } from '../protocol/views/market.ts';
import type { OperationWire, OrderDraftWire } from '../protocol/wire/commands.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const mnemonic = 'test test test test test test test test test test test junk';
const trader = mnemonicToAccount(mnemonic, { addressIndex: 1 });
const stranger = mnemonicToAccount(mnemonic, { addressIndex: 20 });

let dir: string;
let running: RunningDesk;
let client: DeskClient;
let desk: MarketsView;
let key: AgentKey;
let stream: DeskStream;
let account: number;
const fatals: string[] = [];

async function open(): Promise<RunningDesk> {
  const env = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_CHAIN: 'off',
  };
  return await boot(readConfig(['--pace', 'paused'], env), (sentence) => fatals.push(sentence));
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-desk-'));
  running = await open();
  client = new DeskClient(running.address);
  desk = (await client.get<MarketsView>('/api/v1/markets')).body;
  const session = await client.signIn(trader);
  account = session.accounts[0]!.account;
  key = await client.approveAgent(trader, [account]);
  stream = await client.openStream();
});

afterAll(async () => {
  stream.close();
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
  expect(fatals).toEqual([]);
});

async function quietBook(instrument: string): Promise<MarketSnapshotView> {
  const number = desk.markets.find(({ name }) => name === instrument)!.instrument;
  for (;;) {
    const snapshot = stream.next('marketSnapshot', ({ market }) => market.instrument === number);
    await stream.ask({ op: 'subscribe', channel: 'market', instrument: number });
    const { market } = await snapshot;
    await stream.ask({ op: 'unsubscribe', channel: 'market', key: number });
    if (market.bids.length >= 5 && market.asks.length >= 5) return market;
  }
}

async function send(...operations: OperationWire[]): Promise<OperationResult[]> {
  const message = await stream.ask({ op: 'command', envelope: client.envelope(desk, key, operations) });
  if (message.type !== 'answer') throw new Error(JSON.stringify(message));
  return message.results;
}

function outcomes(...orderIds: number[]) {
  return client.get<OrderOutcomesView>(`/api/v1/accounts/${account}/outcomes?orders=${orderIds.join()}`);
}

function limit(change: Partial<OrderDraftWire> = {}): OrderDraftWire {
  return {
    account,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '0.01',
    price: '1',
    clientId: newClientId(),
    ...change,
  };
}

function priceOf(ticks: number, instrument = 'BTC-PERP'): string {
  const { ticksPerUsd } = desk.markets.find(({ name }) => name === instrument)!;
  return String(ticks / ticksPerUsd);
}

test('health says where every part stands', async () => {
  const { status, body } = await client.get<HealthView>('/api/v1/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'ok', market: 'generated' });
  expect(body.sequence).toBeGreaterThan(80);
});

test('a preview, a resting order, its amendment and its cancel', async () => {
  const book = await quietBook('BTC-PERP');
  const draft = limit({ price: priceOf(book.bids[0]![0] - 100) });
  const preview = await stream.ask({ op: 'preview', draft });
  expect(preview).toMatchObject({ type: 'preview', preview: { filledLots: 0, restingLots: 100 } });

  const delta = stream.next('accountDelta', ({ orders }) =>
    orders.some(({ clientId }) => clientId === draft.clientId),
  );
  const snapshot = stream.next('accountSnapshot');
  await stream.ask({ op: 'subscribe', channel: 'account', account });
  expect((await snapshot).account).toMatchObject({ account, positions: [] });
  const [placed] = await send({ type: 'PlaceOrder', order: draft });
  expect(placed).toMatchObject({ status: 'resting', clientId: draft.clientId, openLots: 100 });
  expect((await delta).orders[0]).toMatchObject({ state: 'open', openLots: 100, instrument: 0 });
  const orderId = placed?.status === 'resting' ? placed.orderId : 0;

  const found = await client.get<OrderView>(`/api/v1/orders/by-client-id/${account}/${draft.clientId}`);
  expect(found).toMatchObject({ status: 200, body: { orderId, state: 'open' } });
  const amend = { type: 'AmendOrder', account, instrument: 'BTC-PERP', orderId, size: '0.005' } as const;
  expect(await send(amend)).toMatchObject([{ status: 'amended', openLots: 50 }]);
  expect(await send({ type: 'CancelOrder', account, orderId })).toMatchObject([
    { status: 'cancelled', orderId },
  ]);
  const after = await client.get<OrderView>(`/api/v1/orders/by-client-id/${account}/${draft.clientId}`);
  expect(after.body).toMatchObject({ state: 'cancelled', openLots: 0 });
  const ended = { orderId, state: 'cancelled', sizeLots: 50, filledLots: 0, cancelReason: 'requested' };
  expect((await outcomes(orderId, 2 ** 40)).body).toEqual({ account, outcomes: [ended] });
  expect((await outcomes(0)).status).toBe(400);
});

test('an entry with its take-profit and stop, and a scale, by the stream', async () => {
  const book = await quietBook('BTC-PERP');
  const [bid, ask] = [book.bids[0]![0], book.asks[0]![0]];
  const entry = limit({
    price: priceOf(bid - 100),
    takeProfit: { triggerPrice: priceOf(ask + 2_000) },
    stopLoss: { triggerPrice: priceOf(bid - 2_000), price: priceOf(bid - 3_000) },
  });
  const wrong = { ...entry, stopLoss: { triggerPrice: priceOf(ask + 100) } };
  const scale = {
    account,
    instrument: 'BTC-PERP',
    side: 'buy' as const,
    size: '0.03',
    fromPrice: priceOf(bid - 200),
    toPrice: priceOf(bid - 600),
    count: 3,
    sizeRatio: '2',
  };
  const asked = await stream.ask({
    op: 'previewOperations',
    operations: [
      { type: 'PlaceOrder', order: entry },
      { type: 'PlaceScale', scale },
    ],
  });
  expect(asked).toMatchObject({ type: 'preview', preview: { restingLots: 400, filledLots: 0 } });
  expect(await send({ type: 'PlaceOrder', order: wrong })).toMatchObject([
    { status: 'refused', error: { code: 'bracket.stopLossInvalid' } },
  ]);
  const [placed, scaled] = await send({ type: 'PlaceOrder', order: entry }, { type: 'PlaceScale', scale });
  expect(placed).toMatchObject({ status: 'resting', openLots: 100 });
  expect(scaled).toMatchObject({ status: 'resting', openLots: 300 });
  expect(scaled?.status === 'resting' && scaled.orderIds).toHaveLength(3);
  const found = await client.get<OrderView>(`/api/v1/orders/by-client-id/${account}/${entry.clientId}`);
  expect(found.body).toMatchObject({
    takeProfit: { triggerTicks: ask + 2_000, priceTicks: 0 },
    stopLoss: { triggerTicks: bid - 2_000, priceTicks: bid - 3_000 },
  });
  expect(await send({ type: 'CancelAll', account })).toMatchObject([{ status: 'cancelled' }]);
});

test('the preview takes the most that passes, and refuses one lot more with the word that was given', async () => {
  const book = await quietBook('BTC-PERP');
  const { size: _, ...terms } = limit({ price: priceOf(book.bids[0]![0]) });
  const { lotsPerUnit } = desk.markets.find(({ name }) => name === 'BTC-PERP')!;
  const asked = await stream.ask({ op: 'largestOrder', order: { type: 'PlaceOrder', order: terms } });
  if (asked.type !== 'largestOrder') throw new Error(JSON.stringify(asked));
  const { lots, refusal } = asked.largestOrder;
  const previewOf = (sizeLots: number) =>
    stream.ask({ op: 'preview', draft: { ...terms, size: String(sizeLots / lotsPerUnit) } });
  expect(refusal?.code).toBe('cap.ownerShare');
  expect(await previewOf(lots + 1)).toMatchObject({ preview: { refusal } });
  expect(await previewOf(lots)).toMatchObject({ preview: { restingLots: lots } });
});

test('a market order does to the account what its preview said', async () => {
  await quietBook('ETH-PERP');
  const draft = limit({ instrument: 'ETH-PERP', type: 'market', size: '1', price: undefined });
  const preview = await stream.ask({ op: 'preview', draft });
  if (preview.type !== 'preview') throw new Error(JSON.stringify(preview));
  const view = stream.next(
    'accountDelta',
    (delta) => delta.view !== undefined && delta.view.positions.length > 0,
  );
  const [filled] = await send({ type: 'PlaceOrder', order: draft });
  const { filledLots, filledNotionalUsd, feeUsd, after } = preview.preview;
  expect(filled).toMatchObject({ status: 'filled', filledLots, filledNotionalUsd, feeUsd, openLots: 0 });
  const { margin } = (await view).view!;
  expect(margin.initialUsd).toBe(after.initialUsd);
  expect(margin.equityUsd).toBe(after.equityUsd);
});

test('a batch is judged one by one', async () => {
  const results = await send(
    { type: 'PlaceOrder', order: limit({ price: '10000', size: '1' }) },
    { type: 'CancelOrder', account, orderId: 999_999_999 },
  );
  expect(results).toMatchObject([
    { status: 'refused', error: { code: 'order.priceOutOfBand' } },
    { status: 'refused', error: { code: 'order.unknown' } },
  ]);
});

test('P6: the same signed message has its effect once', async () => {
  const envelope = client.envelope(desk, key, [{ type: 'CancelAll', account }]);
  expect(await stream.ask({ op: 'command', envelope })).toMatchObject({ type: 'answer' });
  expect(await stream.ask({ op: 'command', envelope })).toMatchObject({
    type: 'answer',
    results: [{ status: 'refused', error: { code: 'nonce.replayed' } }],
  });
});

test('a changed text, another key and an unknown key are refused', async () => {
  const envelope = client.envelope(desk, key, [{ type: 'CancelAll', account }]);
  const changed = { ...envelope, text: envelope.text.replace('CancelAll', 'CancelAll ') };
  for (const [given, code] of [
    [changed, 'request.malformed'],
    [{ ...envelope, text: ` ${envelope.text}` }, 'signature.invalid'],
    [{ ...envelope, agent: 'ab'.repeat(32) }, 'actor.unknown'],
  ] as const) {
    const { status, body } = await client.post<CommandAnswer>('/api/v1/commands', given);
    expect(body.error?.code).toBe(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
});

test('an account is shown to its members only, and only to those signed in', async () => {
  const publicStream = await new DeskClient(running.address).openStream();
  const foreign = { op: 'subscribe', channel: 'account', account } as const;
  expect(await publicStream.ask(foreign)).toMatchObject({ error: { code: 'session.required' } });
  expect(await publicStream.ask({ op: 'preview', draft: limit() })).toMatchObject({
    error: { code: 'session.required' },
  });
  // The trader sees two of the firm's three subaccounts.
  expect(await stream.ask({ ...foreign, account: account + 2 })).toMatchObject({
    error: { code: 'actor.outOfScope' },
  });
  expect((await client.get(`/api/v1/accounts/${account + 2}`)).body.error?.code).toBe('actor.outOfScope');
  expect((await client.get<AccountView>(`/api/v1/accounts/${account}`)).body).toMatchObject({ account });
  publicStream.close();
});

test('a stranger with a wallet is not a member', async () => {
  await expect(new DeskClient(running.address).signIn(stranger)).rejects.toThrow('session.notMember');
});

test('signing out ends the session and its sockets', async () => {
  const other = new DeskClient(running.address);
  await other.signIn(trader);
  const socket = await other.openStream();
  expect((await other.get('/api/v1/session/probe')).status).toBe(200);
  await other.delete('/api/v1/session');
  expect(await socket.closed).toBe(4_401);
  expect((await other.get('/api/v1/session')).body.error?.code).toBe('session.required');
  expect((await other.get('/api/v1/session/probe')).body.error?.code).toBe('session.cookieNotKept');
});

test('a ticket opens one socket', async () => {
  const { body } = await client.post<{ ticket: string }>('/api/v1/stream/ticket', {});
  const url = `${running.address.replace('http', 'ws')}/api/v1/stream?ticket=${body.ticket}`;
  const { DeskStream } = await import('../lab/deskClient.ts');
  (await DeskStream.open(url)).close();
  await expect(DeskStream.open(url)).rejects.toThrow('401');
});

test('a sign-in nonce works once', async () => {
  const { createSiweMessage } = await import('viem/siwe');
  const { body } = await client.post<{ nonce: string }>('/api/v1/session/nonce', {});
  const message = createSiweMessage({
    address: trader.address,
    chainId: desk.chainId,
    domain: new URL(running.address).host,
    uri: running.address,
    nonce: body.nonce,
    version: '1',
  });
  const signature = await trader.signMessage({ message });
  const other = new DeskClient(running.address);
  expect((await other.post('/api/v1/session', { message, signature })).status).toBe(200);
  expect((await other.post('/api/v1/session', { message, signature })).body.error?.code).toBe(
    'session.nonceInvalid',
  );
  const elsewhere = message.replace(new URL(running.address).host, 'evil.example');
  expect((await other.post('/api/v1/session', { message: elsewhere, signature })).body.error?.code).toBe(
    'session.messageInvalid',
  );
});

test('a signature of another wallet does not sign in', async () => {
  const { createSiweMessage } = await import('viem/siwe');
  const { body } = await client.post<{ nonce: string }>('/api/v1/session/nonce', {});
  const message = createSiweMessage({
    address: trader.address,
    chainId: desk.chainId,
    domain: new URL(running.address).host,
    uri: running.address,
    nonce: body.nonce,
    version: '1',
  });
  const signature = await stranger.signMessage({ message });
  expect((await client.post('/api/v1/session', { message, signature })).body.error?.code).toBe(
    'session.signatureInvalid',
  );
});

test('the faucet credits members, within bounds', async () => {
  const before = (await client.get<AccountView>(`/api/v1/accounts/${account}`)).body.balances[0]!.amount;
  expect(
    (await client.post('/api/v1/sandbox/faucet', { account, asset: 'USDC', amount: '1000.5' })).status,
  ).toBe(200);
  const after = (await client.get<AccountView>(`/api/v1/accounts/${account}`)).body.balances[0]!.amount;
  expect(after - before).toBe(1_000_500_000);
  for (const [body, code] of [
    [{ account, asset: 'USDC', amount: '2000000' }, 'amount.invalid'],
    [{ account, asset: 'USDC', amount: '0' }, 'amount.invalid'],
    [{ account, asset: 'DOGE', amount: '1' }, 'asset.unknown'],
    [{ account: account + 2, asset: 'USDC', amount: '1' }, 'actor.outOfScope'],
  ] as const) {
    expect((await client.post('/api/v1/sandbox/faucet', body)).body.error?.code).toBe(code);
  }
});

test('a client that comes back gets what it missed, or a snapshot', async () => {
  const { instrument, seq } = await quietBook('BTC-PERP');
  const resumed: string[] = [];
  stream.onMessage((message) => {
    if (message.type === 'marketSnapshot' || message.type === 'marketDelta') resumed.push(message.type);
  });
  await stream.ask({ op: 'subscribe', channel: 'market', instrument, resumeSeq: seq });
  expect(resumed).not.toContain('marketSnapshot');
  const snapshot = stream.next('marketSnapshot');
  await stream.ask({ op: 'subscribe', channel: 'market', instrument, resumeSeq: 1 });
  expect((await snapshot).market.seq).toBeGreaterThanOrEqual(seq);
  await stream.ask({ op: 'unsubscribe', channel: 'market', key: instrument });
});

test('metrics can be scraped', async () => {
  const response = await fetch(`${running.address}/api/v1/metrics`);
  const text = await response.text();
  for (const name of [
    'ballast_sequence',
    'ballast_ack_ms_bucket',
    'ballast_sync_ms_sum',
    'ballast_rss_bytes',
  ]) {
    expect(text).toContain(name);
  }
});

test('after a restart the orders are there and their outcome is known', async () => {
  const book = await quietBook('BTC-PERP');
  const order = limit({ price: priceOf(book.bids[0]![0] - 200) });
  const [placed] = await send({ type: 'PlaceOrder', order });
  expect(placed).toMatchObject({ status: 'resting' });
  stream.close();
  await running.stop();
  running = await open();
  client = new DeskClient(running.address);
  await client.signIn(trader);
  stream = await client.openStream();
  const found = await client.get<OrderView>(`/api/v1/orders/by-client-id/${account}/${order.clientId}`);
  expect(found.body).toMatchObject({ state: 'open', openLots: 100 });
  expect((await outcomes(placed?.status === 'resting' ? placed.orderId : 0)).body).toMatchObject({
    outcomes: [{ state: 'open', sizeLots: 100 }],
  });
  const unknown = await client.get(`/api/v1/orders/by-client-id/${account}/${newClientId()}`);
  expect(unknown.body.error?.code).toBe('outcome.notFound');
});

test('P4: a second desk on the same folder is refused', async () => {
  await expect(open()).rejects.toMatchObject({ code: 'journal.locked' });
});

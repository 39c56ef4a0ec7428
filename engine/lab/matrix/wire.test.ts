// Goal: what the matrix of roles says holds at the door as well: over HTTP and the WebSocket, with a session alone, with
// a key, and with the signature of a wallet. How: one running desk with a person of every role signed in; every action
// and every operation is really sent, and its answer held against the same table as the engine's.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../protocol/commands/actions.ts';
import type { CommandAnswer, ServerMessage } from '../../protocol/stream.ts';
import { firmTypedData } from '../../protocol/typed/firmTypedData.ts';
import type { MarketSnapshotView } from '../../protocol/views/market.ts';
import type { OperationWire } from '../../protocol/wire/commands.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import type { AgentKey, DeskStream } from '../deskClient.ts';
import { ALTS, BASIS, BTC, MAKER, ORDER } from '../fixtures/desk.ts';
import { FIRM } from '../fixtures/firmDesk.ts';
import { actionCases, isTrading, payout } from './actionCases.ts';
import { type Column, caseNames, columns, expectedOf, waitingText } from './actionMatrix.ts';
import {
  expectedOrderOf,
  orderCaseNames,
  orderCases,
  type ScopeName,
  scopedOutcomeOf,
  scopeNames,
  scopes,
} from './orderMatrix.ts';
import { RoleDesk } from './roleDesk.ts';
import { Stage, stagePlaces, stageTerms, termsOf } from './stage.ts';

let desk: RoleDesk;
let stage: Stage;
const keys = new Map<Column, AgentKey>();
const scopedKeys = new Map<ScopeName, AgentKey>();
const streams = new Map<Column, DeskStream>();
const NO_SIGNATURE = `0x${'11'.repeat(65)}`;

const view = () => desk.running.desk.names!.view;

beforeAll(async () => {
  desk = await RoleDesk.open();
  const { bids, asks } = await bookOf(BTC);
  // What is traded below goes through the best levels: orders of ours rest well behind them.
  const prices = { buyTicks: bids[0]![0] - 500, sellTicks: asks[0]![0] + 500 };
  stage = new Stage(view, Date.now, prices);
  for (const command of stagePlaces()) await desk.accept(command);
  for (const command of stageTerms(stage)) await desk.accept(command);
  await trade(BASIS, 0, asks[0]![0], 1_000);
  await trade(ALTS, 1, bids[0]![0], 400);
  for (const column of columns.filter(isTrading)) {
    const { client, wallet } = desk.person(column);
    keys.set(column, await client.approveAgent(wallet, []));
    streams.set(column, await client.openStream());
  }
  const { client, wallet } = desk.person('trader');
  for (const scope of scopeNames) scopedKeys.set(scope, await client.approveAgent(wallet, [], scopes[scope]));
});

afterAll(async () => {
  await desk.stop();
});

/** The book, once the market has put its first quotes there. */
async function bookOf(instrument: number): Promise<MarketSnapshotView> {
  const stream = await desk.person('trader').client.openStream();
  for (;;) {
    const snapshot = stream.next('marketSnapshot');
    await stream.ask({ op: 'subscribe', channel: 'market', instrument });
    const { market } = await snapshot;
    await stream.ask({ op: 'unsubscribe', channel: 'market', key: instrument });
    if (market.bids.length === 0 || market.asks.length === 0) continue;
    stream.close();
    return market;
  }
}

afterEach(async () => {
  for (const command of stage.endKeys()) await desk.accept(command);
});

async function trade(account: number, side: 0 | 1, priceTicks: number, sizeLots: number): Promise<void> {
  const other = { ...ORDER, account: MAKER, side: side === 0 ? 1 : 0, priceTicks, sizeLots } as const;
  await desk.accept(other);
  const [result] = (await desk.accept({ ...ORDER, account, side, priceTicks, sizeLots })).results;
  expect(result).toMatchObject({ status: 'filled' });
}

/** Asks for an action with the wallet's signature, and says what the matrix calls the answer. */
async function askWithWallet(column: Column, action: Action): Promise<string> {
  const { client, wallet, address } = desk.person(column);
  const signer = { wallet: address, nonce: client.nextNonce(Date.now()) };
  const terms = termsOf(view());
  const typedData = firmTypedData(view(), { kind: 'Propose', firm: FIRM, action, terms }, signer);
  const request = { ...signer, firm: FIRM, action, ...terms };
  const signature = await wallet.signTypedData(typedData as never);
  const { body } = await client.post<CommandAnswer>('/api/v1/proposals', { ...request, signature });
  if (body.error !== undefined) return body.error.code === 'policy.denied' ? '—' : body.error.code;
  const proposal = (body.results[0] as { proposal?: number }).proposal;
  if (proposal === undefined) return 'now';
  const { needs } = view().proposals.find((each) => each.proposal === proposal)!;
  await takeBack(column, proposal);
  return waitingText(needs);
}

/** Nobody has more than eight open ones. */
async function takeBack(column: Column, proposal: number): Promise<void> {
  const { client, wallet, address } = desk.person(column);
  const request = { wallet: address, nonce: client.nextNonce(Date.now()) };
  const typedData = firmTypedData(view(), { kind: 'WithdrawProposal', proposal }, request);
  const signature = await wallet.signTypedData(typedData as never);
  const path = `/api/v1/proposals/${proposal}/withdrawal`;
  const { body } = await client.post<CommandAnswer>(path, { ...request, signature });
  expect(body.error).toBeUndefined();
}

async function askWithSession(column: Column, terms: object): Promise<string | undefined> {
  const { client, address } = desk.person(column);
  const signer = { wallet: address, nonce: client.nextNonce(Date.now()) };
  const request = { ...signer, firm: FIRM, ...termsOf(view()), ...terms };
  return (await client.post('/api/v1/proposals', request)).body.error?.code;
}

describe.each(caseNames)('%s', (name) => {
  const { before, action, after, isDone, isPassed } = actionCases[name];

  test.each(columns)('signed by the wallet of %s', async (column) => {
    for (const command of before?.(stage, column) ?? []) await desk.accept(command);
    const outcome = await askWithWallet(column, action(stage, column));
    const isLetThrough = outcome === isDone || outcome === isPassed;
    expect(isLetThrough ? 'now' : outcome).toBe(expectedOf(name, column));
    if (outcome === 'now') for (const command of after?.(stage) ?? []) await desk.accept(command);
  });

  test('a session alone does nothing of it, whoever is signed in', async () => {
    for (const column of columns) {
      const asked = { action: action(stage, column) };
      expect([column, await askWithSession(column, asked)]).toEqual([column, 'request.malformed']);
    }
    const forged = { action: action(stage, 'admin'), signature: NO_SIGNATURE };
    expect(await askWithSession('admin', forged)).toBe('signature.invalid');
  });

  test('a key cannot even say it, over HTTP or the WebSocket', async () => {
    const { kind, ...terms } = action(stage, 'trader');
    for (const [column, key] of keys) {
      const operations = [{ type: kind, ...terms } as never];
      expect(await sendOverHttp(column, key, operations)).toBe('request.malformed');
      expect(await sendOverStream(column, key, operations)).toBe('request.malformed');
    }
    // What the stream has no word for is refused without an id: it was not read that far.
    const stream = streams.get('trader')!;
    const refused = stream.next('error', ({ id }) => id === 0);
    stream.sendText(JSON.stringify({ op: 'propose', id: 1, firm: FIRM, action: { kind, ...terms } }));
    expect((await refused).error.code).toBe('request.malformed');
  });
});

async function sendOverHttp(column: Column, key: AgentKey, operations: OperationWire[]): Promise<string> {
  const { client } = desk.person(column);
  const { body } = await client.post<CommandAnswer>(
    '/api/v1/commands',
    client.envelope(desk.markets, key, operations),
  );
  return body.error?.code ?? outcomeOf(body);
}

async function sendOverStream(column: Column, key: AgentKey, operations: OperationWire[]): Promise<string> {
  const { client } = desk.person(column);
  const envelope = client.envelope(desk.markets, key, operations);
  const message = await streams.get(column)!.ask({ op: 'command', envelope });
  return message.type === 'answer' ? outcomeOf(message) : codeOf(message);
}

function outcomeOf({ results }: CommandAnswer): string {
  const [result] = results;
  return result?.status === 'refused' ? result.error.code : 'now';
}

function codeOf(message: ServerMessage): string {
  return message.type === 'error' ? message.error.code : message.type;
}

describe.each(orderCaseNames)('%s', (name) => {
  const { operation, order } = orderCases[name];
  const words: Record<string, string> = { '—': 'actor.notPermitted', scope: 'actor.outOfScope' };

  test.each(columns.filter(isTrading))('signed by a key of %s', async (column) => {
    const expected = expectedOrderOf(name, column);
    for (const send of [sendOverHttp, sendOverStream]) {
      await placeFirst();
      const outcome = await send(column, keys.get(column)!, [operation(stage)]);
      expect(outcome).toBe(words[expected] ?? expected);
    }
  });

  test.each(scopeNames)('signed by a trader’s key that is held to a %s', async (scope) => {
    for (const send of [sendOverHttp, sendOverStream]) {
      await placeFirst();
      const outcome = await send('trader', scopedKeys.get(scope)!, [operation(stage)]);
      expect(outcome).toBe(scopedOutcomeOf(name, scope));
    }
  });

  test('a session without a key orders nothing, and a wallet is no key', async () => {
    const { client, address } = desk.person('trader');
    const text = JSON.stringify({ operations: [operation(stage)] });
    const agent = address.slice(2).padStart(64, '0');
    for (const sent of [{ text }, { text, agent, signature: '1'.repeat(128) }])
      expect((await client.post('/api/v1/commands', sent)).body.error?.code).toBe('request.malformed');
  });

  async function placeFirst(): Promise<void> {
    if (order === undefined) return;
    await desk.accept({ kind: 'CancelAll', account: BASIS, instrument: BTC });
    const [placed] = (await desk.accept(order(stage))).results;
    stage.orderId = (placed as { orderId: number }).orderId;
  }
});

test('a key that is held to an address is used from there and from nowhere else', async () => {
  const { client, wallet } = desk.person('trader');
  const near = await client.approveAgent(wallet, [], { addresses: ['127.0.0.1', '::1'] });
  const cancel: OperationWire = { type: 'CancelAll', account: BASIS, instrument: 'BTC-PERP' };
  for (const send of [sendOverHttp, sendOverStream]) {
    expect(await send('trader', near, [cancel])).toBe('now');
    expect(await send('trader', scopedKeys.get('address')!, [cancel])).toBe('agent.otherAddress');
  }
});

test.each(columns.filter((column) => !isTrading(column)))(
  'nobody lets a key order for %s',
  async (column) => {
    const { client, wallet } = desk.person(column);
    await expect(client.approveAgent(wallet, [])).rejects.toThrow('actor.notPermitted');
  },
);

test.each(columns)('what outlives a day is let order for %s as the firm has it', async (column) => {
  const { client, wallet } = desk.person(column);
  const outcome = async (notionalPerHourUsd: number) => {
    const asked = client.approveAgent(wallet, [], { notionalPerHourUsd }, 2 * DAY_MS);
    return asked.then(() => 'now').catch(({ message }: Error) => /\d+: ([\w.]+)/.exec(message)?.[1]);
  };
  const isDenied = expectedOf('approveKey', column) === '—';
  expect(await outcome(0)).toBe(isDenied ? 'policy.denied' : 'agent.approvalNeeded');
  expect(await outcome(1_000_000)).toBe(isDenied ? 'policy.denied' : 'now');
});

test('a withdrawal whose deadline its delay outlasts is refused with one that would do', async () => {
  const { client, wallet, address } = desk.person('ops-maker');
  const action = payout(stage, 1_500_000_000_000, HOUR_MS);
  const signer = { wallet: address, nonce: client.nextNonce(Date.now()) };
  const terms = termsOf(view());
  const typedData = firmTypedData(view(), { kind: 'Propose', firm: FIRM, action, terms }, signer);
  const request = { ...signer, firm: FIRM, action, ...terms };
  const signature = await wallet.signTypedData(typedData as never);
  const { body } = await client.post('/api/v1/proposals', { ...request, signature });
  expect(body.error).toMatchObject({
    code: 'withdrawal.deadlineTooSoon',
    message: expect.stringMatching(/ at the earliest, which would do if all agree at once; .* does whenever/),
  });
});

// Goal: each sees the trading keys they may see, with what these did in the hour, and other terms of a key hold at the
// door from the next order on. How: a running desk, keys of three people, orders over HTTP and the WebSocket.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeKey } from '../../protocol/commands/actions.ts';
import { Role } from '../../protocol/enums.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import { firmTypedData } from '../../protocol/typed/firmTypedData.ts';
import type { KeysView, KeyView } from '../../protocol/views/keys.ts';
import type { PersonRole } from '../../sandbox/people.ts';
import type { AgentKey } from '../deskClient.ts';
import { ALTS, BASIS } from '../fixtures/desk.ts';
import { FIRM } from '../fixtures/firmDesk.ts';
import { type Column, columns } from './actionMatrix.ts';
import { RoleDesk } from './roleDesk.ts';
import { byDesk, termsOf } from './stage.ts';

let desk: RoleDesk;
const keys = new Map<PersonRole, AgentKey>();
const SCOPE = { markets: ['BTC-PERP'], notionalPerHourUsd: 1_000_000_000_000, addresses: ['127.0.0.1'] };

beforeAll(async () => {
  desk = await RoleDesk.open();
  for (const who of ['trader', 'portfolio manager', 'risk', 'counterparty trader'] as const) {
    const { client, wallet } = desk.person(who);
    keys.set(who, await client.approveAgent(wallet, [], who === 'trader' ? SCOPE : {}));
  }
});

afterAll(async () => {
  await desk.stop();
});

const view = () => desk.running.desk.names!.view;

async function seenBy(who: PersonRole, query = '?of=firm'): Promise<KeyView[]> {
  return (await desk.person(who).client.get<KeysView>(`/api/v1/agents${query}`)).body.keys;
}

/** In ticks of a tenth of a dollar. */
const bestBid = () => desk.running.desk.markets.feed(0)!.snapshot().market.bids[0]![0];

/** Sends an order of the trader's key, far from being met. */
async function order(): Promise<string | undefined> {
  const { client } = desk.person('trader');
  const price = String(bestBid() / 10 - 50);
  const terms = {
    account: BASIS,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '0.01',
    price,
  } as const;
  const envelope = client.envelope(desk.markets, keys.get('trader')!, [{ type: 'PlaceOrder', order: terms }]);
  const { body } = await client.post<CommandAnswer>('/api/v1/commands', envelope);
  const [result] = body.results ?? [];
  return body.error?.code ?? (result?.status === 'refused' ? result.error.code : undefined);
}

async function change(who: PersonRole, terms: Partial<ChangeKey>): Promise<string | undefined> {
  const { client, wallet, address } = desk.person(who);
  const { publicKey, expiresAtMs } = (await seenBy('trader', ''))[0]!;
  const action: ChangeKey = { kind: 'ChangeKey', publicKey, ...SCOPE, expiresAtMs, ...terms };
  const signer = { wallet: address, nonce: client.nextNonce(Date.now()) };
  const asked = termsOf(view());
  const typedData = firmTypedData(view(), { kind: 'Propose', firm: FIRM, action, terms: asked }, signer);
  const request = { ...signer, firm: FIRM, action, ...asked };
  const signature = await wallet.signTypedData(typedData as never);
  return (await client.post('/api/v1/proposals', { ...request, signature })).body.error?.code;
}

const firmKeys = ['trader', 'portfolio manager', 'risk'] as const;
const all: readonly Column[] = ['portfolio manager', 'risk', 'ops-maker', 'ops-approver', 'auditor', 'admin'];

test.each(columns)('the keys that %s sees', async (column) => {
  const own = firmKeys.filter((who) => who === column);
  const publicOf = (people: readonly PersonRole[]) => people.map((who) => keys.get(who)!.publicKey).sort();
  const seen = (await seenBy(column)).map(({ publicKey }) => publicKey).sort();
  expect(seen).toEqual(publicOf(all.includes(column) ? firmKeys : own));
  expect((await seenBy(column, '')).map(({ publicKey }) => publicKey)).toEqual(publicOf(own));
});

test('nobody who is not signed in sees any, and another owner’s are theirs', async () => {
  expect((await desk.stranger().get('/api/v1/agents?of=firm')).body.error?.code).toBe('session.required');
  expect((await seenBy('counterparty trader')).map(({ owner }) => owner)).toEqual(['Counterparty trader']);
});

test('a portfolio manager of one desk sees the keys that order there', async () => {
  const member = view().members.find(({ label }) => label === 'Portfolio manager 2')!.member;
  const nodeOf = (account: number) => view().nodes.find((node) => node.account === account)!.node;
  const { client, wallet } = desk.person('portfolio manager');
  await client.approveAgent(wallet, [ALTS]);
  const reach = (account: number) =>
    desk.accept(
      byDesk({ kind: 'ChangeMember', member, role: Role.portfolioManager, nodes: [nodeOf(account)] }),
    );
  await reach(BASIS);
  await desk.signIn('second portfolio manager');
  const ofBasis = await seenBy('second portfolio manager');
  expect(ofBasis.map(({ owner }) => owner).sort()).toEqual(['Portfolio manager 1', 'Risk 1', 'Trader 1']);
  await reach(ALTS);
  await desk.signIn('second portfolio manager');
  expect(await seenBy('second portfolio manager')).toHaveLength(4);
});

test('what a key did in the hour: orders, notional of what it may, when and from where', async () => {
  const unused = { orders: 0, lastSeenMs: null, lastAddress: null };
  expect((await seenBy('trader'))[0]).toMatchObject({
    isOwn: true,
    owner: 'Trader 1',
    ...SCOPE,
    use: unused,
  });
  expect(await order()).toBeUndefined();
  expect(await order()).toBeUndefined();
  const { client } = desk.person('trader');
  const cancel = client.envelope(desk.markets, keys.get('trader')!, [{ type: 'CancelAll', account: BASIS }]);
  await client.post('/api/v1/commands', cancel);
  const [seen] = await seenBy('trader');
  expect(seen!.use).toMatchObject({ orders: 2, lastAddress: '127.0.0.1', lastSeenMs: expect.any(Number) });
  expect(seen!.use.openedUsd! / (bestBid() * 2_000)).toBeCloseTo(1, 1);
  const risks = (await seenBy('auditor')).find(({ owner }) => owner === 'Risk 1');
  expect(risks).toMatchObject({ isOwn: false, use: { openedUsd: null } });
});

test('other terms hold at the door and in the engine from the next order on', async () => {
  expect(await order()).toBeUndefined();
  expect(await change('risk', { addresses: ['203.0.113.7'] })).toBe('policy.denied');
  expect(await change('risk', { notionalPerHourUsd: 1 })).toBeUndefined();
  expect(await order()).toBe('agent.notionalPerHour');
  expect(await change('trader', { addresses: ['203.0.113.7'] })).toBeUndefined();
  expect(await order()).toBe('agent.otherAddress');
  expect(await change('trader', {})).toBeUndefined();
  expect(await order()).toBeUndefined();
});

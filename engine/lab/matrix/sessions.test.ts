// Goal: one sees and ends one's own sessions, an admin those of the firm, and what ends a session or a membership cuts
// its open sockets off within a second. How: a running desk, real sockets, and changes of the firm by the desk itself.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Action } from '../../protocol/commands/actions.ts';
import { Role } from '../../protocol/enums.ts';
import type { SessionsView } from '../../protocol/views/sessions.ts';
import type { PersonRole } from '../../sandbox/people.ts';
import type { DeskClient, DeskStream } from '../deskClient.ts';
import { ALTS } from '../fixtures/desk.ts';
import { RoleDesk } from './roleDesk.ts';
import { byDesk } from './stage.ts';

const SESSION_ENDED = 4_401;

let desk: RoleDesk;

beforeAll(async () => {
  desk = await RoleDesk.open();
});

afterAll(async () => {
  await desk.stop();
});

const memberOf = (who: PersonRole) =>
  desk.running.desk.names!.view.members.find(({ address }) => address === desk.person(who).address)!.member;

async function sessionsOf(client: DeskClient, query = ''): Promise<SessionsView['sessions']> {
  return (await client.get<SessionsView>(`/api/v1/sessions${query}`)).body.sessions;
}

/** A second browser of the same person. */
async function another(who: PersonRole): Promise<DeskClient> {
  const client = desk.stranger();
  await client.signIn(desk.person(who).wallet);
  return client;
}

async function watching(client: DeskClient): Promise<DeskStream> {
  const stream = await client.openStream();
  await stream.ask({ op: 'subscribe', channel: 'account', account: ALTS });
  return stream;
}

/** The socket ends with the session's code, less than a second after something was done. */
async function expectCut(stream: DeskStream, act: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now();
  await act();
  expect(await stream.closed).toBe(SESSION_ENDED);
  expect(performance.now() - startMs).toBeLessThan(1_000);
}

test('one’s own sessions, with when, where and in what; no other member’s', async () => {
  const { client, address } = desk.person('trader');
  const [own, ...others] = await sessionsOf(client);
  expect(others).toEqual([]);
  expect(own).toMatchObject({ label: 'Trader 1', address, isThis: true, place: expect.any(String) });
  expect(own!.place).toMatch(/^[0-9a-f]{8}$/);
  expect(own!.lastSeenMs).toBeGreaterThanOrEqual(own!.startedMs);
  expect(await sessionsOf(client, '?of=firm')).toHaveLength(1);
});

test('an admin sees all of the firm and of no other, and ends any', async () => {
  const { client } = desk.person('admin');
  const seen = await sessionsOf(client, '?of=firm');
  expect(seen.map(({ label }) => label)).toContain('Trader 1');
  expect(seen.map(({ label }) => label)).not.toContain('Counterparty trader');
  expect(await sessionsOf(client)).toHaveLength(1);
  const theirs = await another('trader');
  const stream = await watching(theirs);
  const { session } = (await sessionsOf(theirs)).find(({ isThis }) => isThis)!;
  await expectCut(stream, () => client.delete(`/api/v1/sessions/${session}`));
  expect((await theirs.get('/api/v1/session')).body.error?.code).toBe('session.required');
});

test('nobody else ends it: it is as if it were not there', async () => {
  const { session } = (await sessionsOf(desk.person('trader').client))[0]!;
  for (const who of ['risk', 'auditor', 'counterparty trader'] as const) {
    const { body } = await desk.person(who).client.delete(`/api/v1/sessions/${session}`);
    expect(body.error?.code).toBe('session.unknown');
  }
  const { body } = await desk.person('admin').client.delete('/api/v1/sessions/abc');
  expect(body.error?.code).toBe('session.unknown');
  expect((await desk.person('trader').client.get('/api/v1/session')).status).toBe(200);
});

test('all others at once, and this one stays', async () => {
  const { client } = desk.person('trader');
  const streams = await Promise.all(
    [another('trader'), another('trader')].map(async (each) => watching(await each)),
  );
  const kept = await watching(client);
  await expectCut(streams[0]!, () => client.delete('/api/v1/sessions'));
  expect(await streams[1]!.closed).toBe(SESSION_ENDED);
  expect(await kept.ask({ op: 'ping' })).toMatchObject({ type: 'pong' });
  kept.close();
  expect(await sessionsOf(client)).toHaveLength(1);
});

test('signing out cuts off what was open', async () => {
  const theirs = await another('portfolio manager');
  await expectCut(await watching(theirs), () => theirs.delete('/api/v1/session'));
});

const ends: [string, PersonRole, (member: number) => Action][] = [
  [
    'another role',
    'ops-maker',
    (member) => ({ kind: 'ChangeMember', member, role: Role.auditor, nodes: [] }),
  ],
  ['the end of the membership', 'risk', (member) => ({ kind: 'RemoveMember', member })],
];

test.each(ends)('%s ends every session of the member, and its sockets', async (_, who, action) => {
  const { client } = desk.person(who);
  const stream = await watching(client);
  await expectCut(stream, () => desk.accept(byDesk(action(memberOf(who)))));
  expect((await client.get('/api/v1/session')).body.error?.code).toBe('session.required');
});

test('the end of a wallet ends what it signed in', async () => {
  const member = memberOf('treasury signer');
  const { client, address } = desk.person('treasury signer');
  const second = `0x${'e7'.repeat(20)}`;
  await desk.accept(byDesk({ kind: 'LinkWallet', member, address: second }));
  await desk.accept(byDesk({ kind: 'UnlinkWallet', member, address }));
  expect((await client.get('/api/v1/session')).body.error?.code).toBe('session.required');
});

const KEY_REVOKED = 4_403;

test('a revoked key is refused over HTTP and on any socket, and those it used are cut off', async () => {
  const { client, wallet } = desk.person('portfolio manager');
  await client.signIn(wallet);
  const key = await client.approveAgent(wallet, []);
  const envelope = () => client.envelope(desk.markets, key, [{ type: 'CancelAll', account: ALTS }]);
  const send = (stream: DeskStream) => stream.ask({ op: 'command', envelope: envelope() });
  const [used, unused] = [await client.openStream(), await client.openStream()];
  expect(await send(used)).not.toMatchObject({ results: [{ status: 'refused' }] });
  const startMs = performance.now();
  await desk.accept(byDesk({ kind: 'RevokeKey', publicKey: key.publicKey }));
  expect(await used.closed).toBe(KEY_REVOKED);
  expect(performance.now() - startMs).toBeLessThan(1_000);
  const refused = { results: [{ status: 'refused', error: { code: 'actor.revoked' } }] };
  expect((await client.post('/api/v1/commands', envelope())).body).toMatchObject(refused);
  expect(await send(unused)).toMatchObject(refused);
  expect(await unused.closed).toBe(KEY_REVOKED);
});

test('the end of a membership is the end of the sockets of its keys, without a session too', async () => {
  const { client, wallet } = desk.person('trader');
  const key = await client.approveAgent(wallet, []);
  const stream = await desk.stranger().openStream();
  const envelope = client.envelope(desk.markets, key, [{ type: 'CancelAll', account: ALTS }]);
  await stream.ask({ op: 'command', envelope });
  const startMs = performance.now();
  await desk.accept(byDesk({ kind: 'RemoveMember', member: memberOf('trader') }));
  expect(await stream.closed).toBe(KEY_REVOKED);
  expect(performance.now() - startMs).toBeLessThan(1_000);
});

// Goal: every address and every word of the stream is answered to whom the list says, and to nobody else. How: the list
// must be what the desk really has; each entry is then tried without a session, as another firm, and as every role.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientMessage } from '../../api/native/clientMessage.ts';
import { deskRoutes } from '../../host/deskServer.ts';
import { actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import { commandKinds } from '../../protocol/commands/kinds.ts';
import type { ServerMessage } from '../../protocol/stream.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import type { PersonRole } from '../../sandbox/people.ts';
import type { DeskStream } from '../deskClient.ts';
import { ALTS, VOL } from '../fixtures/desk.ts';
import { columns } from './actionMatrix.ts';
import { type Audience, notYet, routeAudiences, streamAudiences, systemKinds } from './doors.ts';
import { RoleDesk } from './roleDesk.ts';

let desk: RoleDesk;

beforeAll(async () => {
  desk = await RoleDesk.open();
});

afterAll(async () => {
  await desk.stop();
});

const of = (...audiences: Audience[]) =>
  Object.keys(routeAudiences).filter((route) => audiences.includes(routeAudiences[route]!));

/** What an address cannot be asked without. */
const queries: Readonly<Record<string, string>> = {
  '/outcomes': '?orders=1',
  '/candles': '?instrument=0',
  // Behind the genesis: there before anybody is let in.
  '/past': `?seq=${sandboxGenesis().length}`,
};

/** An address as somebody asks for it: of an account, with what else its path needs. */
async function call(route: string, account: number, who?: PersonRole): Promise<string> {
  const [method, pattern] = route.split(' ') as [string, string];
  const path = pattern
    .replace(':account', String(account))
    .replace(':underlying', 'BTC')
    .replace(':clientId', 'a'.repeat(32))
    .replaceAll(/:\w+/g, '1');
  const query = path.includes('/proof/')
    ? `?account=${account}`
    : (queries[path.slice(path.lastIndexOf('/'))] ?? '');
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-ballast': '1' };
  if (who !== undefined) headers.cookie = desk.person(who).client.cookie;
  const faucet = { account, asset: 'USDC', amount: '1' };
  const body = method === 'POST' ? JSON.stringify(path.endsWith('faucet') ? faucet : {}) : undefined;
  const response = await fetch(desk.running.address + path + query, { method, headers, body });
  const text = await response.text();
  const isAnswer = response.headers.get('content-type')?.startsWith('application/json;') === true;
  const answer = isAnswer ? (JSON.parse(text) as { error?: { code: string } }) : {};
  return answer.error?.code ?? 'ok';
}

test('the list is what the desk has: an address or a word that is not in it has nobody who may use it', () => {
  const routes = deskRoutes(desk.running.desk).map(({ method, path }) => `${method} ${path}`);
  expect(routes.toSorted()).toEqual(Object.keys(routeAudiences).toSorted());
  expect(wordsOf(clientMessage).toSorted()).toEqual(Object.keys(streamAudiences).toSorted());
});

/** `op`, and the channel where it has one of its own, of every message a client may send. */
function wordsOf(schema: unknown): string[] {
  const { options, shape } = schema as { options?: unknown[]; shape?: Record<string, { value?: string }> };
  if (options !== undefined) return options.flatMap(wordsOf);
  const channel = shape?.channel as { def?: { type: string }; value?: string } | undefined;
  const isOwn = channel?.def?.type === 'literal';
  return [isOwn ? `${shape!.op!.value} ${channel?.value}` : shape!.op!.value!];
}

test('what the matrix has and no part of the desk does yet is offered nowhere', () => {
  const offered = [
    ...Object.keys(routeAudiences),
    ...Object.keys(streamAudiences),
    // What only the desk gives is offered to nobody: the doors know no such word.
    ...Object.keys(commandKinds).filter((kind) => !isOfSystem(kind)),
    ...Object.keys(actionNumbers),
  ];
  expect(offered.filter((name) => notYet.test(name))).toEqual([]);
});

function isOfSystem(kind: string): boolean {
  return systemKinds.some((each) => each === kind);
}

test.each(of('anyone'))('%s asks nobody who they are', async (route) => {
  const codes = [await call(route, ALTS), await call(route, ALTS, 'auditor')];
  for (const code of codes) expect(code).not.toMatch(/^(session\.required|actor\.)/);
  // Signing out is for everybody too: the auditor comes back.
  if (route.startsWith('DELETE')) await desk.signIn('auditor');
});

test.each(of('person', 'reader', 'member', 'wallet'))(
  '%s answers nobody who is not signed in',
  async (route) => {
    const code = route.endsWith('/probe') ? 'session.cookieNotKept' : 'session.required';
    expect(await call(route, ALTS)).toBe(code);
  },
);

test.each(of('person'))('%s answers every role', async (route) => {
  for (const column of columns)
    expect([column, await call(route, ALTS, column)]).toEqual([column, answerAt(route)]);
});

test.each(of('reader'))('%s answers every role but a trader', async (route) => {
  for (const column of columns) {
    const expected = column === 'trader' ? 'actor.notPermitted' : 'ok';
    expect([column, await call(route, ALTS, column)]).toEqual([column, expected]);
  }
});

/** To a body that says nothing, and of a proposal that is not there. */
function answerAt(route: string): string {
  const isRead = /draft/.test(route);
  if (route.includes(':proposal') && !isRead) return 'proposal.unknown';
  if (route.includes(':session')) return 'session.unknown';
  if (/:nonce|:epoch/.test(route)) return 'root.unknown';
  return isRead || /trial|rehearsal|rebalance|POST .*preview/.test(route) ? 'request.malformed' : 'ok';
}

test.each(of('wallet', 'key'))('%s does nothing for a session alone, of whatever role', async (route) => {
  for (const column of columns)
    expect([column, await call(route, ALTS, column)]).toEqual([column, 'request.malformed']);
});

describe.each(of('member'))('%s', (route) => {
  const isFaucet = route.endsWith('/faucet');

  test('reads an account to those who reach it, and to no other owner', async () => {
    for (const column of columns) {
      const mayHave = !isFaucet || column === 'trader' || column === 'portfolio manager';
      const expected = mayHave ? foundAt(route) : 'actor.outOfScope';
      expect([column, await call(route, ALTS, column)]).toEqual([column, expected]);
    }
    expect(await call(route, ALTS, 'counterparty trader')).toBe('actor.outOfScope');
    // A trader reaches two of the firm's three subaccounts.
    expect(await call(route, VOL, 'trader')).toBe('actor.outOfScope');
    expect(await call(route, 100_000, 'auditor')).toBe('actor.outOfScope');
  });
});

/** What somebody who is let in finds: there is no such order, and this desk keeps no records. */
function foundAt(route: string): string {
  if (route.includes('by-client-id')) return 'outcome.notFound';
  // A desk without a chain has no root.
  if (route.includes('/proof/')) return 'root.unknown';
  return /fills|funding|interest|ledger/.test(route) ? 'engine.busy' : 'ok';
}

describe('on the stream', () => {
  const order = { account: ALTS, instrument: 'BTC-PERP', side: 'buy', type: 'market' } as const;
  const draft = { ...order, size: '0.01' };
  const messages: Record<string, object> = {
    'subscribe account': { op: 'subscribe', channel: 'account', account: ALTS },
    preview: { op: 'preview', draft },
    previewOperations: { op: 'previewOperations', operations: [{ type: 'PlaceOrder', order: draft }] },
    largestOrder: { op: 'largestOrder', order: { type: 'PlaceOrder', order } },
  };

  test('what is a member’s is answered to every role of the firm and to nobody else', async () => {
    const isMembers = (word: string) => streamAudiences[word] === 'member';
    expect(Object.keys(streamAudiences).filter(isMembers)).toEqual(Object.keys(messages));
    const anonymous = await desk.stranger().openStream();
    expect(await codesOf(anonymous)).toEqual(Array(4).fill('session.required'));
    const foreign = await desk.person('counterparty trader').client.openStream();
    expect(await codesOf(foreign)).toEqual(Array(4).fill('actor.outOfScope'));
    for (const column of columns) {
      const stream = await desk.person(column).client.openStream();
      expect([column, await codesOf(stream)]).toEqual([column, Array(4).fill(undefined)]);
      stream.close();
    }
    anonymous.close();
    foreign.close();
  });

  async function codesOf(stream: DeskStream): Promise<(string | undefined)[]> {
    const answers = await Promise.all(Object.values(messages).map((message) => stream.ask(message as never)));
    return answers.map(codeOf);
  }
});

function codeOf(message: ServerMessage): string | undefined {
  return message.type === 'error' ? message.error.code : undefined;
}

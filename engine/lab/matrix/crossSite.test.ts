// Goal: no page of another site does anything here in the name of somebody who is signed in. How: every address that
// changes something, as the desk lists them, is asked in each way a browser can be made to ask it; all are refused with
// their code, and what the desk holds is what it held before.
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskRoutes } from '../../host/deskServer.ts';
import { dataHeaders } from '../../host/http/securityHeaders.ts';
import { DeskStream } from '../deskClient.ts';
import { ALTS } from '../fixtures/desk.ts';
import { routeAudiences } from './doors.ts';
import { RoleDesk } from './roleDesk.ts';

let desk: RoleDesk;
let cookie: string;

beforeAll(async () => {
  desk = await RoleDesk.open();
  ({ cookie } = desk.person('portfolio manager').client);
});

afterAll(async () => {
  await desk.stop();
});

interface Answer {
  status: number;
  code: string | undefined;
  headers: Record<string, unknown>;
}

/** Headers that fetch would not send for us. */
function send(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
  const { hostname, port } = new URL(desk.running.address);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const isAnswer = response.headers['content-type']?.startsWith('application/json;') === true;
        const { error } = JSON.parse(isAnswer ? text : '{}') as { error?: { code: string } };
        resolve({ status: response.statusCode ?? 0, code: error?.code, headers: response.headers });
      });
    });
    request.on('error', reject);
    request.end(method !== 'POST' ? '' : JSON.stringify({ account: ALTS, asset: 'USDC', amount: '1' }));
  });
}

/** What a cross-site request could have changed. */
async function held(): Promise<string> {
  const { sessions, names, metrics } = desk.running.desk;
  const { agents, members, nodes, proposals } = names!.view;
  const { values } = await metrics.cspReports.get();
  return JSON.stringify([sessions.all().map(({ id }) => id), agents, members, nodes, proposals, values]);
}

const json = { 'content-type': 'application/json' };
const REFUSED = 'request.originNotAllowed';
const own = () => ({ origin: desk.running.address, 'sec-fetch-site': 'same-origin', 'x-ballast': '1' });

/** Ways to be asked by a page that is not ours, each with what it is refused with. */
const foreign: [string, () => Record<string, string>, string][] = [
  ['another origin', () => ({ ...json, ...own(), origin: 'http://evil.example' }), REFUSED],
  ['an origin that is none', () => ({ ...json, ...own(), origin: 'null' }), REFUSED],
  ['our host on another port', () => ({ ...json, ...own(), origin: 'http://127.0.0.1:1' }), REFUSED],
  ['another site', () => ({ ...json, ...own(), 'sec-fetch-site': 'cross-site' }), REFUSED],
  ['a sibling site', () => ({ ...json, ...own(), 'sec-fetch-site': 'same-site' }), REFUSED],
  [
    'another site that hides its origin',
    () => ({ ...json, 'x-ballast': '1', 'sec-fetch-site': 'cross-site' }),
    REFUSED,
  ],
  ['a host that points here', () => ({ ...json, ...own(), host: 'evil.example' }), 'request.hostNotAllowed'],
];

/** Our own page in a way it never asks: what a form or a simple request can send. */
const simple: [string, () => Record<string, string>, string][] = [
  ['without our header', () => ({ ...json, ...own(), 'x-ballast': '0' }), REFUSED],
  ['without any header but the cookie', () => ({ ...json }), REFUSED],
];
const bodies = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];

const mutating = Object.keys(routeAudiences).filter((route) => !route.startsWith('GET'));
/** Browsers report by themselves, without our header and as they like. */
const REPORTS = 'POST /api/v1/csp-reports';

const partsOf = (route: string) => {
  const [method, pattern] = route.split(' ') as [string, string];
  return { method, path: pattern.replace(/:\w+/g, '1') };
};

test('what is tried is every address that changes something', () => {
  const routes = deskRoutes(desk.running.desk).filter(({ method }) => method !== 'GET');
  expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(mutating.toSorted());
});

/** Sends what must be refused, and looks whether anything is different. */
async function expectRefused(route: string, headers: Record<string, string>, code: string): Promise<void> {
  const { method, path } = partsOf(route);
  const before = await held();
  expect([headers['content-type'], (await send(method, path, { ...headers, cookie })).code]).toEqual([
    headers['content-type'],
    code,
  ]);
  expect(await held()).toBe(before);
}

describe.each(mutating)('%s', (route) => {
  test.each(foreign)('does nothing for %s', async (_, headers, code) => {
    await expectRefused(route, headers(), code);
  });
});

const ours = mutating.filter((route) => route !== REPORTS);

describe.each(ours)('%s', (route) => {
  test.each(simple)('does nothing %s', async (_, headers, code) => {
    await expectRefused(route, headers(), code);
  });
});

test.each(ours.filter((route) => route.startsWith('POST')))(
  '%s takes no body that a form can send',
  async (route) => {
    for (const type of bodies)
      await expectRefused(route, { ...own(), 'content-type': type }, 'request.malformed');
    await expectRefused(route, own(), 'request.malformed');
  },
);

test('nothing is changed by reading, and no other method is taken', async () => {
  for (const route of mutating) {
    const { path } = partsOf(route);
    for (const method of ['PUT', 'PATCH', 'OPTIONS', 'TRACE'])
      expect([method, route, (await send(method, path, { ...own(), cookie })).status]).toEqual([
        method,
        route,
        405,
      ]);
  }
});

test('every address answers with the headers of data, which no site may frame, read, sniff or keep', async () => {
  for (const route of Object.keys(routeAudiences)) {
    const { method, path } = partsOf(route);
    for (const headers of [{ ...own(), ...json }, { origin: 'http://evil.example' }]) {
      const answer = await send(method, path, headers);
      expect(answer.headers, route).toMatchObject(dataHeaders());
      expect(answer.headers['access-control-allow-origin'], route).toBeUndefined();
      expect(answer.headers['x-powered-by'], route).toBeUndefined();
    }
  }
});

describe('the stream', () => {
  const open = (headers: Record<string, string>, ticket = '') =>
    DeskStream.open(`${desk.running.address.replace('http', 'ws')}/api/v1/stream${ticket}`, headers);

  test.each(foreign)('is not opened for %s', async (_, headers) => {
    const { 'content-type': _type, ...rest } = headers();
    await expect(open({ ...rest, cookie })).rejects.toThrow(/40[13]|421/);
  });

  test('hears the ticket and not the cookie, and a ticket once', async () => {
    const message = { op: 'subscribe', channel: 'account', account: ALTS } as const;
    const anonymous = await open({ cookie });
    expect(await anonymous.ask(message)).toMatchObject({ error: { code: 'session.required' } });
    anonymous.close();
    const { client } = desk.person('portfolio manager');
    const { body } = await client.post<{ ticket: string }>('/api/v1/stream/ticket', {});
    const stream = await open({ origin: desk.running.address }, `?ticket=${body.ticket}`);
    expect(await stream.ask(message)).toMatchObject({ type: 'ok' });
    stream.close();
    await expect(open({}, `?ticket=${body.ticket}`)).rejects.toThrow('401');
  });
});

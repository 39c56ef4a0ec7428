// Goal: no other way to write an address opens what the plain one keeps shut. How: every address that is not for anyone
// is asked without a session and by another firm's trader in each spelling a server, a proxy or Next might read as the same, and
// with the headers that frameworks have taken for their own word; none is answered, and none ends in an error of ours.
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataHeaders } from '../../host/http/securityHeaders.ts';
import { ALTS } from '../fixtures/desk.ts';
import { routeAudiences } from './doors.ts';
import { RoleDesk } from './roleDesk.ts';

let desk: RoleDesk;

beforeAll(async () => {
  desk = await RoleDesk.open();
});

afterAll(async () => {
  await desk.stop();
});

const closed = Object.entries(routeAudiences).filter(([, audience]) => audience !== 'anyone');

function plainPath(pattern: string): string {
  return pattern
    .replace(':account', String(ALTS))
    .replace(':underlying', 'BTC')
    .replace(':clientId', 'a'.repeat(32))
    .replaceAll(/:\w+/g, '1');
}

const encodeAll = (text: string) =>
  [...text].map((letter) => (letter === '/' ? '/' : `%${letter.charCodeAt(0).toString(16)}`)).join('');

const spellings: readonly [string, (path: string) => string][] = [
  ['a slash behind it', (path) => `${path}/`],
  ['two slashes before it', (path) => `/${path}`],
  ['two slashes in it', (path) => path.replace('/v1/', '/v1//')],
  ['a step back', (path) => path.replace('/v1/', '/v1/x/../')],
  ['a dot', (path) => path.replace('/v1/', '/v1/./')],
  ['an encoded slash', (path) => path.replace('/v1/', '/v1%2f')],
  ['an encoded step back', (path) => path.replace('/v1/', '/v1/x%2f..%2f')],
  ['encoded letters', encodeAll],
  ['letters encoded twice', (path) => encodeAll(path).replaceAll('%', '%25')],
  ['a backslash', (path) => path.replace('/v1/', '/v1\\')],
  ['capitals', (path) => path.toUpperCase()],
  ['a part of Next', (path) => `${path}.rsc`],
  ['data of Next', (path) => `/_next/data/x${path}.json`],
  ['a locale', (path) => `/en${path}`],
  ['a matrix parameter', (path) => `${path};a=b`],
  ['a null byte', (path) => `${path}%00`],
  ['a query of Next', (path) => `${path}?_rsc=1&nextInternalLocale=en`],
];

const wordsOfFrameworks: readonly [string, Record<string, string>][] = [
  ['a part of Next', { rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' }],
  ['a prefetch', { 'next-router-prefetch': '1', purpose: 'prefetch', 'x-middleware-prefetch': '1' }],
  [
    'an inner request',
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  ],
  ['a rewrite', { 'x-original-url': '/api/v1/health', 'x-rewrite-url': '/api/v1/health' }],
  ['another method', { 'x-http-method-override': 'GET', 'x-method-override': 'GET' }],
  [
    'a trusted address',
    { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
  ],
  ['a person', { 'x-user': 'admin', 'x-remote-user': 'admin', authorization: 'Bearer admin' }],
];

/** The raw path, which fetch would tidy first. @returns the error's code, `ok` for an answer, else the status */
function ask(method: string, path: string, headers: Record<string, string>): Promise<string> {
  const { hostname, port } = new URL(desk.running.address);
  const all = { 'content-type': 'application/json', 'x-ballast': '1', ...headers };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers: all, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        expect(response.headers.location).toBeUndefined();
        expect(response.headers['content-security-policy']).toBe(dataHeaders()['content-security-policy']);
        const { error } = JSON.parse(text) as { error?: { code: string } };
        resolve((response.statusCode ?? 0) >= 500 ? String(response.statusCode) : (error?.code ?? 'ok'));
      });
    });
    request.on('error', reject);
    request.end(method === 'POST' ? '{}' : '');
  });
}

/** Nobody, and somebody of another firm, who could also end sessions: that is not asked in the name of anybody. */
function askersOf(method: string): Record<string, string>[] {
  const { cookie } = desk.person('counterparty trader').client;
  return method === 'DELETE' ? [{}] : [{}, { cookie }];
}

/** Asks every closed address as it is written and in another way, and tells where the answers differ. */
async function differences(
  other: (method: string, path: string, headers: Record<string, string>) => Promise<string>,
  mayBeUnknown: boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const [route] of closed) {
    const [method, pattern] = route.split(' ') as [string, string];
    for (const headers of askersOf(method)) {
      const plain = await ask(method, plainPath(pattern), headers);
      const code = await other(method, plainPath(pattern), headers);
      const isSame = code === plain || (mayBeUnknown && code === 'request.unknownRoute');
      if (!isSame) found.push(`${route}: ${plain}, then ${code}`);
    }
  }
  return found;
}

test.each(spellings)('with %s a closed address is answered as it is, or not at all', async (_name, spell) => {
  expect(await differences((method, path, headers) => ask(method, spell(path), headers), true)).toEqual([]);
});

test.each(wordsOfFrameworks)('who says to be %s is answered as without it', async (_name, words) => {
  const asking = (method: string, path: string, headers: Record<string, string>) =>
    ask(method, path, { ...headers, ...words });
  expect(await differences(asking, false)).toEqual([]);
});

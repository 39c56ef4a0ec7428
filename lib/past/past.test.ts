// Goal: nothing leaves a page of the past and nothing live comes to it, whichever pane asks. How: the two doors of the
// page, HTTP and the stream, are loaded under an address with a sequence, over a network and a worker that tell all.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asOfHref, asOfIn } from './asOf.ts';

const asked: string[] = [];
let workers = 0;

beforeEach(() => {
  asked.length = 0;
  workers = 0;
  vi.resetModules();
  vi.stubGlobal('fetch', (path: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve(new Response('{}'));
  });
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        workers += 1;
      }
      postMessage(): void {}
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

function openAt(search: string): void {
  vi.stubGlobal('location', { search, protocol: 'http:', host: 'desk' });
}

const readOnly = { error: { code: 'past.readOnly' } };

test('every question of a page of the past carries its sequence, except who is signed in', async () => {
  openAt('?asOf=7');
  const { getJson, getToday } = await import('../http.ts');
  await getJson('/api/v1/firm');
  await getJson('/api/v1/candles?instrument=0&from=1');
  await getToday('/api/v1/session');
  expect(asked).toEqual([
    'GET /api/v1/firm?asOf=7',
    'GET /api/v1/candles?instrument=0&from=1&asOf=7',
    'GET /api/v1/session',
  ]);
});

test('nothing is sent from a page of the past', async () => {
  openAt('?asOf=7');
  const { deleteJson, postJson } = await import('../http.ts');
  const { requestOperationsPreview, sendCommand } = await import('../connection.ts');
  await expect(postJson('/api/v1/proposals', {})).rejects.toMatchObject(readOnly);
  await expect(deleteJson('/api/v1/session')).rejects.toMatchObject(readOnly);
  await expect(sendCommand('{}', {} as never)).rejects.toMatchObject(readOnly);
  await expect(requestOperationsPreview([])).rejects.toMatchObject(readOnly);
  expect([asked, workers]).toEqual([[], 0]);
});

test('a page of the past opens no stream: what it watches it asks for once, as of then', async () => {
  openAt('?asOf=7');
  const { connect, watch } = await import('../connection.ts');
  connect();
  watch({ kind: 'market', key: 0 })();
  expect([asked, workers]).toEqual([['GET /api/v1/stream/market/0?asOf=7'], 0]);
});

test('a sequence that is none is asked for as it is written, so that the desk refuses it and now is not shown', async () => {
  openAt('?asOf=now');
  const { getJson } = await import('../http.ts');
  await getJson('/api/v1/firm');
  expect(asked).toEqual(['GET /api/v1/firm?asOf=now']);
});

test('a page of now asks as ever and has its stream', async () => {
  openAt('?market=BTC');
  const { getJson } = await import('../http.ts');
  const { connect } = await import('../connection.ts');
  await getJson('/api/v1/firm');
  connect();
  expect([asked, workers]).toEqual([['GET /api/v1/firm'], 1]);
});

test('links of a page of the past lead to the same moment, to now where there is no such page, and of money never unawares', async () => {
  openAt('?asOf=7');
  const { hrefInThePast } = await import('./asOf.ts');
  expect(['/risk', '/trade/BTC-PERP', '/audit', '/settings', '/settlement'].map(hrefInThePast)).toEqual([
    '/risk?asOf=7',
    '/trade/BTC-PERP?asOf=7',
    '/audit',
    '/settings',
    '/settlement?asOf=7',
  ]);
  expect(asOfHref('/desk?asOf=7&x=1', 8)).toBe('/desk?asOf=8&x=1');
  expect(asOfIn('?x=1')).toBeUndefined();
});

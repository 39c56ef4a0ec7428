// Goal: whatever is sent, the answer is a code and a sentence, nothing changes, and the desk goes on. How: one running
// desk without pages; each refusal of the door alone, then thousands of mutilated messages over HTTP and WebSocket.
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AgentKey, DeskClient, DeskStream } from '../lab/deskClient.ts';
import { errors } from '../protocol/errors.ts';
import type { HealthView, MarketsView } from '../protocol/views/health.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';
import { deskRoutes } from './deskServer.ts';
import { buckets, limits } from './limits.ts';

/** Mutilated messages per transport; the long form of the fuzz asks for more. */
const FUZZ_COUNT = Number(process.env.BALLAST_FUZZ_COUNT ?? 2_000);

const mnemonic = 'test test test test test test test test test test test junk';
const trader = mnemonicToAccount(mnemonic, { addressIndex: 1 });

let dir: string;
let running: RunningDesk;
let client: DeskClient;
let desk: MarketsView;
let key: AgentKey;
const fatals: string[] = [];

async function open(env: Record<string, string> = {}): Promise<RunningDesk> {
  const quiet = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_CHAIN: 'off',
  };
  return await boot(readConfig(['--pace', 'paused'], { ...quiet, ...env }), (sentence) =>
    fatals.push(sentence),
  );
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-door-'));
  running = await open();
  client = new DeskClient(running.address);
  desk = (await client.get<MarketsView>('/api/v1/markets')).body;
  await client.signIn(trader);
  key = await client.approveAgent(trader, []);
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
  expect(fatals).toEqual([]);
});

/** A request with headers that fetch would not send. */
function raw(
  method: string,
  pathname: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): Promise<{ status: number; code: string | undefined; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(running.address);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path: pathname, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }) : {};
          resolve({ status: response.statusCode ?? 0, code: parsed.error?.code, headers: response.headers });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const json = { 'content-type': 'application/json' };

test('a host name that is not ours is refused before anything else', async () => {
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost:3000:1']) {
    expect(await raw('GET', '/api/v1/health', { host })).toMatchObject({
      status: 421,
      code: 'request.hostNotAllowed',
    });
  }
  for (const host of ['localhost', '127.0.0.1:80', '[::1]:3000', 'LOCALHOST']) {
    expect((await raw('GET', '/api/v1/health', { host })).status).toBe(200);
  }
});

test('every address refuses a page of another origin', async () => {
  const foreign: Record<string, string>[] = [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: running.address.replace(/:[0-9]+$/, ':1') },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const { method, path: pattern } of deskRoutes(running.desk)) {
    const pathname = pattern.replace(/:\w+/g, '1');
    for (const headers of foreign) {
      const { status, code } = await raw(
        method,
        pathname,
        { ...json, ...headers },
        method === 'POST' ? '{}' : '',
      );
      expect([method, pathname, status, code]).toEqual([method, pathname, 403, 'request.originNotAllowed']);
    }
  }
});

test('a mutation of a browser carries our own header, and JSON', async () => {
  const own = { ...json, origin: running.address, 'sec-fetch-site': 'same-origin' };
  expect((await raw('POST', '/api/v1/session/nonce', own, '{}')).code).toBe('request.originNotAllowed');
  expect((await raw('POST', '/api/v1/session/nonce', { ...own, 'x-ballast': '1' }, '{}')).status).toBe(200);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    expect((await raw('POST', '/api/v1/session/nonce', { 'content-type': type }, '{}')).code).toBe(
      'request.malformed',
    );
  }
});

test('an address that does not exist, or not with that method', async () => {
  for (const pathname of [
    '/api',
    '/api/',
    '/api/v1',
    '/api/v2/health',
    '/api/v1/health/',
    '/api/v1/../x',
    '/',
  ]) {
    expect(await raw('GET', pathname)).toMatchObject({ status: 404, code: 'request.unknownRoute' });
  }
  expect(await raw('PUT', '/api/v1/session', json, '{}')).toMatchObject({
    status: 405,
    code: 'request.methodNotAllowed',
  });
});

test('a body that is too large, compressed, not UTF-8 or not JSON', async () => {
  const path1 = '/api/v1/commands';
  const large = JSON.stringify({ text: 'x'.repeat(limits.http.bodyBytesMax) });
  expect(await raw('POST', path1, json, large)).toMatchObject({ status: 413, code: 'request.tooLarge' });
  expect((await raw('POST', path1, { ...json, 'content-encoding': 'gzip' }, '{}')).code).toBe(
    'request.malformed',
  );
  expect((await raw('POST', path1, json, Buffer.from([0x22, 0xff, 0xfe, 0x22]))).code).toBe(
    'request.malformed',
  );
  expect((await raw('POST', path1, json, '{')).code).toBe('request.malformed');
});

test('bytes that are not HTTP do not get far', async () => {
  const { hostname, port } = new URL(running.address);
  const socket = connect(Number(port), hostname);
  const answer = await new Promise<string>((resolve) => {
    socket.on('data', (bytes) => resolve(bytes.toString('latin1')));
    socket.write('\x16\x03\x01 hello\r\n\r\n');
  });
  expect(answer).toMatch(/^HTTP\/1.1 400/);
});

test('no answer of the API may be framed, sniffed, cached or read by another site', async () => {
  const { headers } = await raw('GET', '/api/v1/health');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  expect(headers['x-powered-by']).toBeUndefined();
});

test('an upgrade of another origin, host or address is refused', async () => {
  const url = running.address.replace('http', 'ws');
  await expect(DeskStream.open(`${url}/api/v1/stream`, { origin: 'http://evil.example' })).rejects.toThrow(
    '403',
  );
  await expect(DeskStream.open(`${url}/api/v1/stream`, { host: 'evil.example' })).rejects.toThrow('421');
  await expect(DeskStream.open(`${url}/api/v1/streams`)).rejects.toThrow('404');
  await expect(DeskStream.open(`${url}/api/v1/stream?ticket=abc`)).rejects.toThrow('401');
});

test('a channel that does not exist', async () => {
  const stream = await client.openStream();
  const subscribe = { op: 'subscribe', channel: 'market', instrument: 9_999 } as const;
  expect(await stream.ask(subscribe)).toMatchObject({ error: { code: 'request.subscriptionUnknown' } });
  stream.close();
});

test('a message over the limit ends the socket', async () => {
  const stream = await client.openStream();
  stream.sendText(`"${'x'.repeat(limits.stream.messageBytesMax)}"`);
  expect(await stream.closed).toBe(1_009);
});

test('names that look like ours, and numbers that are none, change nothing', async () => {
  const { instrument } = desk.markets[0]!;
  for (const name of ['BTC-PERP ', 'ВTC-PERP', 'btc-perp', '__proto__', 'constructor', '']) {
    const { status } = await raw('GET', `/api/v1/candles?instrument=${encodeURIComponent(name)}`);
    expect(status).toBe(404);
  }
  for (const query of [
    'interval=7m',
    'from=-1',
    'to=1e3',
    'from=99999999999999999999',
    'interval=__proto__',
  ]) {
    expect((await raw('GET', `/api/v1/candles?instrument=${instrument}&${query}`)).code).toBe(
      'request.malformed',
    );
  }
  expect((await raw('GET', `/api/v1/candles?instrument=${instrument}&interval=5m`)).status).toBe(200);
});

/** Text that once was right: cut, doubled, with bytes changed or values put in place of others. */
function mutilated(text: string): fc.Arbitrary<string> {
  const values = fc.constantFrom(
    'null',
    '-0',
    '1e400',
    '-1',
    '0.1',
    '""',
    '[]',
    '{}',
    'true',
    '"\\ud800"',
    '99999999999999999999',
    '"__proto__"',
    '[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]',
    '{"__proto__":1}',
  );
  return fc.oneof(
    fc.nat(text.length).map((end) => text.slice(0, end)),
    fc.tuple(fc.nat(text.length), fc.string({ unit: 'binary', maxLength: 8 })).map(([at, piece]) => {
      return text.slice(0, at) + piece + text.slice(at + piece.length);
    }),
    fc.tuple(fc.nat(20), values).map(([skip, value]) => {
      let seen = 0;
      return text.replace(/:("(?:[^"\\]|\\.)*"|[0-9]+|true|false)/g, (whole) =>
        seen++ === skip ? `:${value}` : whole,
      );
    }),
    fc.nat(10).map((skip) => {
      let seen = 0;
      return text.replace(/("\w+":)/g, (whole) => (seen++ === skip ? `${whole}1,${whole}` : whole));
    }),
    values,
    fc.json(),
  );
}

function examples(): { path: string; text: string }[] {
  const operations = [
    {
      type: 'PlaceOrder',
      order: { account: 8, instrument: 'BTC-PERP', side: 'buy', type: 'limit', size: '0.01', price: '60000' },
    },
  ] as const;
  return [
    { path: '/api/v1/commands', text: JSON.stringify(client.envelope(desk, key, [...operations])) },
    { path: '/api/v1/session', text: JSON.stringify({ message: 'a\nb', signature: `0x${'1'.repeat(130)}` }) },
    {
      path: '/api/v1/agents',
      text: JSON.stringify({
        member: trader.address,
        scheme: 'ed25519',
        publicKey: 'ab'.repeat(32),
        accounts: [8],
        expiresAtMs: 1_900_000_000_000,
        nonce: 1_800_000_000_000,
        signature: `0x${'11'.repeat(65)}`,
      }),
    },
    { path: '/api/v1/sandbox/faucet', text: JSON.stringify({ account: 9, asset: 'XRP', amount: '1' }) },
  ];
}

test('mutilated bodies get a documented refusal, never a 5xx', async () => {
  const counts = new Map<number, number>();
  for (const { path: pathname, text } of examples()) {
    const samples = fc.sample(mutilated(text), { numRuns: Math.ceil(FUZZ_COUNT / 4), seed: 20_261_121 });
    const check = async (text: string) => {
      const { status, body } = await client.postText(pathname, text);
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status === 200) return;
      expect(status, text).toBeLessThan(500);
      expect(body.error?.code, text).toBeOneOf(Object.keys(errors));
    };
    for (let at = 0; at < samples.length; at += 25) await Promise.all(samples.slice(at, at + 25).map(check));
  }
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(FUZZ_COUNT);
});

test('mutilated messages on a socket get an error and leave it open', async () => {
  const stream = await client.openStream();
  const [command] = examples();
  const texts = [
    JSON.stringify({ op: 'subscribe', id: 1_000_001, channel: 'market', instrument: 0, resumeSeq: 5 }),
    JSON.stringify({ op: 'command', id: 1_000_002, envelope: JSON.parse(command!.text) as unknown }),
    JSON.stringify({
      op: 'preview',
      id: 1_000_003,
      draft: { account: 8, instrument: 'BTC-PERP', side: 'buy', size: '1' },
    }),
    JSON.stringify({
      op: 'largestOrder',
      id: 1_000_004,
      order: {
        type: 'PlaceOrder',
        order: { account: 8, instrument: 'BTC-PERP', side: 'buy', type: 'market' },
      },
      lotsMax: 100,
    }),
  ];
  let errorsSeen = 0;
  stream.onMessage((message) => {
    if (message.type === 'error') errorsSeen += 1;
  });
  for (const text of texts) {
    const samples = fc.sample(mutilated(text), {
      numRuns: Math.ceil(FUZZ_COUNT / texts.length),
      seed: 20_261_121,
    });
    for (const [index, sample] of samples.entries()) {
      stream.sendText(sample);
      // Everything sent so far is answered before the pong.
      if (index % 100 === 99) expect(await stream.ask({ op: 'ping' })).toMatchObject({ type: 'pong' });
    }
  }
  expect(await stream.ask({ op: 'ping' })).toMatchObject({ type: 'pong' });
  expect(errorsSeen).toBeGreaterThan(FUZZ_COUNT / 2);
  stream.close();
});

test('after all of it the desk is well and both engines agree', async () => {
  const { status, body } = await client.get<HealthView>('/api/v1/health');
  expect([status, body.status]).toEqual([200, 'ok']);
});

test('P9: limits hold when loopback is not exempt, and cancels have their own lane', async () => {
  await running.stop();
  running = await open({ BALLAST_LIMITS: 'on' });
  client = new DeskClient(running.address);
  await client.signIn(trader);
  key = await client.approveAgent(trader, []);
  const stream = await client.openStream();
  const sendOrder = () => {
    const order = {
      account: 8,
      instrument: 'BTC-PERP',
      side: 'buy',
      type: 'limit',
      size: '1',
      price: '1',
    } as const;
    return stream.ask({
      op: 'command',
      envelope: client.envelope(desk, key, [{ type: 'PlaceOrder', order }]),
    });
  };
  const answers = await Promise.all(Array.from({ length: buckets.orders.capacity + 20 }, sendOrder));
  expect(answers.filter(({ type }) => type === 'error').length).toBeGreaterThan(0);
  expect(answers.find(({ type }) => type === 'error')).toMatchObject({ error: { code: 'request.tooMany' } });
  const cancel = client.envelope(desk, key, [{ type: 'CancelAll', account: 8 }]);
  expect(await stream.ask({ op: 'command', envelope: cancel })).toMatchObject({ type: 'answer' });
  const pings = Array.from({ length: buckets.requests.capacity + 200 }, () => stream.ask({ op: 'ping' }));
  const refused = (await Promise.all(pings)).filter(({ type }) => type === 'error');
  expect(refused[0]).toMatchObject({ error: { code: 'request.tooMany' } });
  stream.close();
});

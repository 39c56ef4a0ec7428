// The client's side of the ack bench, in a process of its own so that it does not share the desk's thread: asks one
// after the other and prints the round trips of each kind in microseconds.
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { AckDesk } from './ackDesk.ts';

const desk = JSON.parse(process.argv[2] ?? '{}') as Omit<AckDesk, 'stop'> & {
  /** On the disk that the desk's journal is on. */
  dir: string;
  count: number;
  echoPath: string;
};
/** Not counted, of each kind: a desk has answered all day, its doors and its engine are compiled. */
const WARM_UP = 3_000;
/** Kinds take turns in blocks of so many, so that what else the machine does meets all of them. */
const BLOCK = 100;
let nonce = Date.now();
let clientNumber = 0;

/** An order far below the market and its cancel, in turn: the book does not grow. */
function envelope(index: number): object {
  if (index % 2 === 0) clientNumber += 1;
  const { account, chainId, vault, agent } = desk;
  const clientId = clientNumber.toString(16).padStart(32, '0');
  const order = {
    account,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '0.01',
    price: '59000',
    clientId,
  };
  const operation =
    index % 2 === 0 ? { type: 'PlaceOrder', order } : { type: 'CancelByClientId', account, clientId };
  nonce += 1;
  const text = JSON.stringify({ domain: 'Ballast', chainId, vault, nonce, operations: [operation] });
  return { text, agent, signature: '0'.repeat(128) };
}

/** One kind of round trip, and how its answers are told from refusals. */
interface Kind {
  ask(index: number): Promise<string>;
  isRight(answer: string): boolean;
  readonly elapsedUs: number[];
}

function kindOf(ask: Kind['ask'], isRight: Kind['isRight']): Kind {
  return { ask, isRight, elapsedUs: [] };
}

async function askBlock({ ask, isRight, elapsedUs }: Kind): Promise<void> {
  for (let index = 0; index < BLOCK; index++) {
    const start = process.hrtime.bigint();
    const answer = await ask(index);
    elapsedUs.push(Number(process.hrtime.bigint() - start) / 1_000);
    if (!isRight(answer)) throw new Error(`not the answer that was expected: ${answer}`);
  }
}

async function measure(kinds: readonly Kind[]): Promise<void> {
  for (let done = 0; done < WARM_UP + desk.count; done += BLOCK) {
    for (const kind of kinds) {
      if (done === WARM_UP) kind.elapsedUs.length = 0;
      await askBlock(kind);
    }
  }
  for (const { elapsedUs } of kinds) elapsedUs.sort((a, b) => a - b);
}

/** What no durable answer can be quicker than: a record's bytes over zeros that are there, and their sync. */
function syncing(): Kind & { close(): void } {
  const record = new Uint8Array(512);
  const descriptor = openSync(path.join(desk.dir, 'bare'), 'w');
  writeSync(descriptor, new Uint8Array(BLOCK * record.length));
  fsyncSync(descriptor);
  const ask = (index: number): Promise<string> => {
    record.fill(index % 251);
    writeSync(descriptor, record, 0, record.length, (index % BLOCK) * record.length);
    fdatasyncSync(descriptor);
    return Promise.resolve('');
  };
  return { ...kindOf(ask, () => true), close: () => closeSync(descriptor) };
}

const keptAlive = new Agent({ keepAlive: true, maxSockets: 1 });

function post(path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { host: '127.0.0.1', port: desk.port, path, method: 'POST', headers, agent: keptAlive },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve(text));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function socketTo(url: string): Promise<(message: object) => Promise<string>> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let settle: (text: string) => void = () => {};
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('message', (bytes) => {
    const text = String(bytes);
    if (!text.startsWith('{"type":"hello"')) settle(text);
  });
  return (message) =>
    new Promise((resolve) => {
      settle = resolve;
      socket.send(JSON.stringify(message));
    });
}

const isDone = (answer: string) => /"status":"(resting|cancelled)"/.test(answer);
const isEcho = (answer: string) => answer.includes('"agent"');
const toDesk = await socketTo(`ws://127.0.0.1:${desk.port}/api/v1/stream`);
const toEcho = await socketTo(`ws://127.0.0.1:${desk.echoSocketPort}`);
const asCommand = (index: number) => ({ op: 'command', id: index, envelope: envelope(index) });

const http = {
  echo: kindOf((index) => post(desk.echoPath, JSON.stringify(envelope(index))), isEcho),
  order: kindOf((index) => post('/api/v1/commands', JSON.stringify(envelope(index))), isDone),
};
const socket = {
  echo: kindOf((index) => toEcho(asCommand(index)), isEcho),
  order: kindOf((index) => toDesk(asCommand(index)), isDone),
};
const sync = syncing();
await measure([http.echo, http.order, socket.echo, socket.order, sync]);
sync.close();
const elapsed = ({ echo, order }: typeof http) => ({ echo: echo.elapsedUs, order: order.elapsedUs });
process.stdout.write(JSON.stringify({ http: elapsed(http), socket: elapsed(socket), sync: sync.elapsedUs }));
process.exit(0);

// The client's side of the ack bench, in a process of its own so that it does not share the desk's thread: asks one
// after the other and prints the round trips of each kind in microseconds.
import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import type { AckDesk } from './ackDesk.ts';

const desk = JSON.parse(process.argv[2] ?? '{}') as Omit<AckDesk, 'stop'> & {
  count: number;
  echoPath: string;
};
const WARM_UP = 300;
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

async function measure(
  ask: (index: number) => Promise<string>,
  isRight: (answer: string) => boolean,
): Promise<number[]> {
  const elapsedUs: number[] = [];
  for (let index = -WARM_UP; index < desk.count; index++) {
    const start = process.hrtime.bigint();
    const answer = await ask(index + WARM_UP);
    const us = Number(process.hrtime.bigint() - start) / 1_000;
    if (!isRight(answer)) throw new Error(`not the answer that was expected: ${answer}`);
    if (index >= 0) elapsedUs.push(us);
  }
  return elapsedUs.sort((a, b) => a - b);
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
  echo: await measure((index) => post(desk.echoPath, JSON.stringify(envelope(index))), isEcho),
  order: await measure((index) => post('/api/v1/commands', JSON.stringify(envelope(index))), isDone),
};
const socket = {
  echo: await measure((index) => toEcho(asCommand(index)), isEcho),
  order: await measure((index) => toDesk(asCommand(index)), isDone),
};
process.stdout.write(JSON.stringify({ http, socket }));
process.exit(0);

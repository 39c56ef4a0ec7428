import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleApi } from './apiHandler.ts';
import { createHttpServer, listen } from './httpServer.ts';
import type { Route } from './routes.ts';

const broken: Route = {
  method: 'GET',
  path: '/api/v1/broken',
  handle: () => {
    throw new Error('a secret beside /keys/desk');
  },
};

let server: Server;
let port: number;

beforeAll(async () => {
  const api = {
    routes: [broken],
    matchAsOf: () => ({ otherMethods: false }),
    findSession: () => undefined,
    take: () => true,
    audit: { note: () => {}, refused: () => {} },
  };
  server = createHttpServer({
    hostNames: ['127.0.0.1'],
    api: (request, response) => handleApi(api, request, response),
    page: () => Promise.reject(new Error('a page that breaks')),
    stream: (_request, socket) => socket.destroy(),
    otherUpgrade: (_request, socket) => socket.destroy(),
  });
  port = await listen(server, '127.0.0.1', 0);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends bytes as they are, and reads until the other side is done. */
function say(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part;
    });
    socket.on('end', () => resolve(heard));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

test('an error of ours is answered with a code and a sentence, and tells nothing of the inside', async () => {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/broken`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'outcome.unknown' } });
  expect(text).not.toMatch(/secret|\/keys|Error|\.ts/);
});

test('a page that breaks closes its connection and leaves the desk as it was', async () => {
  await expect(fetch(`http://127.0.0.1:${port}/trade`)).rejects.toThrow();
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/broken`)).status).toBe(500);
});

test('a message with two lengths is not read: nobody can hide a second one in it', async () => {
  const hidden = 'GET /api/v1/broken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const answer = await say(
    `POST /api/v1/broken HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${hidden.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

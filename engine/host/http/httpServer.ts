import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorView } from '../../protocol/errors.ts';
import { limits } from '../limits.ts';
import { logError } from '../log.ts';
import { pathOf } from './apiHandler.ts';
import { refuseHost, refuseOrigin } from './guards.ts';
import { refuse, sendReply, statusOf } from './reply.ts';

export interface HttpPorts {
  readonly hostNames: readonly string[];
  api(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Pages, when this desk serves any. */
  page(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Our own WebSocket, after host and origin were checked. */
  stream(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Upgrades that are not ours, such as the development server's. */
  otherUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export const STREAM_PATH = '/api/v1/stream';

/** The one port: the engine's paths are answered here, the rest is pages. */
export function createHttpServer(ports: HttpPorts): Server {
  const server = createServer({
    headersTimeout: limits.http.headersTimeoutMs,
    requestTimeout: limits.http.requestTimeoutMs,
    keepAliveTimeout: limits.http.keepAliveMs,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = limits.http.connectionsMax;
  server.on('request', (request, response) => {
    void answer(ports, request, response).catch((error: unknown) => {
      logError(`${request.method} ${pathOf(request)} failed.`, error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => upgrade(ports, request, socket, head));
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  return server;
}

async function answer(ports: HttpPorts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const code = refuseHost(request.headers, ports.hostNames);
  if (code !== undefined) return sendReply(response, refuse(code));
  const path = pathOf(request);
  if (path === '/api' || path.startsWith('/api/')) return await ports.api(request, response);
  await ports.page(request, response);
}

function upgrade(ports: HttpPorts, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  const code = refuseHost(request.headers, ports.hostNames) ?? refuseOrigin(request.headers);
  if (code !== undefined) return refuseUpgrade(socket, code);
  const path = pathOf(request);
  if (path === STREAM_PATH) ports.stream(request, socket, head);
  else if (path.startsWith('/api/')) refuseUpgrade(socket, 'request.unknownRoute');
  else ports.otherUpgrade(request, socket, head);
}

/** An HTTP answer on a socket that wanted to be a WebSocket. */
export function refuseUpgrade(socket: Duplex, code: Parameters<typeof statusOf>[0]): void {
  const body = JSON.stringify({ error: errorView(code) });
  const head = `HTTP/1.1 ${statusOf(code)} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** The port cannot be had; the sentence says why and what to do. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** @fails PortError */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        new PortError(
          isTaken
            ? `Port ${port} on ${host} is taken by another program. Stop it, or choose another: PORT=3001 npm start.`
            : `The desk cannot listen on ${host} port ${port}: ${error.message}`,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

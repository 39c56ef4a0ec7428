import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Gateway } from '../../host/gateway.ts';
import { handleApi } from '../../host/http/apiHandler.ts';
import { createHttpServer, listen } from '../../host/http/httpServer.ts';
import { ok } from '../../host/http/reply.ts';
import type { Route } from '../../host/http/routes.ts';
import { limits } from '../../host/limits.ts';
import { tradingRoutes } from '../../host/routes/trading.ts';
import { OnceTokens } from '../../host/sessions/onceTokens.ts';
import { SessionStore } from '../../host/sessions/sessionStore.ts';
import type { MarketFeeds } from '../../host/streams/marketFeeds.ts';
import { StreamServer } from '../../host/streams/streamServer.ts';
import { CallError } from '../../host/threads/pendingCalls.ts';
import { openDoor } from './door.ts';

/** A desk's door and engine, and next to it routes that only echo. */
export interface AckDesk {
  readonly port: number;
  readonly echoSocketPort: number;
  readonly chainId: number;
  readonly vault: string;
  readonly agent: string;
  readonly account: number;
  stop(): Promise<void>;
}

export const ECHO_PATH = '/api/v1/echo';

/**
 * Opens the real gateway, HTTP server, stream and engine thread; only the signature is taken on trust, because
 * the figure asked for is the one without it.
 *
 * @param dir an empty folder on the disk to measure
 */
export async function openAckDesk(dir: string): Promise<AckDesk> {
  const door = await openDoor(dir, { isProven: () => Promise.resolve(true) });
  const { gateway, feeds, chainId, vault, agent, account } = door;
  const streams = openStreams(feeds, gateway);
  const server = openServer(gateway, streams);
  const echo = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  echo.on('connection', (socket) => {
    socket.on('message', (bytes) => socket.send(JSON.stringify(JSON.parse(String(bytes)))));
  });
  return {
    port: await listen(server, '127.0.0.1', 0),
    echoSocketPort: (echo.address() as { port: number }).port,
    ...{ chainId, vault, agent, account },
    stop: async () => {
      streams.stop();
      echo.close();
      server.close();
      server.closeAllConnections();
      await door.stop();
    },
  };
}

function openStreams(feeds: MarketFeeds, gateway: Gateway): StreamServer {
  const refuse = () => {
    throw new CallError('session.required');
  };
  return new StreamServer({
    markets: feeds,
    build: 'bench',
    isPaused: true,
    nowMs: Date.now,
    take: () => true,
    isLoopbackExempt: () => true,
    maySee: () => false,
    isRevoked: () => false,
    accountFeed: refuse,
    refreshViews: () => {},
    submitSigned: (envelope, { ipAddress }) => gateway.submitSigned(envelope, ipAddress),
    previews: { preview: refuse, largestOrder: refuse },
  });
}

function openServer(gateway: Gateway, streams: StreamServer): Server {
  const sessions = new SessionStore(Date.now);
  const echo: Route = { method: 'POST', path: ECHO_PATH, handle: ({ text }) => ok(JSON.parse(text)) };
  const trading = tradingRoutes({
    gateway,
    tickets: new OnceTokens<string>(Date.now, limits.session.ticketLifeMs, 1),
    maySee: () => false,
    keys: () => Promise.resolve({ keys: [] }),
    orderByClientId: () => Promise.resolve(undefined),
    outcomesOf: () => Promise.resolve([]),
  });
  const api = {
    routes: [...trading, echo],
    matchAsOf: () => ({ otherMethods: false }),
    findSession: (secret: string) => sessions.find(secret),
    take: () => true,
    audit: { note: () => {}, refused: () => {} },
  };
  return createHttpServer({
    hostNames: ['127.0.0.1'],
    api: (request, response) => handleApi(api, request, response),
    page: () => Promise.resolve(),
    stream: (request, socket, head) => streams.accept(request, socket, head, undefined, '127.0.0.1'),
    otherUpgrade: (_request, socket) => socket.destroy(),
  });
}

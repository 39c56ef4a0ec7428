import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from './config.ts';
import { refuse, sendReply } from './http/reply.ts';
import { headersOf, newNonce } from './http/securityHeaders.ts';

/** The Next.js app behind our own server: pages and assets, and in development its own WebSocket. */
export interface Pages {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** For a desk without pages: every address but the engine's own is unknown. */
export const noPages: Pages = {
  serve: async (_request, response) => sendReply(response, refuse('request.unknownRoute')),
  upgrade: (_request, socket) => socket.destroy(),
  close: async () => {},
};

/** Prepares Next in this process. Takes a second, so requests before that wait for it. */
export function openPages({ isDevelopment, host, port }: Config): Pages {
  const opened = open(isDevelopment, host, port);
  // Told to whoever asks for a page; the engine does not depend on it.
  opened.catch(() => {});
  return {
    serve: async (request, response) => {
      // Pages are read; the development server also talks to its own addresses.
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      if (!isRead && !isDevelopment) return sendReply(response, refuse('request.methodNotAllowed'));
      // A header Next once took for its own word.
      delete request.headers['x-middleware-subrequest'];
      const nonce = newNonce();
      const headers = headersOf(request.url ?? '/', nonce, isDevelopment);
      // Next reads the nonce for its own scripts from the policy on the request.
      request.headers['content-security-policy'] = String(headers['content-security-policy']);
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined) response.setHeader(name, value);
      const { handle } = await opened;
      await handle(request, response);
    },
    upgrade: (request, socket, head) => {
      opened.then(({ upgrade }) => upgrade(request, socket, head)).catch(() => socket.destroy());
    },
    close: async () => {
      const { close } = await opened;
      await close();
    },
  };
}

async function open(isDevelopment: boolean, hostname: string, port: number) {
  // Loaded only by a desk that serves pages: it costs a quarter of a second and 80 MB.
  const { default: next } = await import('next');
  const app = next({ dev: isDevelopment, dir: process.cwd(), customServer: true, hostname, port });
  await app.prepare();
  return { handle: app.getRequestHandler(), upgrade: app.getUpgradeHandler(), close: () => app.close() };
}

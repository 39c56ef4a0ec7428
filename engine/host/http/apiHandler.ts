import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorView } from '../../protocol/errors.ts';
import type { Lane } from '../limits.ts';
import { logError } from '../log.ts';
import { secretIn } from '../sessions/sessionCookie.ts';
import type { Session } from '../sessions/sessionStore.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { refuseMutation, refuseOrigin } from './guards.ts';
import { readBody } from './readBody.ts';
import { type Reply, refuse, sendReply } from './reply.ts';
import { matchRoute, type Route } from './routes.ts';

export interface ApiPorts {
  readonly routes: readonly Route[];
  findSession(secret: string): Session | undefined;
  take(lane: Lane, address: string): boolean;
}

/** Answers everything under /api. Whatever is sent, the answer is a code and a sentence. */
export async function handleApi(
  ports: ApiPorts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let reply: Reply;
  try {
    reply = await replyTo(ports, request);
  } catch (error) {
    if (error instanceof CallError) reply = refuse(error.error);
    else {
      logError(`${request.method} ${pathOf(request)} failed.`, error);
      reply = { status: 500, body: { error: errorView('outcome.unknown') } };
    }
  }
  // What is left of a body that was not read is not worth keeping the connection for.
  if (!request.complete) response.setHeader('connection', 'close');
  sendReply(response, reply);
}

async function replyTo(ports: ApiPorts, request: IncomingMessage): Promise<Reply> {
  const { headers, method = 'GET' } = request;
  const address = request.socket.remoteAddress ?? '';
  const url = new URL(request.url ?? '/', 'http://desk');
  const match = matchRoute(ports.routes, method, url.pathname);
  if ('otherMethods' in match)
    return refuse(match.otherMethods ? 'request.methodNotAllowed' : 'request.unknownRoute');
  const { route, params } = match;
  const foreign = refuseOrigin(headers);
  if (foreign !== undefined) return refuse(foreign);
  if (route.lane !== undefined && !ports.take(route.lane, address)) return refuse('request.tooMany');
  let text = '';
  if (route.method !== 'GET') {
    const code = route.takesAnyBody ? undefined : refuseMutation(headers, route.method === 'POST');
    if (code !== undefined) return refuse(code);
    const body = await readBody(request);
    if ('code' in body) return refuse(body.code);
    text = body.text;
  }
  const secret = secretIn(headers.cookie);
  const session = secret === undefined ? undefined : ports.findSession(secret);
  return await route.handle({ params, query: url.searchParams, text, headers, session, address });
}

/** The path alone: a query may hold a ticket. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

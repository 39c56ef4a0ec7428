import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorView, errorView } from '../../protocol/errors.ts';
import type { Audit } from '../audit.ts';
import type { Lane } from '../limits.ts';
import { logError } from '../log.ts';
import type { Session } from '../sessions/session.ts';
import { secretIn } from '../sessions/sessionCookie.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { refuseMutation, refuseOrigin } from './guards.ts';
import { readBody } from './readBody.ts';
import { type Reply, refuse, sendReply } from './reply.ts';
import { type Match, matchRoute, type Route, type RouteRequest } from './routes.ts';

export interface ApiPorts {
  readonly routes: readonly Route[];
  /** What answers of the desk as it was, whatever the method and path. */
  matchAsOf(asOf: string, method: string, path: string): Match;
  findSession(secret: string): Session | undefined;
  take(lane: Lane, address: string): boolean;
  readonly audit: Pick<Audit, 'note' | 'refused'>;
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
  const asOf = url.searchParams.get('asOf');
  const match =
    asOf === null
      ? matchRoute(ports.routes, method, url.pathname)
      : ports.matchAsOf(asOf, method, url.pathname);
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
  const wanted = { params, query: url.searchParams, text, headers, session, address };
  return route.method === 'GET' || route.takesAnyBody || route.isQuestion
    ? await route.handle(wanted)
    : await recorded(ports.audit, route, wanted);
}

/** What was to change something and did not get as far as the journal is written down here. */
async function recorded(audit: ApiPorts['audit'], route: Route, request: RouteRequest): Promise<Reply> {
  const origin = { session: request.session, ipAddress: request.address };
  const signature = /"signature"\s*:\s*"([^"]{1,16386})"/.exec(request.text)?.[1];
  if (signature !== undefined) audit.note(signature, origin);
  const reply = await replyOf(route, request);
  const { error } = (reply.body ?? {}) as { error?: ErrorView };
  if (error !== undefined && !reply.isRecorded)
    audit.refused(`${route.method} ${route.path}`, origin, error.code, request.params);
  return reply;
}

async function replyOf(route: Route, request: RouteRequest): Promise<Reply> {
  try {
    return await route.handle(request);
  } catch (error) {
    if (error instanceof CallError) return refuse(error.error);
    throw error;
  }
}

/** The path alone: a query may hold a ticket. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { type ErrorCode, type ErrorView, errors, errorView } from '../../protocol/errors.ts';
import { dataHeaders } from './securityHeaders.ts';

/** What a route answers with. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent piece by piece in place of the body: what is too long to hold at once. */
  readonly pieces?: AsyncIterable<string>;
  /** Its record is made elsewhere: an engine's refusal by the journal, a sign-in's by its own. */
  readonly isRecorded?: boolean;
}

export function ok(body: unknown, headers?: OutgoingHttpHeaders): Reply {
  return headers === undefined ? { status: 200, body } : { status: 200, body, headers };
}

export function refuse(error: ErrorView | ErrorCode): Reply {
  const view = typeof error === 'string' ? errorView(error) : error;
  return { status: statusOf(view.code), body: { error: view } };
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  'request.tooLarge': 413,
  'request.tooMany': 429,
  'request.unknownRoute': 404,
  'request.methodNotAllowed': 405,
  'request.hostNotAllowed': 421,
  'request.originNotAllowed': 403,
  'request.tooManySubscriptions': 429,
  'session.required': 401,
  'session.nonceInvalid': 401,
  'session.messageInvalid': 401,
  'session.signatureInvalid': 401,
  'session.notMember': 403,
  'session.unknown': 404,
  'session.cookieNotKept': 401,
  'signature.invalid': 401,
  'signature.notBinding': 401,
  'actor.unknown': 401,
  'actor.outOfScope': 403,
  'actor.notPermitted': 403,
  'past.unknown': 404,
  'past.pruned': 404,
  'past.notShown': 404,
  'past.readOnly': 405,
  'past.busy': 503,
  'past.tooFar': 503,
  'account.unknown': 404,
  'instrument.unknown': 404,
  // The one answer that says neither yes nor no.
  'outcome.unknown': 504,
  'outcome.notFound': 404,
};

/** 4xx says what was wrong with the request, 503 that the desk cannot take any now. */
export function statusOf(code: ErrorCode): number {
  const status = STATUSES[code];
  if (status !== undefined) return status;
  const [number] = errors[code];
  if (number >= 900) return 503;
  return number >= 100 ? 422 : 400;
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  if (reply.pieces !== undefined) return sendPieces(response, reply.status, reply.pieces, reply.headers);
  const isText = typeof reply.body === 'string';
  const text = reply.body === undefined ? '' : isText ? (reply.body as string) : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...dataHeaders(),
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...reply.headers,
  });
  response.end(text);
}

/** At the client's own pace. One that breaks off in the middle leaves a file without its end, which shows. */
function sendPieces(
  response: ServerResponse,
  status: number,
  pieces: AsyncIterable<string>,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { ...dataHeaders(), ...headers });
  const source = Readable.from(pieces);
  pipeline(source, response, (error) => {
    if (error) response.destroy();
  });
}

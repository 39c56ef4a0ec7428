import type { ErrorView } from '../engine/protocol/errors.ts';
import { pageError } from '../engine/protocol/pageErrors.ts';
import { asOfPath, isPast } from './past/asOf.ts';

/** A request that was answered with a refusal, or was not answered. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly error: ErrorView;

  constructor(error: ErrorView) {
    super(error.message);
    this.error = error;
  }
}

/** How the desk writes a code: "room.whatIsWrong". */
const CODE = /^[a-z]+\.[a-z][A-Za-z]*$/;

/** The desk's own header: a form of another site cannot send it. */
const headers = { 'content-type': 'application/json', 'x-ballast': '1' };

/** As of where the page stands: on a page of the past every question carries its sequence. */
export function getJson<T>(path: string): Promise<T> {
  return getToday<T>(asOfPath(path));
}

/** As it is now on every page: who somebody is does not go back with them. */
export async function getToday<T>(path: string): Promise<T> {
  return read<T>(await reach(path, { headers, cache: 'no-store' }));
}

/** @fails past.readOnly on a page of the past: nothing leaves it */
export async function postJson<T>(path: string, body: unknown): Promise<T> {
  if (isPast) throw new RequestError(pageError('past.readOnly'));
  return read<T>(await reach(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** @fails past.readOnly on a page of the past */
export async function deleteJson<T>(path: string): Promise<T> {
  if (isPast) throw new RequestError(pageError('past.readOnly'));
  return read<T>(await reach(path, { method: 'DELETE', headers }));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new RequestError(pageError('engine.notReady', 'The desk could not be reached.'));
  }
}

async function read<T>(response: Response): Promise<T> {
  const body = await bodyOf(response);
  // 202 with an error is an outcome nobody knows yet, not an answer.
  if (response.ok && !hasError(body)) return body as T;
  throw new RequestError(errorIn(body));
}

/** Undefined for an empty body and for one that is not JSON: neither is an answer of this desk. */
async function bodyOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text()) as unknown;
  } catch {
    return undefined;
  }
}

function hasError(body: unknown): body is { error: unknown } {
  return typeof body === 'object' && body !== null && 'error' in body;
}

function isErrorView(error: unknown): error is ErrorView {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && CODE.test(code) && typeof message === 'string';
}

/** Anything but our own error shape is not this desk talking. */
function errorIn(body: unknown): ErrorView {
  if (hasError(body) && isErrorView(body.error)) return body.error;
  return pageError('request.unknownRoute');
}

import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../protocol/errors.ts';
import { secretIn } from '../sessions/sessionCookie.ts';

/** The host name of a Host header, without port: `[::1]:3000` → `::1`. */
export function hostNameOf(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+))(?::[0-9]{1,5})?$/.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** A name that points here but is not ours is somebody's DNS playing tricks. */
export function refuseHost(
  headers: IncomingHttpHeaders,
  hostNames: readonly string[],
): ErrorCode | undefined {
  const name = hostNameOf(headers.host);
  return name !== undefined && hostNames.includes(name) ? undefined : 'request.hostNotAllowed';
}

/** Whether a browser says the request was made by a page of another origin. Programs say nothing. */
export function refuseOrigin(headers: IncomingHttpHeaders): ErrorCode | undefined {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isOwnOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  return isOwnOrigin && isOwnSite ? undefined : 'request.originNotAllowed';
}

/**
 * What a mutation needs beyond its origin: JSON, which no form sends, and from a browser, or in somebody's name, our
 * own header, which no other site may set.
 */
export function refuseMutation(headers: IncomingHttpHeaders, hasBody: boolean): ErrorCode | undefined {
  const isJson = /^application\/json(?:;\s*charset=utf-8)?$/i.test(headers['content-type'] ?? '');
  if (hasBody && !isJson) return 'request.malformed';
  const isBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  // A browser so old that it says neither would still send the cookie.
  const isInName = secretIn(headers.cookie) !== undefined;
  return (isBrowser || isInName) && headers['x-ballast'] !== '1' ? 'request.originNotAllowed' : undefined;
}

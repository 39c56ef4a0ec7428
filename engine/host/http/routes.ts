import type { IncomingHttpHeaders } from 'node:http';
import type { Lane } from '../limits.ts';
import type { Session } from '../sessions/session.ts';
import type { Reply } from './reply.ts';

/** A request after the guards: who, what, and nothing of the socket. */
export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
  readonly session: Session | undefined;
  /** Of the client's socket. */
  readonly address: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/api/v1/accounts/:account`: a part with a colon is a parameter. */
  readonly path: string;
  /** Which bucket a request takes from; commands are counted where they are read. */
  readonly lane?: Lane;
  /** Content types other than JSON that this one takes. */
  readonly takesAnyBody?: boolean;
  /** Asked by POST for its body's sake, and changes nothing: its refusal is no decision to keep. */
  readonly isQuestion?: boolean;
  handle(request: RouteRequest): Promise<Reply> | Reply;
}

export type Match =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly otherMethods: boolean };

/** The route of a method and path. Parameters are plain letters and digits: nothing is decoded twice. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  let otherMethods = false;
  for (const route of routes) {
    const params = paramsIn(route.path, path);
    if (params === undefined) continue;
    if (route.method === method || (method === 'HEAD' && route.method === 'GET')) return { route, params };
    otherMethods = true;
  }
  return { otherMethods };
}

function paramsIn(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    if (!part.startsWith(':')) {
      if (part !== value) return undefined;
    } else if (/^[A-Za-z0-9_-]{1,64}$/.test(value)) params[part.slice(1)] = value;
    else return undefined;
  }
  return params;
}

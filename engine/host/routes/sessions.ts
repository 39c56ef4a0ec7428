import type { Names } from '../../api/native/names.ts';
import { Role } from '../../protocol/enums.ts';
import type { MemberView } from '../../protocol/views/directory.ts';
import type { SessionEntryView, SessionsView } from '../../protocol/views/sessions.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/session.ts';
import { clearedSessionCookie } from '../sessions/sessionCookie.ts';
import type { SessionEnd } from '../sessions/sessionEnd.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

export interface SessionsPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  readonly sessions: SessionStore;
}

/** Who is signed in where, and the way to end it. One's own; of all of the firm for its admins. */
export function sessionsRoutes(ports: SessionsPorts): Route[] {
  const path = '/api/v1/sessions';
  return [
    {
      method: 'GET',
      path,
      lane: 'requests',
      handle: (request) => ofPerson(ports, request, (asking) => ok(viewOf(ports, request, asking))),
    },
    {
      method: 'DELETE',
      path,
      lane: 'requests',
      handle: (request) => ofPerson(ports, request, (asking) => endOthers(ports, asking)),
    },
    {
      method: 'DELETE',
      path: `${path}/:session`,
      lane: 'requests',
      handle: (request) => ofPerson(ports, request, (asking) => endOne(ports, request, asking)),
    },
  ];
}

/** Who asks: their session, and the member it is of. One address, one member. */
interface Asking {
  session: Session;
  /** Where from. */
  ipAddress: string;
  member: MemberView;
  names: Names;
}

function ofPerson(
  { names }: SessionsPorts,
  { session, address }: RouteRequest,
  handle: (asking: Asking) => Reply,
): Reply {
  if (session === undefined) return refuse('session.required');
  const known = names();
  if (known === undefined) return refuse('engine.notReady');
  const member = memberOf(known, session);
  return member === undefined
    ? refuse('session.notMember')
    : handle({ session, ipAddress: address, member, names: known });
}

/** Two wallets of one person are one member. */
function memberOf({ membersByAddress }: Names, { address }: Session): MemberView | undefined {
  return membersByAddress.get(address)?.[0];
}

function isOwn({ member, names }: Asking, session: Session): boolean {
  return memberOf(names, session)?.member === member.member;
}

/** Whether who asks may see and end a session: one's own, and an admin all of the firm. */
function mayEnd(asking: Asking, session: Session): boolean {
  const { member, names } = asking;
  const isOfFirm = memberOf(names, session)?.firm === member.firm;
  return isOwn(asking, session) || (isOfFirm && member.role === Role.admin);
}

function viewOf({ sessions }: SessionsPorts, { query }: RouteRequest, asking: Asking): SessionsView {
  const isSeen = query.get('of') === 'firm' ? mayEnd : isOwn;
  const seen = sessions.all().filter((session) => isSeen(asking, session));
  return { sessions: seen.map((session) => entryOf(asking, session)) };
}

function entryOf({ names, session: own }: Asking, session: Session): SessionEntryView {
  const { id, address, startedMs, lastSeenMs, expiresAtMs, browser, place } = session;
  const label = memberOf(names, session)?.label ?? '';
  const isThis = id === own.id;
  return { session: id, label, address, startedMs, lastSeenMs, expiresAtMs, browser, place, isThis };
}

function revokedBy({ session, ipAddress }: Asking): SessionEnd {
  return { is: 'revoked', by: { session, ipAddress } };
}

function endOthers({ sessions }: SessionsPorts, asking: Asking): Reply {
  sessions.endWhere(
    (session) => session.id !== asking.session.id && isOwn(asking, session),
    revokedBy(asking),
  );
  return ok({});
}

function endOne({ sessions }: SessionsPorts, { params }: RouteRequest, asking: Asking): Reply {
  const session = sessions.all().find(({ id }) => id === params.session);
  if (session === undefined || !mayEnd(asking, session)) return refuse('session.unknown');
  sessions.end(session.id, revokedBy(asking));
  return session.id === asking.session.id ? ok({}, { 'set-cookie': clearedSessionCookie() }) : ok({});
}

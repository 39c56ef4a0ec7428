import type { Names } from '../../api/native/names.ts';
import type { PastView } from '../../protocol/views/past.ts';
import { auditReader } from '../auditReaders.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { PastQuestion } from '../pastOf.ts';

export interface PastPorts {
  names(): Names | undefined;
  /** Last command that is durable. */
  sequence(): number;
  look(question: PastQuestion): Promise<PastView>;
}

/** The desk as of an earlier command, for who may read the audit log. */
export function pastRoutes(ports: PastPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/past',
      lane: 'requests',
      handle: (request) => past(ports, request),
    },
  ];
}

async function past(ports: PastPorts, { session, query }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  const [member] = names.membersByAddress.get(session.address) ?? [];
  if (member === undefined || auditReader(names, session.address) === undefined)
    return refuse('actor.notPermitted');
  const seq = Number(query.get('seq') || Number.NaN);
  if (!Number.isSafeInteger(seq) || seq < 1) return refuse('request.malformed');
  if (seq > ports.sequence()) return refuse('past.unknown');
  return ok(await ports.look({ seq, member: member.member, accounts: member.accounts }));
}

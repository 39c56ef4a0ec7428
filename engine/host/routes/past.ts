import type { Names } from '../../api/native/names.ts';
import { type ErrorView, errorView } from '../../protocol/errors.ts';
import type { PastView } from '../../protocol/views/past.ts';
import { auditReader } from '../auditReaders.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';

export interface PastPorts {
  names(): Names | undefined;
  /** Last command that is durable. */
  sequence(): number;
  look(seq: number, member: number, accounts: number[]): Promise<PastView>;
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
  const seq = seqIn(query.get('seq') ?? '', ports.sequence());
  return typeof seq === 'number' ? ok(await ports.look(seq, member.member, member.accounts)) : refuse(seq);
}

/** A sequence that has been, or why it is none. */
export function seqIn(text: string, lastSeq: number): number | ErrorView {
  const seq = Number(text);
  if (!/^[0-9]{1,16}$/.test(text) || !Number.isSafeInteger(seq) || seq < 1)
    return { code: 'request.malformed', message: 'A sequence is a whole number from 1.' };
  if (seq <= lastSeq) return seq;
  return errorView('past.future', `The desk stands at sequence ${lastSeq}.`);
}

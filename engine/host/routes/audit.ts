import type { Names } from '../../api/native/names.ts';
import { exportLines, type MaySee, spanOf } from '../../audit/lines.ts';
import { type AuditFilter, auditPage } from '../../audit/page.ts';
import type { Audit } from '../audit.ts';
import { auditReader } from '../auditReaders.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';

export interface AuditRoutesPorts {
  readonly audit: Audit;
  names(): Names | undefined;
}

/** The log of who decided what: rows for a screen, and an export that anybody can check without the desk. */
export function auditRoutes(ports: AuditRoutesPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/audit',
      lane: 'requests',
      handle: (request) => asReader(ports, request, (maySee) => page(ports.audit, request, maySee)),
    },
    {
      method: 'GET',
      path: '/api/v1/audit/export',
      lane: 'requests',
      handle: (request) => asReader(ports, request, (maySee) => exported(ports.audit, request, maySee)),
    },
  ];
}

async function asReader(
  { audit, names }: AuditRoutesPorts,
  { session, address, query }: RouteRequest,
  answer: (maySee: MaySee) => Promise<Reply>,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const known = names();
  if (known === undefined || audit.log === undefined) return refuse('engine.notReady');
  const maySee = auditReader(known, session.address);
  if (maySee !== undefined) return await answer(maySee);
  audit.refused(
    'ReadAudit',
    { session, ipAddress: address },
    'actor.notPermitted',
    Object.fromEntries(query),
  );
  return refuse('actor.notPermitted');
}

/** `?before=&limit=&actor=&role=&action=&result=&account=&proposal=&from=&to=`, times in ms; newest first. */
async function page({ log }: Audit, { query }: RouteRequest, maySee: MaySee): Promise<Reply> {
  const numbers = numbersIn(query, ['before', 'limit', 'account', 'proposal', 'from', 'to']);
  if (numbers === undefined || log === undefined) return refuse('request.malformed');
  const { before: beforeSeq, limit = limits.audit.rowsMax, account, proposal, from, to } = numbers;
  const word = (name: string) => query.get(name) || undefined;
  const filter: AuditFilter = {
    actor: word('actor')?.toLowerCase(),
    role: word('role'),
    action: word('action'),
    result: word('result'),
    account,
    proposal,
    fromMs: from,
    toMs: to,
  };
  const rowsMax = Math.min(limit, limits.audit.rowsMax);
  return ok(await auditPage(log, { filter, beforeSeq, rowsMax }, maySee));
}

/** `?from=&to=` in ms, the whole log without: one file, whose last line is what it is held against. */
async function exported(audit: Audit, request: RouteRequest, maySee: MaySee): Promise<Reply> {
  const { query, session, address } = request;
  const numbers = numbersIn(query, ['from', 'to']);
  if (numbers === undefined || audit.log === undefined) return refuse('request.malformed');
  await audit.log.settled();
  const span = await spanOf(audit.log, numbers.from, numbers.to);
  if (span === undefined) return refuse('audit.empty');
  audit.record('ExportAudit', { session, ipAddress: address }, 'applied', span);
  const { log } = audit;
  return {
    status: 200,
    body: undefined,
    headers: {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${span.day}.jsonl"`,
    },
    pieces: exportLines(log, span, maySee),
  };
}

/** Whole numbers by their names; undefined where one is none. */
function numbersIn<K extends string>(
  query: URLSearchParams,
  names: readonly K[],
): Partial<Record<K, number>> | undefined {
  const numbers: Partial<Record<K, number>> = {};
  for (const name of names) {
    const text = query.get(name);
    if (text === null || text === '') continue;
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < 0) return undefined;
    numbers[name] = number;
  }
  return numbers;
}

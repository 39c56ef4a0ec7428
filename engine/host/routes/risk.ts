import type { SessionView } from '../../protocol/views/health.ts';
import type { OracleView } from '../../protocol/views/oracle.ts';
import type { MarginScheduleView } from '../../protocol/views/schedule.ts';
import type { StressesView } from '../../protocol/views/stress.ts';
import type { StressMapView } from '../../protocol/views/stressMap.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/session.ts';

export interface RiskPorts {
  /** Something is listed, so that there is an oracle to speak of. */
  isOpen(): boolean;
  /** What a person is told about themselves; undefined while orders are not accepted. */
  whoIs(session: Session): SessionView | undefined;
  oracle(): Promise<OracleView>;
  stresses(accounts: number[]): Promise<StressesView>;
  stressMap(accounts: number[]): Promise<StressMapView>;
  marginSchedule(accounts: number[]): Promise<MarginScheduleView>;
}

/** What margin stands on: the oracle, which is market data, and what stress and schedule mean for one's own accounts. */
export function riskRoutes(ports: RiskPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/oracle',
      lane: 'requests',
      handle: async () => (ports.isOpen() ? ok(await ports.oracle()) : refuse('engine.notReady')),
    },
    {
      method: 'GET',
      path: '/api/v1/stresses',
      lane: 'requests',
      handle: (request) => ofOwn(ports, request, (accounts) => ports.stresses(accounts)),
    },
    {
      method: 'GET',
      path: '/api/v1/stress-map',
      lane: 'requests',
      handle: (request) => ofOwn(ports, request, (accounts) => ports.stressMap(accounts)),
    },
    {
      method: 'GET',
      path: '/api/v1/margin-schedule',
      lane: 'requests',
      handle: (request) => ofOwn(ports, request, (accounts) => ports.marginSchedule(accounts)),
    },
  ];
}

/** What is told of all accounts of a person, each once: two memberships may name one. */
async function ofOwn(
  ports: RiskPorts,
  { session }: RouteRequest,
  read: (accounts: number[]) => Promise<unknown>,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const who = ports.whoIs(session);
  if (who === undefined) return refuse('engine.notReady');
  return ok(await read([...new Set(who.accounts.map(({ account }) => account))]));
}

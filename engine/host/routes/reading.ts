import type { Names } from '../../api/native/names.ts';
import type { AccountView } from '../../protocol/views/account.ts';
import type { HealthView, MarketsView } from '../../protocol/views/health.ts';
import { ok, refuse } from '../http/reply.ts';
import type { Route } from '../http/routes.ts';
import type { Session } from '../sessions/sessionStore.ts';

export interface ReadingPorts {
  readonly isPaused: boolean;
  names(): Names | undefined;
  health(): HealthView;
  metrics(): Promise<string>;
  maySee(session: Session | undefined, account: number): boolean;
  accountView(account: number): Promise<AccountView>;
}

/** What can be asked without changing anything. */
export function readingRoutes(ports: ReadingPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/health',
      handle: () => {
        const health = ports.health();
        return { status: health.status === 'ok' ? 200 : 503, body: health };
      },
    },
    { method: 'GET', path: '/api/v1/metrics', handle: async () => ok(await ports.metrics()) },
    {
      method: 'GET',
      path: '/api/v1/markets',
      lane: 'requests',
      handle: () => {
        const names = ports.names();
        return names === undefined ? refuse('engine.notReady') : ok(marketsView(ports, names));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account',
      lane: 'requests',
      handle: async ({ session, params }) => {
        if (session === undefined) return refuse('session.required');
        const account = Number(params.account);
        if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
        return ok(await ports.accountView(account));
      },
    },
  ];
}

function marketsView({ isPaused }: ReadingPorts, { view }: Names): MarketsView {
  const { chainId, vault, isSandbox, markets, assets } = view;
  return { chainId, vault, isSandbox, isPaused, markets, assets };
}

import type { AccountView, FillView } from '../../protocol/views/account.ts';
import type { AccountsView, MarginHistoryView } from '../../protocol/views/accounts.ts';
import type { FirmRiskView } from '../../protocol/views/firmRisk.ts';
import type { SessionView } from '../../protocol/views/health.ts';
import type { VenueComparisonsView } from '../../protocol/views/venues.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { byWindow } from '../marginWindows.ts';
import type { Session } from '../sessions/session.ts';

/** What a list of what just happened shows of fills. */
const NEWEST_FILLS = 60;

export interface AccountsPorts {
  /** What a person is told about themselves; undefined while orders are not accepted. */
  whoIs(session: Session): SessionView | undefined;
  maySee(session: Session | undefined, account: number): boolean;
  accountView(account: number): Promise<AccountView>;
  accountsView(accounts: number[]): Promise<AccountsView>;
  firmRisk(accounts: number[]): Promise<FirmRiskView>;
  marginHistory(account: number): MarginHistoryView | Promise<MarginHistoryView>;
  newestFills(accounts: number[], limit: number): Promise<FillView[]>;
  venueComparisons(account: number): Promise<VenueComparisonsView>;
}

/** What the screens of accounts ask: one, all of a person at one sequence, how near each came to liquidation, and elsewhere. */
export function accountsRoutes(ports: AccountsPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/accounts',
      lane: 'requests',
      handle: (request) => ofAll(ports, request, (accounts) => ports.accountsView(accounts)),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account',
      lane: 'requests',
      handle: (request) => ofOne(ports, request, (account) => ports.accountView(account)),
    },
    {
      method: 'GET',
      path: '/api/v1/firm/risk',
      lane: 'requests',
      handle: (request) => ofAll(ports, request, (accounts) => ports.firmRisk(accounts)),
    },
    {
      method: 'GET',
      path: '/api/v1/fills',
      lane: 'requests',
      handle: (request) =>
        ofAll(ports, request, async (accounts) => ({
          fills: await ports.newestFills(accounts, NEWEST_FILLS),
        })),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/margin-history',
      lane: 'requests',
      handle: (request) => marginHistory(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/venues',
      lane: 'requests',
      handle: (request) => ofOne(ports, request, (account) => ports.venueComparisons(account)),
    },
  ];
}

/** `?step=5m`: the worst of every five minutes instead of every minute, for lines of many accounts. */
async function marginHistory(ports: AccountsPorts, request: RouteRequest): Promise<Reply> {
  const step = request.query.get('step') ?? '1m';
  if (step !== '1m' && step !== '5m') return refuse('request.malformed');
  return await ofOne(ports, request, async (account) => {
    const view = await ports.marginHistory(account);
    return step === '1m' ? view : { ...view, samples: byWindow(view.samples) };
  });
}

/** What is told of all accounts of a person, each once: two memberships may name one. */
async function ofAll(
  ports: AccountsPorts,
  { session }: RouteRequest,
  read: (accounts: number[]) => Promise<unknown>,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const who = ports.whoIs(session);
  if (who === undefined) return refuse('engine.notReady');
  return ok(await read([...new Set(who.accounts.map(({ account }) => account))]));
}

/** What is told of one account, to those who may see it. */
export async function ofOne(
  ports: Pick<AccountsPorts, 'maySee'>,
  { session, params }: RouteRequest,
  read: (account: number) => unknown,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  return ports.maySee(session, account) ? ok(await read(account)) : refuse('actor.outOfScope');
}

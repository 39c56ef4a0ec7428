import type { AccountsView, MarginHistoryView } from '../../protocol/views/accounts.ts';
import type { SessionView } from '../../protocol/views/health.ts';
import type { VenueComparisonsView } from '../../protocol/views/venues.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/sessionStore.ts';

export interface AccountsPorts {
  /** What a person is told about themselves; undefined while orders are not accepted. */
  whoIs(session: Session): SessionView | undefined;
  maySee(session: Session | undefined, account: number): boolean;
  accountsView(accounts: number[]): Promise<AccountsView>;
  marginHistory(account: number): MarginHistoryView;
  venueComparisons(account: number): Promise<VenueComparisonsView>;
}

/** What the risk screen asks: all accounts of a person at one sequence, how near each came to liquidation, and elsewhere. */
export function accountsRoutes(ports: AccountsPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/accounts',
      lane: 'requests',
      handle: (request) => accounts(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/margin-history',
      lane: 'requests',
      handle: (request) => ofOne(ports, request, (account) => ports.marginHistory(account)),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/venues',
      lane: 'requests',
      handle: (request) => ofOne(ports, request, (account) => ports.venueComparisons(account)),
    },
  ];
}

async function accounts(ports: AccountsPorts, { session }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const who = ports.whoIs(session);
  if (who === undefined) return refuse('engine.notReady');
  // Two memberships may name one account.
  const seen = new Set(who.accounts.map(({ account }) => account));
  return ok(await ports.accountsView([...seen]));
}

/** What is told of one account, to those who may see it. */
async function ofOne(
  ports: AccountsPorts,
  { session, params }: RouteRequest,
  read: (account: number) => unknown,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  return ports.maySee(session, account) ? ok(await read(account)) : refuse('actor.outOfScope');
}

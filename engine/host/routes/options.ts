import type { Names } from '../../api/native/names.ts';
import type { OptionChainView, PayoffView } from '../../protocol/views/options.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/session.ts';

export interface OptionsPorts {
  names(): Names | undefined;
  maySee(session: Session | undefined, account: number): boolean;
  optionChain(underlying: number): Promise<OptionChainView>;
  payoff(account: number, underlying: number): Promise<PayoffView>;
}

/** Option chains, which are market data, and the payoff of an account, which is its members' alone. */
export function optionsRoutes(ports: OptionsPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/options/:underlying',
      lane: 'requests',
      handle: (request) => chain(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/payoff/:underlying',
      lane: 'requests',
      handle: (request) => payoff(ports, request),
    },
  ];
}

async function chain(ports: OptionsPorts, { params }: RouteRequest): Promise<Reply> {
  const underlying = numberOf(ports, params.underlying);
  if (underlying === undefined) return refuse('engine.notReady');
  return underlying < 0 ? refuse('underlying.unknown') : ok(await ports.optionChain(underlying));
}

async function payoff(ports: OptionsPorts, { session, params }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
  const underlying = numberOf(ports, params.underlying);
  if (underlying === undefined) return refuse('engine.notReady');
  return underlying < 0 ? refuse('underlying.unknown') : ok(await ports.payoff(account, underlying));
}

/** @returns −1 for a name nobody listed, undefined while nothing is listed */
function numberOf({ names }: OptionsPorts, name: string | undefined): number | undefined {
  return names()?.view.underlyings.find((each) => each.name === name)?.id ?? (names() && -1);
}

import { type Names, namesOf } from '../../api/native/names.ts';
import type { FillView } from '../../protocol/views/account.ts';
import type { PastAccountView, PastMarketView, PastMomentView } from '../../protocol/views/past.ts';
import type { PastAnswers, PastCall } from '../answerPast.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import { type Match, matchRoute, type Route, type RouteRequest } from '../http/routes.ts';
import { sessionViewOf } from '../membership.ts';
import type { Session } from '../sessions/session.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { accountsRoutes, ofOne } from './accounts.ts';
import { firmRoutes } from './firm.ts';
import { type HistoryPorts, historyRoutes } from './history.ts';
import { optionsRoutes } from './options.ts';
import { seqIn } from './past.ts';
import { type PastHistory, pastHistory } from './pastHistory.ts';
import { marketsViewOf } from './reading.ts';
import { riskRoutes } from './risk.ts';

export interface AsOfPorts {
  /** As they are today: who may look is never asked of the past. */
  names(): Names | undefined;
  /** Last command that is durable. */
  sequence(): number;
  /** Last command that the records hold. */
  recordedSeq(): number;
  ask<C extends PastCall>(seq: number, call: C): Promise<PastAnswers[C['kind']]>;
  maySee(session: Session | undefined, account: number): boolean;
  readonly history: HistoryPorts['history'];
  readonly hasRecords: boolean;
  readonly generatedSeed: number | undefined;
}

/** Levels of a book of the past, a side: what the ladder shows. */
const LEVELS = 200;

/**
 * `?asOf=N` on an address: the same view of the engine behind command N, for whom the live one is for. What changes
 * anything is refused, and so is what is not kept by sequence: nothing live is ever answered to such a question.
 */
export function matchAsOf(ports: AsOfPorts, asOf: string, method: string, path: string): Match {
  const handle = (request: RouteRequest) => answer(ports, asOf, path, request);
  const readOnly = () => refuse('past.readOnly');
  // Its refusals are no decisions to keep: nothing can be decided there.
  if (method === 'GET' || method === 'HEAD')
    return { route: { method: 'GET', path, lane: 'requests', handle }, params: {} };
  return {
    route: { method: 'POST', path, lane: 'requests', isQuestion: true, handle: readOnly },
    params: {},
  };
}

async function answer(ports: AsOfPorts, asOf: string, path: string, request: RouteRequest): Promise<Reply> {
  const { session } = request;
  if (session === undefined) return refuse('session.required');
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  // Market data is everybody's, but a replay is work: it is done for members.
  if (!names.membersByAddress.has(session.address)) return refuse('session.notMember');
  const seq = seqIn(asOf, ports.sequence());
  if (typeof seq !== 'number') return refuse(seq);
  const moment = await ports.ask(seq, { kind: 'moment' });
  const match = matchRoute(routesAt(ports, names, moment), 'GET', path);
  if ('otherMethods' in match) return refuse('past.notShown');
  return await match.route.handle({ ...request, params: match.params });
}

/** The addresses of the live views, read from the past. */
function routesAt(ports: AsOfPorts, today: Names, moment: PastMomentView): Route[] {
  const { maySee, generatedSeed } = ports;
  const ask = <C extends PastCall>(call: C) => ports.ask(moment.seq, call);
  const names = () => today;
  const whoIs = (session: Session) => sessionViewOf(today, session);
  const history = pastHistory(ports, moment);
  const routes = [
    ...accountsRoutes({
      whoIs,
      maySee,
      accountView: (account) => ask({ kind: 'account', account }),
      accountsView: (accounts) => ask({ kind: 'accounts', accounts }),
      firmRisk: (accounts) => ask({ kind: 'firmRisk', accounts }),
      venueComparisons: (account) => ask({ kind: 'venues', account }),
      marginHistory: () => Promise.reject(new CallError('past.notShown')),
      newestFills: () => Promise.reject(new CallError('past.notShown')),
    }),
    ...riskRoutes({
      isOpen: () => true,
      whoIs,
      oracle: () => ask({ kind: 'oracle' }),
      stresses: (accounts) => ask({ kind: 'stresses', accounts }),
      stressMap: (accounts) => ask({ kind: 'stressMap', accounts }),
      marginSchedule: (accounts) => ask({ kind: 'marginSchedule', accounts }),
    }),
    ...optionsRoutes({
      names,
      maySee,
      optionChain: (underlying) => ask({ kind: 'optionChain', underlying }),
      payoff: (account, underlying) => ask({ kind: 'payoff', account, underlying }),
    }),
    ...historyRoutes({ history, generatedSeed, names, nowMs: () => moment.timeMs, maySee }),
    ...firmRoutes({
      names,
      maySee,
      firm: (member) => ask({ kind: 'firm', member }),
      proposals: (firm) => ask({ kind: 'proposals', firm }),
      proposalTrial: (of) => ask({ kind: 'proposalTrial', ...of }),
      actionTrial: () => Promise.reject(new CallError('past.readOnly')),
      policyTrial: () => Promise.reject(new CallError('past.readOnly')),
      rebalance: () => Promise.reject(new CallError('past.readOnly')),
    }),
  ].filter(({ method }) => method === 'GET');
  return [...routes, ...streamRoutes(ports, moment, history)];
}

/** Where the past stands, and what the stream would have said first. */
function streamRoutes(ports: AsOfPorts, moment: PastMomentView, history: PastHistory): Route[] {
  const ask = <C extends PastCall>(call: C) => ports.ask(moment.seq, call);
  return [
    { method: 'GET', path: '/api/v1/moment', handle: () => ok(moment) },
    {
      method: 'GET',
      path: '/api/v1/markets',
      handle: async () => ok(marketsViewOf(namesOf(await ask({ kind: 'directory' })), true, moment.timeMs)),
    },
    {
      method: 'GET',
      path: '/api/v1/stream/market/:instrument',
      handle: async ({ params }) => {
        const markets = await ask({ kind: 'markets', levels: LEVELS });
        const found = markets.find(({ instrument }) => instrument === Number(params.instrument));
        if (found === undefined) return refuse('past.unknown');
        const { instrument, seq, bids, asks } = found;
        const marks = markets.flatMap(({ mark }) => (mark === null ? [] : [mark]));
        return ok({ market: { instrument, seq, bids, asks }, marks } satisfies PastMarketView);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/stream/account/:account',
      handle: (request) =>
        ofOne(ports, request, async (account): Promise<PastAccountView> => {
          const { view, book } = await ask({ kind: 'watchedAccount', account });
          // Margin and orders do not wait for the records: whoever wants the fills too asks again.
          const isRecorded = ports.hasRecords && ports.recordedSeq() >= moment.seq;
          const fills = isRecorded ? await lastFills(history, account) : null;
          return { account: view, book, fills };
        }),
    },
  ];
}

/** As many as the stream begins with. */
const FILLS_SHOWN = 100;

function lastFills(history: PastHistory, account: number): Promise<FillView[]> {
  return history.page('fills', account, { before: undefined, limit: FILLS_SHOWN });
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Desk } from './desk.ts';
import { FirmDoor } from './firmDoor.ts';
import { handleApi } from './http/apiHandler.ts';
import { createHttpServer, refuseUpgrade } from './http/httpServer.ts';
import type { Route } from './http/routes.ts';
import { mayTrade, sessionViewOf } from './membership.ts';
import type { Pages } from './pages.ts';
import { accountsRoutes } from './routes/accounts.ts';
import { approvalsRoutes } from './routes/approvals.ts';
import { type AsOfPorts, matchAsOf } from './routes/asOf.ts';
import { auditRoutes } from './routes/audit.ts';
import { chainRoutes } from './routes/chain.ts';
import { cspReportRoute } from './routes/cspReports.ts';
import { custodyRoutes } from './routes/custody.ts';
import { faucetRoutes } from './routes/faucet.ts';
import { firmRoutes } from './routes/firm.ts';
import { historyRoutes } from './routes/history.ts';
import { optionsRoutes } from './routes/options.ts';
import { pastRoutes } from './routes/past.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { readingRoutes } from './routes/reading.ts';
import { riskRoutes } from './routes/risk.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { settlementRoutes } from './routes/settlement.ts';
import { signInRoutes } from './routes/signIn.ts';
import { tradingRoutes } from './routes/trading.ts';
import { type TradingKeysPorts, tradingKeysOf } from './tradingKeys.ts';

/** The desk's port: its own addresses, its stream, and pages for the rest. */
export function createDeskServer(desk: Desk, pages: Pages): Server {
  const routes = deskRoutes(desk);
  const api = {
    routes,
    matchAsOf: (asOf: string, method: string, path: string) => matchAsOf(pastPorts(desk), asOf, method, path),
    findSession: (secret: string) => desk.sessions.find(secret),
    take: desk.buckets.take.bind(desk.buckets),
    audit: desk.audit,
  };
  return createHttpServer({
    hostNames: desk.config.hostNames,
    api: (request, response) => handleApi(api, request, response),
    page: (request, response) => pages.serve(request, response),
    stream: (request, socket, head) => openStream(desk, request, socket, head),
    otherUpgrade: (request, socket, head) => pages.upgrade(request, socket, head),
  });
}

/** Every address under /api that is answered. */
export function deskRoutes(desk: Desk): Route[] {
  const { gateway, sessions, nonces, tickets, signatures, wallets, history, metrics, config } = desk;
  const maySee: Desk['maySee'] = (session, account) => desk.maySee(session, account);
  const names = () => desk.names;
  const submitProven: Desk['gateway']['submitProven'] = (envelope) => gateway.submitProven(envelope);
  const door = new FirmDoor({ names, wallets, submitProven });
  return [
    ...readingRoutes({
      isPaused: config.pace === 'paused',
      names,
      health: () => desk.health(),
      metrics: () => metrics.text(),
    }),
    ...accountsRoutes({
      whoIs: (session) => desk.names && sessionViewOf(desk.names, session),
      maySee,
      accountView: (account) => desk.ask({ kind: 'account', account }),
      accountsView: (accounts) => desk.ask({ kind: 'accounts', accounts }),
      firmRisk: (accounts) => desk.ask({ kind: 'firmRisk', accounts }),
      venueComparisons: (account) => desk.ask({ kind: 'venues', account }),
      marginHistory: (account) => desk.margins.history.view(account, Date.now()),
      newestFills: (accounts, limit) => history.newestFills(accounts, limit),
    }),
    ...riskRoutes({
      isOpen: () => desk.names !== undefined,
      whoIs: (session) => desk.names && sessionViewOf(desk.names, session),
      oracle: () => desk.ask({ kind: 'oracle' }),
      stresses: (accounts) => desk.ask({ kind: 'stresses', accounts }),
      stressMap: (accounts) => desk.ask({ kind: 'stressMap', accounts }),
      marginSchedule: (accounts) => desk.ask({ kind: 'marginSchedule', accounts }),
    }),
    ...optionsRoutes({
      names,
      maySee,
      optionChain: (underlying) => desk.ask({ kind: 'optionChain', underlying }),
      payoff: (account, underlying) => desk.ask({ kind: 'payoff', account, underlying }),
    }),
    ...historyRoutes({
      history,
      generatedSeed: config.market.kind === 'generated' ? config.seed : undefined,
      names,
      nowMs: Date.now,
      maySee,
    }),
    ...sessionsRoutes({ names, sessions }),
    ...signInRoutes({
      names,
      nowMs: Date.now,
      nonces,
      sessions,
      signatures,
      wallets,
      signIns: desk.audit.signIns,
    }),
    ...tradingRoutes({
      gateway,
      tickets,
      maySee,
      keys: (session, isOfFirm) => tradingKeysOf(keysPorts(desk), session, isOfFirm),
      orderByClientId: (account, clientId) => desk.orderByClientId(account, clientId),
      outcomesOf: (account, orderIds) => history.outcomesOf(account, orderIds),
    }),
    ...firmRoutes({
      names,
      maySee,
      firm: (member) => desk.ask({ kind: 'firm', member }),
      proposals: (firm) => desk.ask({ kind: 'proposals', firm }),
      actionTrial: (of) => desk.ask({ kind: 'actionTrial', ...of }),
      policyTrial: (of) => desk.ask({ kind: 'policyTrial', ...of }),
      rebalance: (of) => desk.ask({ kind: 'rebalance', ...of }),
      proposalTrial: (of) => desk.ask({ kind: 'proposalTrial', ...of }),
    }),
    ...approvalsRoutes({
      names,
      isSignedIn: ({ id }) => sessions.byId(id) !== undefined,
      proposals: (firm) => desk.ask({ kind: 'proposals', firm }),
      draftDecision: (proposal, wire) => door.draftDecision(proposal, wire),
      began: (wallet) => desk.approvalQuestions.begin(wallet),
      changedBehind: ({ id }, afterSeq, waitMs) => desk.news.behind(id, afterSeq, waitMs),
    }),
    ...custodyRoutes({
      names,
      nowMs: Date.now,
      firm: (member) => desk.ask({ kind: 'firm', member }),
      codeKinds: (addresses) => desk.chain.codeKinds(addresses),
      asked: (wallet) => desk.approvalQuestions.of(wallet),
    }),
    ...proposalRoutes(door),
    ...auditRoutes({ audit: desk.audit, names }),
    ...pastRoutes({
      names,
      sequence: () => desk.markets.seq,
      look: (seq, member, accounts) => desk.past.ask(seq, { kind: 'look', member, accounts }),
    }),
    ...faucetRoutes({
      gateway,
      names,
      nowMs: Date.now,
      mayTrade: (session, account) => mayTrade(desk.names, session, account),
      settlement: desk.settlement,
    }),
    ...chainRoutes(desk.chain.door),
    ...settlementRoutes({
      isOpen: () => desk.names !== undefined,
      maySee,
      view: (mayAsk) => desk.settlement.view(mayAsk),
      proof: (epoch, account) => desk.settlement.proof(epoch, account),
      entitlements: (epoch, mayAsk) => desk.settlement.entitlements(epoch, mayAsk),
      accountOf: (found) => desk.settlement.accountOf(found),
      withdrawalProof: (epoch, nonce) => desk.settlement.withdrawalProof(epoch, nonce),
      rehearse: (escapes) => desk.settlement.rehearse(escapes),
    }),
    cspReportRoute(() => metrics.cspReports.inc()),
  ];
}

function keysPorts(desk: Desk): TradingKeysPorts {
  return {
    names: () => desk.names,
    timeMs: () => desk.markets.timeMs,
    uses: desk.gateway.keyUses,
    openedThisHour: (agents) => desk.ask({ kind: 'openedThisHour', agents: [...agents] }),
  };
}

/** What a page of the past is answered from. */
function pastPorts(desk: Desk): AsOfPorts {
  const { history, config } = desk;
  return {
    names: () => desk.names,
    sequence: () => desk.markets.seq,
    recordedSeq: () => desk.health().recordsSequence,
    ask: (seq, call) => desk.past.ask(seq, call),
    maySee: (session, account) => desk.maySee(session, account),
    history,
    hasRecords: config.hasRecords,
    generatedSeed: config.market.kind === 'generated' ? config.seed : undefined,
  };
}

/** Market data is public in a sandbox; a ticket makes the socket speak for its session. */
function openStream(desk: Desk, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const address = request.socket.remoteAddress ?? '';
  if (desk.names === undefined) return refuseUpgrade(socket, 'engine.notReady');
  if (desk.streams.isFull(address) || !desk.buckets.take('requests', address)) {
    return refuseUpgrade(socket, 'request.tooMany');
  }
  const ticket = new URL(request.url ?? '/', 'http://desk').searchParams.get('ticket');
  if (ticket === null) return desk.streams.accept(request, socket, head, undefined, address);
  const sessionId = desk.tickets.redeem(ticket);
  const session = sessionId === undefined ? undefined : desk.sessions.byId(sessionId);
  if (session === undefined) return refuseUpgrade(socket, 'session.required');
  desk.streams.accept(request, socket, head, session, address);
}

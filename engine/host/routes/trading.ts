import * as z from 'zod/mini';
import { readJson } from '../../api/native/readJson.ts';
import { errorView } from '../../protocol/errors.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import type { OrderOutcomesView, OrderOutcomeView, OrderView } from '../../protocol/views/account.ts';
import type { KeysView } from '../../protocol/views/keys.ts';
import { commandEnvelopeWire } from '../../protocol/wire/commands.ts';
import { approveAgentWire } from '../../protocol/wire/session.ts';
import type { Gateway } from '../gateway.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';
import type { OnceTokens } from '../sessions/onceTokens.ts';
import type { Session } from '../sessions/session.ts';

export interface TradingPorts {
  readonly gateway: Gateway;
  readonly tickets: OnceTokens<string>;
  /** Trading keys of a person, or all of the firm that they may see. */
  keys(session: Session, isOfFirm: boolean): Promise<KeysView>;
  maySee(session: Session | undefined, account: number): boolean;
  /** What became of an account's last order under a client id. */
  orderByClientId(account: number, clientId: string): Promise<OrderView | undefined>;
  /** What became of orders of an account; one that is not known is left out. */
  outcomesOf(account: number, orderIds: readonly number[]): Promise<OrderOutcomeView[]>;
}

/** Every order passes it: made into code once. */
const compiledEnvelope = z.compile(commandEnvelopeWire);

/** Commands, the keys that may sign them, and what became of them. */
export function tradingRoutes(ports: TradingPorts): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/commands',
      handle: async ({ text, address }) => {
        const reading = readJson(text, compiledEnvelope);
        return 'error' in reading
          ? refuse(reading.error)
          : ok(await ports.gateway.submitSigned(reading.value, address));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/agents',
      lane: 'requests',
      handle: async ({ session, query }) =>
        session === undefined
          ? refuse('session.required')
          : ok(await ports.keys(session, query.get('of') === 'firm')),
    },
    {
      method: 'POST',
      path: '/api/v1/agents',
      lane: 'signIns',
      handle: (request) => approveAgent(ports, request),
    },
    {
      method: 'POST',
      path: '/api/v1/stream/ticket',
      isQuestion: true,
      lane: 'requests',
      handle: ({ session }) => {
        if (session === undefined) return refuse('session.required');
        const { token, expiresAtMs } = ports.tickets.issue(session.id);
        return ok({ ticket: token, expiresAtMs });
      },
    },
    {
      method: 'GET',
      path: '/api/v1/orders/by-client-id/:account/:clientId',
      lane: 'requests',
      handle: (request) => orderByClientId(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account/outcomes',
      lane: 'requests',
      handle: (request) => outcomes(ports, request),
    },
  ];
}

async function approveAgent(ports: TradingPorts, { session, text }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const reading = readJson(text, approveAgentWire);
  if ('error' in reading) return refuse(reading.error);
  if (reading.value.member.toLowerCase() !== session.address) {
    return refuse(errorView('signature.payloadMismatch', 'It names another member than the one signed in.'));
  }
  const answer = await ports.gateway.approveAgent(reading.value);
  return refusalIn(answer) ?? ok(answer);
}

async function orderByClientId(ports: TradingPorts, { session, params }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  const clientId = params.clientId ?? '';
  if (!Number.isSafeInteger(account) || !/^[0-9a-f]{32}$/.test(clientId)) return refuse('request.malformed');
  if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
  const order = await ports.orderByClientId(account, clientId);
  return order === undefined ? refuse('outcome.notFound') : ok(order);
}

/** `?orders=12,13`: what became of each, at most as many as a page has rows. */
async function outcomes(ports: TradingPorts, { session, params, query }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  const orderIds = (query.get('orders') ?? '').split(',').map(Number);
  const isReadable = orderIds.every((orderId) => Number.isSafeInteger(orderId) && orderId > 0);
  if (!isReadable || orderIds.length > limits.records.rowsMax) return refuse('request.malformed');
  if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
  return ok({
    account,
    outcomes: await ports.outcomesOf(account, orderIds),
  } satisfies OrderOutcomesView);
}

/** The refusal of a command that stands alone, for addresses that answer with a status. */
export function refusalIn({ results }: CommandAnswer): Reply | undefined {
  const [result] = results;
  return result?.status === 'refused' ? { ...refuse(result.error), isRecorded: true } : undefined;
}

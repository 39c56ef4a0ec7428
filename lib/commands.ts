import { type ErrorCode, errorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { OperationWire, OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { sendCommand } from './connection.ts';
import { RequestError } from './http.ts';
import { dropAgent } from './session.ts';
import { commandText, newClientId, nextNonce, signText } from './signing.ts';
import { addPending, dropPending, markPending } from './stores/accountStore.ts';
import { logAcknowledgement } from './stores/acknowledgementStore.ts';
import { listing } from './stores/marketStore.ts';
import { sessionStore } from './stores/sessionStore.ts';

/** The engine's answer with where and how fast it was given. */
export interface Answered {
  seq: number;
  ackMs: number;
  results: OperationResult[];
}

/**
 * Signs and sends operations of the signed-in member.
 *
 * @fails session.required without an agent key · outcome.unknown when no answer came
 */
export async function send(operations: OperationWire[]): Promise<Answered> {
  const { session } = sessionStore.getState();
  const desk = listing.get('listing');
  if (session.state !== 'signedIn' || session.agent === undefined || desk === undefined) {
    throw new RequestError(errorView('session.required'));
  }
  const text = commandText(desk, nextNonce(Date.now()), operations);
  const startMs = performance.now();
  try {
    const { seq, results } = await sendCommand(await signText(session.agent, text));
    for (const result of results) if (result.status === 'refused') await dropRefusedKey(result.error.code);
    return { seq, ackMs: performance.now() - startMs, results };
  } catch (error) {
    if (error instanceof RequestError) await dropRefusedKey(error.error.code);
    throw error;
  }
}

/** The desk does not take this key any more; keeping it would refuse every order to come. */
async function dropRefusedKey(code: ErrorCode): Promise<void> {
  if (code === 'actor.unknown' || code === 'actor.expired' || code === 'actor.revoked') await dropAgent();
}

/** An order with the client id it can be asked about later. */
export function withClientId(order: OrderDraftWire): OrderDraftWire & { clientId: string } {
  return { ...order, clientId: order.clientId ?? newClientId() };
}

/** Places an order. Its row stands at once, dashed, and turns solid on the engine's answer. */
export async function placeOrder(order: OrderDraftWire & { clientId: string }): Promise<Answered> {
  const { account, clientId } = order;
  const sentMs = Date.now();
  addPending(account, { clientId, order, sentMs, state: 'sent' });
  try {
    const answered = await send([{ type: 'PlaceOrder', order }]);
    const [result] = answered.results;
    const { seq, ackMs } = answered;
    logAcknowledgement({ order, sentMs, seq, ackMs, isRefused: result?.status === 'refused' });
    const isListed = result?.status === 'resting' || result?.status === 'parked' || hasRest(result);
    if (isListed) markPending(account, clientId, 'acknowledged');
    else dropPending(account, clientId);
    return answered;
  } catch (error) {
    const isUnknown = error instanceof RequestError && error.error.code === 'outcome.unknown';
    if (isUnknown) markPending(account, clientId, 'late');
    else dropPending(account, clientId);
    throw error;
  }
}

function hasRest(result: OperationResult | undefined): boolean {
  return result !== undefined && result.status !== 'refused' && result.openLots > 0;
}

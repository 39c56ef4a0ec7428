import type { ErrorCode } from '../engine/protocol/errors.ts';
import { pageError } from '../engine/protocol/pageErrors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type {
  CommandWire,
  OperationWire,
  OrderDraftWire,
  ScaleDraftWire,
} from '../engine/protocol/wire/commands.ts';
import { sendCommand } from './connection.ts';
import { RequestError } from './http.ts';
import { type FoundOutcome, findOutcome } from './outcome.ts';
import { dropAgent } from './session.ts';
import { commandText, newClientId, nextNonce } from './signing.ts';
import { playSound } from './sounds/playSound.ts';
import { addPending, dropPending, markPending } from './stores/accountStore.ts';
import { logAcknowledgement } from './stores/acknowledgementStore.ts';
import { acknowledgements } from './stores/connectionStore.ts';
import { listing } from './stores/marketStore.ts';
import { sessionStore } from './stores/sessionStore.ts';

/** Longer than this a person wonders: the row says that it takes longer than expected. */
export const LATE_AFTER_MS = 1_000;

/** The engine's answer with where and how fast it was given. */
export interface Answered {
  seq: number;
  ackMs: number;
  results: OperationResult[];
}

/** An order that can be asked about later. */
export type NamedOrder = OrderDraftWire & { clientId: string };

/**
 * The text that says these operations, as it will be signed. Orders get a client id, so that one whose answer is
 * lost can be asked about.
 *
 * @fails session.required before the desk is known
 */
export function textOf(operations: readonly OperationWire[]): string {
  const desk = listing.get('listing');
  if (desk === undefined) throw new RequestError(pageError('session.required'));
  return commandText(desk, nextNonce(Date.now()), operations.map(withClientId));
}

/** Signs and sends operations that need nobody's second look. */
export function send(operations: readonly OperationWire[]): Promise<Answered> {
  return sendText(textOf(operations));
}

/**
 * Signs exactly this text and sends it. Rows of its orders stand at once, dashed, and turn solid on the engine's
 * answer.
 *
 * @fails session.required without an agent key · outcome.unknown when no answer came: `outcomesOf` asks
 */
export async function sendText(text: string): Promise<Answered> {
  const { session } = sessionStore.getState();
  if (session.state !== 'signedIn' || session.agent === undefined) {
    throw new RequestError(pageError('session.required'));
  }
  const orders = namedOrdersOf(text);
  const sentMs = Date.now();
  for (const order of orders) {
    addPending(order.account, { clientId: order.clientId, order, sentMs, state: 'sent' });
  }
  const late = setTimeout(() => markAll(orders, 'late'), LATE_AFTER_MS);
  const startMs = performance.now();
  try {
    const { seq, results } = await sendCommand(text, session.agent);
    for (const result of results) if (result.status === 'refused') await dropRefusedKey(result.error.code);
    const answered = { seq, ackMs: performance.now() - startMs, results };
    acknowledgements.add(answered.ackMs);
    for (const order of orders) settlePending(order, sentMs, answered);
    soundOut(results);
    return answered;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.error.code === 'outcome.unknown') markAll(orders, 'unknown');
    else for (const { account, clientId } of orders) dropPending(account, clientId);
    await dropRefusedKey(error.error.code);
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** Asks what became of the orders of a text whose answer was lost, until each is known; rows settle with it. */
export function outcomesOf(text: string): Promise<FoundOutcome[]> {
  return Promise.all(
    namedOrdersOf(text).map(async ({ account, clientId }) => {
      const outcome = await findOutcome(account, clientId);
      if (outcome.kind === 'found') markPending(account, clientId, 'acknowledged');
      else dropPending(account, clientId);
      return outcome;
    }),
  );
}

/** Of a text that `textOf` made: its shape is known here; the desk's door reads it as a stranger would. */
function namedOrdersOf(text: string): NamedOrder[] {
  return (JSON.parse(text) as CommandWire).operations.flatMap((operation) => {
    const order = operation.type === 'PlaceScale' ? firstOf(operation.scale) : placedIn(operation);
    return order?.clientId === undefined ? [] : [{ ...order, clientId: order.clientId }];
  });
}

function placedIn(operation: OperationWire): OrderDraftWire | undefined {
  return operation.type === 'PlaceOrder' ? operation.order : undefined;
}

/** A scale stands in one row until its orders arrive: its first order, with the size of all. */
function firstOf({
  fromPrice,
  toPrice: _to,
  count: _count,
  sizeRatio: _ratio,
  ...terms
}: ScaleDraftWire): OrderDraftWire {
  return { ...terms, type: 'limit', price: fromPrice };
}

function withClientId(operation: OperationWire): OperationWire {
  if (operation.type === 'PlaceOrder') {
    return {
      ...operation,
      order: { ...operation.order, clientId: operation.order.clientId ?? newClientId() },
    };
  }
  if (operation.type !== 'PlaceScale') return operation;
  return { ...operation, scale: { ...operation.scale, clientId: operation.scale.clientId ?? newClientId() } };
}

function markAll(orders: readonly NamedOrder[], state: 'late' | 'unknown'): void {
  for (const { account, clientId } of orders) markPending(account, clientId, state);
}

/** What stays open arrives on the account's stream: until then its row stands. */
function settlePending(order: NamedOrder, sentMs: number, { seq, ackMs, results }: Answered): void {
  const { account, clientId } = order;
  const result = results.find((each) => each.clientId === clientId);
  const isRefused = result === undefined || result.status === 'refused';
  logAcknowledgement({ order, sentMs, seq, ackMs, isRefused });
  const isListed = !isRefused && (result.status === 'parked' || result.openLots > 0);
  if (isListed) markPending(account, clientId, 'acknowledged');
  else dropPending(account, clientId);
}

/** The worst news of an answer, once. */
function soundOut(results: readonly OperationResult[]): void {
  if (results.some(({ status }) => status === 'refused')) return playSound('reject');
  const filled = results.filter((result) => result.status !== 'refused' && result.filledLots > 0);
  if (filled.length > 0) playSound(filled.every(({ status }) => status === 'filled') ? 'fill' : 'partFill');
}

/** The desk does not take this key any more; keeping it would refuse every order to come. */
async function dropRefusedKey(code: ErrorCode): Promise<void> {
  if (code === 'actor.unknown' || code === 'actor.expired' || code === 'actor.revoked') await dropAgent();
}

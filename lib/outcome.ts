import type { OrderView } from '../engine/protocol/views/account.ts';
import { getJson, RequestError } from './http.ts';

/** Between two questions while the desk does not answer. */
const AGAIN_MS = 500;

export type FoundOutcome = { kind: 'found'; orderId: number } | { kind: 'neverArrived' };

/**
 * Asks what became of an order whose answer was lost, until somebody knows. The engine's copy answers
 * only once it has seen everything that was accepted before the question.
 */
export async function findOutcome(account: number, clientId: string): Promise<FoundOutcome> {
  for (;;) {
    try {
      const order = await getJson<OrderView>(`/api/v1/orders/by-client-id/${account}/${clientId}`);
      return { kind: 'found', orderId: order.orderId };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.error.code === 'outcome.notFound') return { kind: 'neverArrived' };
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

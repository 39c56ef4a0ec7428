import type { OperationResult } from '../../../../engine/protocol/stream.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { type Answered, send } from '../../../../lib/commands.ts';
import { formatCount, formatMs } from '../../../../lib/format.ts';
import { RequestError } from '../../../../lib/http.ts';
import { toast } from '../../../../lib/stores/toastStore.ts';

/** Sends operations and says what became of them. Cancelling is never blocked here: the engine decides. */
async function act(
  group: string,
  operations: OperationWire[],
  done: (answered: Answered) => string,
): Promise<boolean> {
  try {
    const answered = await send(operations);
    const refused = answered.results.find((result) => result.status === 'refused');
    if (refused?.status === 'refused') {
      toast({
        group,
        tone: 'danger',
        text: `Refused: ${refused.error.code}.`,
        detail: refused.error.message,
      });
      return false;
    }
    const detail = `seq ${formatCount(answered.seq)}, ${formatMs(answered.ackMs)}`;
    toast({ group, tone: 'good', text: done(answered), detail });
    return true;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const isUnknown = error.error.code === 'outcome.unknown';
    const text = isUnknown ? 'No answer: the outcome is not known.' : `Refused: ${error.error.code}.`;
    toast({ group, tone: isUnknown ? 'warn' : 'danger', text, detail: error.error.message });
    return false;
  }
}

export function cancelOrder(account: number, orderId: number): Promise<boolean> {
  return act(
    `order ${orderId}`,
    [{ type: 'CancelOrder', account, orderId }],
    () => `Order ${orderId} cancelled.`,
  );
}

/** As many as one command holds. */
const OPERATIONS_MAX = 100;

/** Several by name, of any markets of the account. */
export async function cancelOrders(
  group: string,
  account: number,
  orderIds: readonly number[],
): Promise<void> {
  for (let from = 0; from < orderIds.length; from += OPERATIONS_MAX) {
    const part = orderIds.slice(from, from + OPERATIONS_MAX);
    const operations = part.map((orderId): OperationWire => ({ type: 'CancelOrder', account, orderId }));
    const words = part.length === 1 ? 'Order cancelled.' : `${part.length} orders cancelled.`;
    if (!(await act(group, operations, () => words))) return;
  }
}

export function cancelAll(account: number): Promise<boolean> {
  return act('cancel all', [{ type: 'CancelAll', account }], ({ results }) => cancelAllWords(results[0]));
}

function cancelAllWords(result: OperationResult | undefined): string {
  return result?.status === 'cancelled' ? 'All open orders cancelled.' : 'There was nothing to cancel.';
}

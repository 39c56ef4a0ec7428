import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import type { ExpectedFill } from './guardedOrder.ts';
import { RequestError } from './http.ts';

/** What orders at market would do now, by operation; those that do not trade at once are not in it. */
export type ExpectedFills = ReadonlyMap<OperationWire, ExpectedFill>;

/** Hands wait for it: an answer takes a few milliseconds, and one that takes longer is told as none. */
const ANSWER_WITHIN_MS = 400;

/** Said where the guard would have judged a fill and nobody could tell it. */
export const NO_FILL_KNOWN = 'No preview came: how far from the mark this would fill is not known.';

/** Whether nobody could tell what some would fill, and whether any of those may open: an exit is not held up by that. */
export function unseenFills(fills: ExpectedFills): { isAny: boolean; mayOpen: boolean } {
  const unseen = [...fills].flatMap(([operation, fill]) => (fill === 'unknown' ? [operation] : []));
  const mayOpen = unseen.some(
    (operation) => operation.type === 'PlaceOrder' && operation.order.isReduceOnly !== true,
  );
  return { isAny: unseen.length > 0, mayOpen };
}

/**
 * Asks the engine's copy what the orders at market among operations would fill, those of one market together, so that
 * the second starts where the first ends.
 *
 * @returns `unknown` for those that were not answered in time
 */
export async function expectedFills(
  operations: readonly OperationWire[],
  ask: (operations: OperationWire[]) => Promise<PreviewView>,
): Promise<ExpectedFills> {
  const groups = new Map<string, OperationWire[]>();
  for (const operation of operations) {
    if (operation.type !== 'PlaceOrder' || operation.order.type !== 'market') continue;
    const key = `${operation.order.account} ${operation.order.instrument}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  const answers = await Promise.all(
    [...groups.values()].map(async (group) => {
      const fill = await answerOf(ask(group));
      return group.map((operation) => [operation, fill] as const);
    }),
  );
  return new Map(answers.flat());
}

async function answerOf(question: Promise<PreviewView>): Promise<ExpectedFill> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), ANSWER_WITHIN_MS);
  });
  const answer = question.catch((error: unknown): 'unknown' => {
    if (error instanceof RequestError) return 'unknown';
    throw error;
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

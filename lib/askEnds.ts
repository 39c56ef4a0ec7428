import type { AccountSnapshotMessage } from '../engine/protocol/stream.ts';
import type { OrderOutcomesView, OrderOutcomeView, OrderView } from '../engine/protocol/views/account.ts';
import { announceOutcomes } from './announceOutcomes.ts';
import { getJson, RequestError } from './http.ts';
import { endedBy } from './orderEnds.ts';
import { accounts } from './stores/accountStore.ts';
import { type AccountState, goneSince, withOutcomes } from './stores/mergeAccount.ts';

/** Between two questions while the desk cannot say. */
const AGAIN_MS = 500;
/** Refusals that end by themselves. Any other would be the same for as long as the page is open. */
const passing: readonly string[] = ['engine.notReady', 'engine.busy', 'request.tooMany'];
/** Orders of one question. */
const ASKED_MAX = 200;

/**
 * A snapshot only shows that orders are gone. How they ended is asked, written to their rows, and told.
 *
 * @param before what was known before the snapshot
 */
export async function askEnds(
  before: AccountState | undefined,
  { account: view, fills }: AccountSnapshotMessage,
): Promise<void> {
  const gone = goneSince(before, view);
  for (let first = 0; first < gone.length; first += ASKED_MAX) {
    const asked = gone.slice(first, first + ASKED_MAX);
    const outcomes = await outcomesOf(view.account, asked);
    const state = accounts.latest(view.account);
    if (state === undefined) return;
    accounts.set(view.account, withOutcomes(state, asked, outcomes ?? []));
    if (outcomes === undefined) continue;
    announceOutcomes(
      asked.map((order) => ({
        order,
        outcome: outcomes.find(({ orderId }) => orderId === order.orderId),
        fills: fills.filter(({ orderId, seq }) => orderId === order.orderId && seq > before!.seq),
      })),
    );
  }
}

/** @returns undefined where asking again would bring the same refusal: nobody here may ask, or the desk cannot say */
async function outcomesOf(
  account: number,
  orders: readonly OrderView[],
): Promise<readonly OrderOutcomeView[] | undefined> {
  const ids = orders.map(({ orderId }) => orderId).join(',');
  for (;;) {
    try {
      const { outcomes } = await getJson<OrderOutcomesView>(
        `/api/v1/accounts/${account}/outcomes?orders=${ids}`,
      );
      // What the snapshot saw end may not yet have been told to whoever answers.
      if (outcomes.every((outcome) => endedBy(outcome) !== undefined)) return outcomes;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { code } = error.error;
      if (!passing.includes(code)) return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

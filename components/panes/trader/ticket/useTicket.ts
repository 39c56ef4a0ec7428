import { useCallback, useEffect, useReducer } from 'react';
import type { AccountSummaryView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { placeOrder, withClientId } from '../../../../lib/commands.ts';
import { requestPreview } from '../../../../lib/connection.ts';
import { type DraftReading, orderOf } from '../../../../lib/draftOrder.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useBookFreshness, useFeedFreshness, useMarkFreshness } from '../../../../lib/hooks/connection.ts';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { RequestError } from '../../../../lib/http.ts';
import { findOutcome } from '../../../../lib/outcome.ts';
import { startPreviews } from '../../../../lib/previewLoop.ts';
import { pulse } from '../../../../lib/stores/connectionStore.ts';
import { editDraft, openDraft } from '../../../../lib/stores/draftStore.ts';
import { type Block, blockOf } from './Ticket.block.ts';
import { nextTicket, type Outcome, type TicketEvent, type TicketState } from './Ticket.state.ts';

/** Longer than this a person wonders: the ticket says that it takes too long. */
const LATE_AFTER_MS = 1_500;

export interface Ticket {
  state: TicketState;
  block: Block | undefined;
  send: () => void;
}

/** One ticket: keeps its preview alive, knows why it cannot send, and follows the order it sent. */
export function useTicket(market: MarketView | undefined): Ticket {
  const [state, dispatch] = useReducer(nextTicket, { tag: 'drafting' });
  const session = useSession();
  const account = useSelectedAccount();
  const draft = useDraft();
  const preview = usePreview();
  const instrument = market?.instrument ?? -1;
  const reading = market && orderOf(draft, account?.account ?? 0, market, pulse()?.timeMs ?? 0);
  const feed = useFeedFreshness();
  const book = useBookFreshness(instrument);
  const mark = useMarkFreshness(instrument);
  const nowMs = useNow(250);
  const block = blockOf({ session, account, feed, book, mark, ticket: state, reading, preview, nowMs });

  usePreviewLoop(market, account);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the event is that the draft changed.
  useEffect(() => dispatch({ type: 'edited' }), [draft]);
  useEffect(() => {
    if (preview.state === 'known' && preview.isCurrent) dispatch({ type: 'previewed' });
  }, [preview]);

  const canSend = block === undefined && reading?.is === 'order';
  const send = useCallback(() => {
    if (canSend) void sendOrder(reading, dispatch);
  }, [canSend, reading]);
  return { state, block, send };
}

function usePreviewLoop(market: MarketView | undefined, account: AccountSummaryView | undefined): void {
  useEffect(() => {
    if (market !== undefined) openDraft(market.instrument);
  }, [market]);
  useEffect(() => {
    if (market === undefined || account === undefined) return;
    return startPreviews({
      order(draft) {
        const reading = orderOf(draft, account.account, market, pulse()?.timeMs ?? 0);
        return reading.is === 'order' ? reading.order : undefined;
      },
      ask: requestPreview,
      nowMs: () => Date.now(),
      after(delayMs, run) {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    });
  }, [market, account]);
}

async function sendOrder(
  reading: Extract<DraftReading, { is: 'order' }>,
  dispatch: (event: TicketEvent) => void,
): Promise<void> {
  const order = withClientId(reading.order);
  const { account, clientId } = order;
  dispatch({ type: 'sent', clientId, sentMs: Date.now() });
  const lateTimer = setTimeout(() => dispatch({ type: 'timedOut' }), LATE_AFTER_MS);
  const startMs = performance.now();
  let outcome: Outcome;
  try {
    const { seq, ackMs, results } = await placeOrder(order);
    const [result] = results;
    if (result === undefined || result.status === 'refused') {
      outcome = {
        kind: 'refused',
        seq,
        ackMs,
        error: result?.error ?? { code: 'order.unknown', message: '' },
      };
    } else {
      outcome = { kind: 'accepted', seq, ackMs, result };
      editDraft({ sizeText: '' });
    }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.error.code === 'outcome.unknown') {
      dispatch({ type: 'timedOut' });
      outcome = await findOutcome(account, clientId);
    } else {
      outcome = { kind: 'refused', seq: undefined, ackMs: performance.now() - startMs, error: error.error };
    }
  } finally {
    clearTimeout(lateTimer);
  }
  dispatch({ type: 'settled', outcome });
}

import { useCallback, useEffect, useReducer } from 'react';
import type { SideName } from '../../../../engine/protocol/enums.ts';
import { pageError } from '../../../../engine/protocol/pageErrors.ts';
import type { AccountSummaryView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { LATE_AFTER_MS } from '../../../../lib/commands.ts';
import { requestLargestOrder, requestOperationsPreview } from '../../../../lib/connection.ts';
import { readDraftNow } from '../../../../lib/draftNow.ts';
import type { DraftReading, PlacedOperation } from '../../../../lib/draftOrder.ts';
import type { Block } from '../../../../lib/feedBlock.ts';
import { STALE_AFTER_MS } from '../../../../lib/freshness.ts';
import type { ExpectedFill } from '../../../../lib/guardedOrder.ts';
import { guardRefusal } from '../../../../lib/guards.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { useBookFreshness, useFeedFreshness, useMarkFreshness } from '../../../../lib/hooks/freshness.ts';
import { PACE_MS, useTicked } from '../../../../lib/hooks/now.ts';
import { pastSentence } from '../../../../lib/hooks/past.ts';
import { followMost } from '../../../../lib/mostLoop.ts';
import { operationGuards } from '../../../../lib/operationGuards.ts';
import { type RequestEnd, requestOperations } from '../../../../lib/orderRequests.ts';
import { startPreviews } from '../../../../lib/previewLoop.ts';
import { editDraft, openDraft, type PreviewState } from '../../../../lib/stores/draftStore.ts';
import { handsWait } from '../../../../lib/stores/frame.ts';
import { blockOf } from './Ticket.block.ts';
import { nextTicket, type Outcome, type TicketEvent, type TicketState } from './Ticket.state.ts';

export interface Ticket {
  state: TicketState;
  block: Block | undefined;
  /** `buy 40 BTC`, as the button says it. */
  what: string;
  /** What the draft says now; undefined while it says nothing. */
  operation: PlacedOperation | undefined;
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
  const reading = market && readDraftNow(draft, account?.account ?? 0, market);
  const feed = useFeedFreshness();
  const book = useBookFreshness(instrument);
  const mark = useMarkFreshness(instrument);
  const nowMs = useTicked(PACE_MS, (now) => (isCounting(state, preview, now) ? now : 0), 0);
  const operation = reading?.is === 'operation' ? reading.operation : undefined;
  const fill = fillOf(preview);
  const refusal = operation && guardRefusal(operationGuards(operation, fill));
  const block = blockOf({
    session,
    account,
    feed,
    book,
    mark,
    ticket: state,
    reading,
    preview,
    guardRefusal: refusal,
    nowMs,
    past: pastSentence(),
  });

  const what = whatOf(draft.side, reading, market);

  usePreviewLoop(market, account);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the event is that the draft changed.
  useEffect(() => dispatch({ type: 'edited' }), [draft]);
  useEffect(() => {
    if (preview.state === 'known' && preview.isCurrent) dispatch({ type: 'previewed' });
  }, [preview]);

  const canSend = block === undefined && reading?.is === 'operation';
  const send = useCallback(() => {
    if (canSend) void sendOrder(reading, fill, `Review: ${what}`, dispatch);
  }, [canSend, reading, fill, what]);
  return { state, block, what, operation, send };
}

/** What the preview of these very terms would fill; undefined while it is of others. */
function fillOf(preview: PreviewState): ExpectedFill | undefined {
  return preview.state === 'known' && preview.isCurrent ? preview.preview : undefined;
}

function usePreviewLoop(market: MarketView | undefined, account: AccountSummaryView | undefined): void {
  useEffect(() => {
    if (market !== undefined) openDraft(market.instrument);
  }, [market]);
  useEffect(() => {
    if (market === undefined || account === undefined) return;
    return startPreviews({
      operation(draft) {
        const reading = readDraftNow(draft, account.account, market);
        return reading.is === 'operation' ? reading.operation : undefined;
      },
      ask,
      handsWait,
      nowMs: () => Date.now(),
      after,
    });
  }, [market, account]);
  useEffect(() => {
    if (market === undefined || account === undefined) return;
    return followMost({
      account: account.account,
      market,
      ask: requestLargestOrder,
      guardRefusal: (operation) => guardRefusal(operationGuards(operation)),
      after,
    });
  }, [market, account]);
}

function ask(operation: PlacedOperation): Promise<PreviewView> {
  return requestOperationsPreview([operation]);
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Whether the block says an age: only then does time change it. */
function isCounting(ticket: TicketState, preview: PreviewState, nowMs: number): boolean {
  return ticket.tag === 'late' || (preview.state === 'known' && nowMs - preview.receivedMs > STALE_AFTER_MS);
}

/** `buy 40 BTC`: the size as it is read, whatever was typed. */
function whatOf(side: SideName, reading: DraftReading | undefined, market: MarketView | undefined): string {
  const operation = reading?.is === 'operation' ? reading.operation : undefined;
  const terms = operation?.type === 'PlaceScale' ? operation.scale : operation?.order;
  return `${side} ${terms?.size ?? ''} ${market?.underlying ?? ''}`;
}

async function sendOrder(
  { operation }: Extract<DraftReading, { is: 'operation' }>,
  fill: ExpectedFill | undefined,
  title: string,
  dispatch: (event: TicketEvent) => void,
): Promise<void> {
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  const end = await requestOperations({
    operations: [operation],
    title,
    // What is on screen: a key waits for no second answer.
    fills: new Map(fill && [[operation, fill]]),
    isToldByPane: true,
    onSent() {
      dispatch({ type: 'sent', sentMs: Date.now() });
      lateTimer = setTimeout(() => dispatch({ type: 'timedOut' }), LATE_AFTER_MS);
    },
    onUnknown: () => dispatch({ type: 'timedOut' }),
  });
  clearTimeout(lateTimer);
  const outcome = outcomeOf(end);
  if (outcome === undefined) return;
  if (outcome.kind === 'accepted') editDraft({ sizeText: '' });
  dispatch({ type: 'settled', outcome });
}

/** Undefined when nothing was sent: the review was left, or something held it back and says so itself. */
function outcomeOf(end: RequestEnd): Outcome | undefined {
  switch (end.is) {
    case 'left':
    case 'blocked':
      return undefined;
    case 'refused':
      return { kind: 'refused', seq: undefined, ackMs: end.ackMs, error: end.error };
    case 'outcomes':
      return end.outcomes[0] ?? { kind: 'neverArrived' };
    case 'answered': {
      const { seq, ackMs, results } = end.answered;
      const [result] = results;
      if (result === undefined) return { kind: 'refused', seq, ackMs, error: pageError('order.unknown') };
      return result.status === 'refused'
        ? { kind: 'refused', seq, ackMs, error: result.error }
        : { kind: 'accepted', seq, ackMs, result };
    }
  }
}

import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { PlacedOperation } from './draftOrder.ts';
import { RequestError } from './http.ts';
import { type Draft, draftStore, setPreview } from './stores/draftStore.ts';

/** A preview is never older than this while the ticket stands still. */
const AGAIN_AFTER_MS = 250;
/** Questions on their way at most: typing does not wait for the answer about what was typed before. */
const IN_FLIGHT_MAX = 3;

export interface PreviewPorts {
  /** What the draft says now; undefined while it is not complete or nobody may ask. */
  operation(draft: Draft): PlacedOperation | undefined;
  ask(operation: PlacedOperation): Promise<PreviewView>;
  /** Hands wait for the answer to what they changed, or no longer do. */
  handsWait(isWaiting: boolean): void;
  nowMs(): number;
  after(delayMs: number, run: () => void): () => void;
}

/**
 * Keeps the preview true: asks on every change and again every 250 ms, a few questions at a time, and shows
 * an answer as current only while the draft it was asked about still stands.
 *
 * @returns stops
 */
export function startPreviews(ports: PreviewPorts): () => void {
  let inFlight = 0;
  let lastAsked = 0;
  /** Answers to questions before this one say nothing any more. */
  let firstWanted = 0;
  let isDue = false;
  let isStopped = false;
  let cancelTimer = () => {};

  function changed(): void {
    ports.handsWait(true);
    if (inFlight < IN_FLIGHT_MAX) void ask();
    else isDue = true;
  }

  async function ask(): Promise<void> {
    if (isStopped) return;
    cancelTimer();
    isDue = false;
    const { draft, preview } = draftStore.getState();
    const operation = ports.operation(draft);
    if (operation === undefined) {
      firstWanted = lastAsked + 1;
      ports.handsWait(false);
      if (preview.state !== 'none') setPreview({ state: 'none' });
    } else {
      if (preview.state === 'none' || preview.state === 'failed') setPreview({ state: 'asking' });
      inFlight++;
      await answer(draft, operation, ++lastAsked);
      inFlight--;
    }
    if (isDue) return ask();
    // The last one home waits for the next round.
    if (inFlight > 0) return;
    cancelTimer();
    cancelTimer = ports.after(AGAIN_AFTER_MS, () => void ask());
  }

  async function answer(draft: Draft, operation: PlacedOperation, question: number): Promise<void> {
    try {
      const preview = await ports.ask(operation);
      if (isStopped || question < firstWanted) return;
      firstWanted = question;
      const isCurrent = draftStore.getState().draft === draft;
      setPreview({ state: 'known', preview, receivedMs: ports.nowMs(), isCurrent });
      if (isCurrent) ports.handsWait(false);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // Silence is not a refusal: the last numbers stay, with their age.
      if (isStopped || error.error.code === 'outcome.unknown') return;
      if (draftStore.getState().draft !== draft) return;
      setPreview({ state: 'failed', error: error.error });
      ports.handsWait(false);
    }
  }

  const unsubscribe = draftStore.subscribe((next, before) => {
    if (next.draft !== before.draft || next.instrument !== before.instrument) changed();
  });
  void ask();
  return () => {
    isStopped = true;
    cancelTimer();
    unsubscribe();
  };
}

import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { RequestError } from './http.ts';
import { type Draft, draftStore, setPreview } from './stores/draftStore.ts';

/** A preview is never older than this while the ticket stands still. */
const AGAIN_AFTER_MS = 300;

export interface PreviewPorts {
  /** The order as it stands now; undefined while it is not complete or nobody may ask. */
  order(draft: Draft): OrderDraftWire | undefined;
  ask(order: OrderDraftWire): Promise<PreviewView>;
  nowMs(): number;
  after(delayMs: number, run: () => void): () => void;
}

/**
 * Keeps the preview true: asks on every change and again every 300 ms, one question at a time, and shows
 * an answer as current only while the draft it was asked about still stands.
 *
 * @returns stops
 */
export function startPreviews(ports: PreviewPorts): () => void {
  let isAsking = false;
  let isDue = false;
  let isStopped = false;
  let cancelTimer = () => {};

  async function ask(): Promise<void> {
    if (isStopped) return;
    if (isAsking) {
      isDue = true;
      return;
    }
    cancelTimer();
    isDue = false;
    const { draft, preview } = draftStore.getState();
    const order = ports.order(draft);
    if (order === undefined) {
      if (preview.state !== 'none') setPreview({ state: 'none' });
    } else {
      if (preview.state === 'none' || preview.state === 'failed') setPreview({ state: 'asking' });
      isAsking = true;
      await answer(draft, order);
      isAsking = false;
    }
    if (isDue) return ask();
    cancelTimer = ports.after(AGAIN_AFTER_MS, () => void ask());
  }

  async function answer(draft: Draft, order: OrderDraftWire): Promise<void> {
    try {
      const preview = await ports.ask(order);
      if (isStopped) return;
      const isCurrent = draftStore.getState().draft === draft;
      setPreview({ state: 'known', preview, receivedMs: ports.nowMs(), isCurrent });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // Silence is not a refusal: the last numbers stay, with their age.
      if (isStopped || error.error.code === 'outcome.unknown') return;
      if (draftStore.getState().draft === draft) setPreview({ state: 'failed', error: error.error });
    }
  }

  const unsubscribe = draftStore.subscribe((next, before) => {
    if (next.draft !== before.draft || next.instrument !== before.instrument) void ask();
  });
  void ask();
  return () => {
    isStopped = true;
    cancelTimer();
    unsubscribe();
  };
}

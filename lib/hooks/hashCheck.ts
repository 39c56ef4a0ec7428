import { useRef } from 'react';
import type { HealthView } from '../../engine/protocol/views/health.ts';
import { useNow } from './now.ts';
import { usePolled } from './polled.ts';

const EVERY_MS = 2_000;

export interface HashCheck {
  /** Where writer and follower last hashed to the same state. */
  seq: number;
  /** The hash both had there. */
  stateHash: string;
  /** Since this page saw that it moved on; undefined until it once did. */
  ageMs: number | undefined;
  /** The last state root on the chain; undefined before there is one. */
  root: { epoch: number; ageMs: number | undefined } | undefined;
}

/** The desk's own proof that its two copies of the engine agree; undefined before the first answer. */
export function useHashCheck(): HashCheck | undefined {
  const { view } = usePolled<HealthView>('/api/v1/health', EVERY_MS);
  const nowMs = useNow(EVERY_MS / 2);
  const checked = useMoved(view?.hashCheckedSequence, nowMs);
  const epoch = view?.settlement.lastRoot ?? 0;
  const posted = useMoved(view === undefined ? undefined : epoch, nowMs);
  if (view === undefined) return undefined;
  return {
    seq: view.hashCheckedSequence,
    stateHash: view.stateHash,
    ageMs: checked,
    root: epoch === 0 ? undefined : { epoch, ageMs: posted },
  };
}

/** How long ago this page saw a number move; undefined until it once did. */
function useMoved(value: number | undefined, nowMs: number): number | undefined {
  const last = useRef<{ value: number; movedMs: number | undefined }>(undefined);
  if (value === undefined) return undefined;
  if (last.current?.value !== value)
    last.current = { value, movedMs: last.current === undefined ? undefined : nowMs };
  const { movedMs } = last.current;
  return movedMs === undefined ? undefined : Math.max(0, nowMs - movedMs);
}

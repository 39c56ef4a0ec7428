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
}

/** The desk's own proof that its two copies of the engine agree; undefined before the first answer. */
export function useHashCheck(): HashCheck | undefined {
  const { view } = usePolled<HealthView>('/api/v1/health', EVERY_MS);
  const nowMs = useNow(EVERY_MS / 2);
  const last = useRef<{ seq: number; movedMs: number | undefined }>(undefined);
  if (view === undefined) return undefined;
  const seq = view.hashCheckedSequence;
  if (last.current?.seq !== seq)
    last.current = { seq, movedMs: last.current === undefined ? undefined : nowMs };
  const { movedMs } = last.current;
  return {
    seq,
    stateHash: view.stateHash,
    ageMs: movedMs === undefined ? undefined : Math.max(0, nowMs - movedMs),
  };
}

import { formatAge } from '../../../../lib/format.ts';
import type { ConnectionView } from '../../../../lib/hooks/connection.ts';

export type FeedTone = 'calm' | 'warn' | 'danger';

/** The feed in a word or two, and how worrying it is. */
export function feedWords(connection: ConnectionView, nowMs: number): { words: string; tone: FeedTone } {
  const { state, ageMs, attempt, retryAtMs, isPaused } = connection;
  if (state === 'live')
    return { words: isPaused ? 'market paused' : 'live', tone: isPaused ? 'warn' : 'calm' };
  if (state === 'connecting') return { words: 'connecting', tone: 'warn' };
  const age = ageMs === undefined ? '' : ` ${formatAge(ageMs)}`;
  if (state === 'stale') return { words: `stale${age}`, tone: 'danger' };
  const wait =
    retryAtMs === undefined ? '' : `, next try in ${Math.max(0, Math.ceil((retryAtMs - nowMs) / 1000))} s`;
  return { words: `offline${age}, attempt ${attempt}${wait}`, tone: 'danger' };
}

/** What is left of the armed minute, `0:52`, rounded up: 0:00 would be safe already. */
export function remainingText(leftMs: number): string {
  const seconds = Math.min(60, Math.max(0, Math.ceil(leftMs / 1_000)));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

import { PACE_MS, useNow } from '../../../../lib/hooks/now.ts';

/** What is left of the armed minute: `0:52`. */
export function Countdown({ untilMs }: { untilMs: number }) {
  const nowMs = useNow(PACE_MS);
  // The clock of the page may be a tick behind the moment of arming.
  return <span>{countdownText(Math.min(60_000, untilMs - nowMs))}</span>;
}

export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

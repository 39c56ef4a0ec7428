import type { Link } from './feed/messages.ts';
import { STALE_AFTER_MS } from './freshness.ts';
import { playSound } from './sounds/playSound.ts';

let wasOpen = false;
let lost: ReturnType<typeof setTimeout> | undefined;

/** Sounds when the line has been down for as long as makes everything on the screen old; a shorter break is not told. */
export function announceLink({ state }: Pick<Link, 'state'>): void {
  if (state === 'open') {
    wasOpen = true;
    clearTimeout(lost);
    lost = undefined;
  } else if (wasOpen) {
    lost ??= setTimeout(() => playSound('connection'), STALE_AFTER_MS);
  }
}

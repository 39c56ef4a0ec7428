import type { Channel, Recovery } from './feed/messages.ts';
import { formatAge, formatCount } from './format.ts';
import { STALE_AFTER_MS } from './freshness.ts';
import { playSound } from './sounds/playSound.ts';
import { listing } from './stores/marketStore.ts';
import { toast } from './stores/toastStore.ts';

/** Says that the feed is back, and which of it was resumed and which started anew. A break nobody saw is not told. */
export function announceRecovery(recovery: Recovery): void {
  if (recovery.downMs < STALE_AFTER_MS) return;
  playSound('connectionBack');
  toast({
    group: 'connection',
    tone: 'info',
    text: `Connected again after ${formatAge(recovery.downMs)}`,
    detail: recoveryWords(recovery, nameOf),
  });
}

export function recoveryWords(recovery: Recovery, name: (channel: Channel) => string): string {
  const { resumed, resynced, seq } = recovery;
  const list = (channels: Channel[]) =>
    channels
      .filter(({ kind }) => kind !== 'markets')
      .map(name)
      .join(', ');
  const parts = [
    list(resumed) && `resumed by sequence: ${list(resumed)}`,
    list(resynced) && `resynced from a snapshot: ${list(resynced)}`,
  ].filter(Boolean);
  return `At seq ${formatCount(seq)}; ${parts.join('; ')}.`;
}

function nameOf({ kind, key }: Channel): string {
  if (kind === 'account') return 'account';
  return listing.get('listing')?.markets.find(({ instrument }) => instrument === key)?.name ?? 'market';
}

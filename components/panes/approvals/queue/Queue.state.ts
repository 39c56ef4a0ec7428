import type { FirmView, OpenProposalView, ProposalsView } from '../../../../engine/protocol/views/firm.ts';
import type { QueueEntry, QueueFilter, QueueGroup } from '../../../../lib/firm/queue.ts';
import { isExpiring, passes } from '../../../../lib/firm/queue.ts';
import { formatCountdown } from '../../../../lib/format.ts';

export const groupNames: Readonly<Record<QueueGroup, string>> = {
  toAnswer: 'Mine to answer',
  toSign: 'Mine to sign',
  waiting: 'Waiting for others',
  held: 'Held by delay',
  decided: 'Decided',
};

export const filters: readonly { value: QueueFilter; name: string }[] = [
  { value: 'all', name: 'All' },
  { value: 'toSign', name: 'To sign' },
  { value: 'mine', name: 'Mine' },
  { value: 'expiring', name: 'Expiring' },
];

/** How a proposal ended, in a word. */
export const endWords: Readonly<Record<NonNullable<QueueEntry['closed']>['end'], string>> = {
  done: 'done',
  failed: 'failed',
  vetoed: 'vetoed',
  expired: 'expired',
  withdrawn: 'withdrawn',
  policyChanged: 'void: policy changed',
};

/** Entries that pass a filter, by group; groups with nothing in them are left out. */
export function grouped(
  queue: readonly QueueEntry[],
  filter: QueueFilter,
  { member }: FirmView,
  { timeMs }: ProposalsView,
): { group: QueueGroup; entries: readonly QueueEntry[] }[] {
  const shown = queue.filter((entry) => passes(entry, filter, member, timeMs));
  return (Object.keys(groupNames) as QueueGroup[])
    .map((group) => ({ group, entries: shown.filter((entry) => entry.group === group) }))
    .filter(({ entries }) => entries.length > 0);
}

/** What stands at the right of a row: how long there is still time, or how it ended. */
export function clockOf(entry: QueueEntry, nowMs: number): { text: string; isUrgent: boolean } {
  if (entry.closed !== undefined) return { text: endWords[entry.closed.end], isUrgent: false };
  const { dueAtMs, expiresAtMs } = entry.proposal;
  const leftMs = (dueAtMs === 0 ? expiresAtMs : dueAtMs) - nowMs;
  return { text: formatCountdown(leftMs), isUrgent: isExpiring(entry, nowMs) };
}

/** A place in the quorum as a square: filled, one that is mine to fill, or open. */
export type Square = 'agreed' | 'mine' | 'open';

/** The engine says who may fill which; of several that I could fill the first is mine, because I have one voice. */
export function squaresOf({ seats }: OpenProposalView, self: number): Square[] {
  const mine = seats.findIndex(({ eligible }) => eligible.includes(self));
  return seats.map(({ member }, place): Square => {
    if (member !== null) return 'agreed';
    return place === mine ? 'mine' : 'open';
  });
}

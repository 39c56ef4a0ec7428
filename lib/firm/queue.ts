import type { ProposalView } from '../../engine/protocol/views/directory.ts';
import type {
  ClosedProposalView,
  OpenProposalView,
  ProposalsView,
} from '../../engine/protocol/views/firm.ts';

/** Where a proposal stands for the one who looks. */
export type QueueGroup = 'toAnswer' | 'toSign' | 'waiting' | 'held' | 'decided';

export type QueueFilter = 'all' | 'toSign' | 'mine' | 'expiring';

export type QueueEntry =
  | { group: Exclude<QueueGroup, 'decided'>; proposal: OpenProposalView; closed: undefined }
  | { group: 'decided'; proposal: ClosedProposalView['proposal']; closed: ClosedProposalView };

/** What has less time than this left is about to expire. */
export const EXPIRING_MS = 15 * 60_000;

/**
 * Everything, in the order it asks for somebody: what I am asked about, what I may
 * sign, what others must, what only time holds, what is over.
 */
export function queueOf({ proposals, closed }: ProposalsView, self: number): QueueEntry[] {
  const open = proposals.map((proposal): QueueEntry => {
    return { group: groupOf(proposal, self), proposal, closed: undefined };
  });
  const order: readonly QueueGroup[] = ['toAnswer', 'toSign', 'waiting', 'held'];
  return [
    ...order.flatMap((group) => open.filter((entry) => entry.group === group)),
    ...closed.map((each): QueueEntry => ({ group: 'decided', proposal: each.proposal, closed: each })),
  ];
}

function groupOf(proposal: OpenProposalView, self: number): Exclude<QueueGroup, 'decided'> {
  const { dueAtMs, approvers, maker } = proposal;
  if (maker === self && openQuestionOf(proposal) !== undefined) return 'toAnswer';
  if (dueAtMs !== 0) return 'held';
  return approvers.includes(self) ? 'toSign' : 'waiting';
}

/** What was asked last and its maker has not said anything to since. */
export function openQuestionOf({ comments, maker }: Pick<ProposalView, 'comments' | 'maker'>) {
  const answeredAt = comments.findLastIndex(({ member }) => member === maker);
  return comments.slice(answeredAt + 1).findLast(({ isQuestion }) => isQuestion);
}

export function passes(entry: QueueEntry, filter: QueueFilter, self: number, nowMs: number): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'toSign':
      return entry.group === 'toSign' || entry.group === 'toAnswer';
    case 'mine':
      return entry.proposal.maker === self;
    case 'expiring':
      return isExpiring(entry, nowMs);
  }
}

/** Whether little time is left to agree. */
export function isExpiring({ closed, proposal }: QueueEntry, nowMs: number): boolean {
  return closed === undefined && proposal.dueAtMs === 0 && proposal.expiresAtMs - nowMs < EXPIRING_MS;
}

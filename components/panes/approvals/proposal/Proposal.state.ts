import type { QueueEntry } from '../../../../lib/firm/queue.ts';
import { groupWords } from '../../../../lib/firm/words.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';

/** Of one's own firm or of another that has a part in it. */
export function personName({ firm, view }: Pick<Approvals, 'firm' | 'view'>, member: number): string {
  const own = firm.members.find((each) => each.member === member);
  const known = own ?? view.people.find((each) => each.member === member);
  return known?.label ?? `member ${member} of another firm`;
}

export interface SeatFace {
  is: 'agreed' | 'mine' | 'open';
  text: string;
  /** Who may fill it, where it is open. */
  hint: string;
}

/** A group of a quorum with its seats, as people read them. */
export interface GroupFace {
  words: string;
  seats: SeatFace[];
}

/** The meter of an open proposal: each seat with who filled it or who may. */
export function meterOf(
  approvals: Approvals,
  entry: Extract<QueueEntry, { closed: undefined }>,
): GroupFace[] {
  const { proposal } = entry;
  let isPlaced = false;
  return proposal.needs.groups.map((group, index) => {
    const seats = proposal.seats.filter((seat) => seat.group === index);
    return {
      words: groupWords(group),
      seats: seats.map(({ member, eligible }): SeatFace => {
        if (member !== null) return { is: 'agreed', text: personName(approvals, member), hint: 'agreed' };
        const hint = eligible.map((each) => personName(approvals, each)).join(', ') || 'nobody left';
        const isMine = !isPlaced && eligible.includes(approvals.firm.member);
        if (!isMine) return { is: 'open', text: 'open', hint };
        isPlaced = true;
        return { is: 'mine', text: 'you', hint: personName(approvals, approvals.firm.member) };
      }),
    };
  });
}

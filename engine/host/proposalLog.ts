import { nameOf, ProposalEnd } from '../protocol/enums.ts';
import { errorCodeOf, errorView } from '../protocol/errors.ts';
import { eventAt, walkEvents } from '../protocol/events/read.ts';
import { type EngineEvent, eventTags } from '../protocol/events/table.ts';
import type { DirectoryView, ProposalView } from '../protocol/views/directory.ts';
import type { ClosedProposalView } from '../protocol/views/firm.ts';

/** Of all firms together; the oldest go. */
const KEPT = 512;
const TAGS: readonly number[] = [eventTags.ProposalApproved, eventTags.ProposalEnded];

/**
 * What became of proposals since the desk was started: the engine forgets one as soon as it is decided. One that was
 * opened and ended within one commit was never open to anybody and is not here.
 */
export class ProposalLog {
  #open = new Map<number, ProposalView>();
  #closed: ClosedProposalView[] = [];

  /** Events of one commit; before the directory that came with it. */
  apply(lanes: Float64Array): void {
    // Events are many and proposals are few.
    if (this.#open.size === 0) return;
    walkEvents(lanes, 0, lanes.length, (tag, at, seq, timeMs) => {
      if (TAGS.includes(tag)) this.#note(eventAt(lanes, tag, at, seq, timeMs), seq, timeMs);
    });
  }

  follow({ proposals }: Pick<DirectoryView, 'proposals'>): void {
    this.#open = new Map(proposals.map((proposal) => [proposal.proposal, proposal]));
  }

  /** Newest first. */
  closedOf(firm: number): ClosedProposalView[] {
    return this.#closed.filter(({ proposal }) => proposal.firm === firm).reverse();
  }

  #note(event: EngineEvent, seq: number, timeMs: number): void {
    if (event.kind !== 'ProposalApproved' && event.kind !== 'ProposalEnded') return;
    const proposal = this.#open.get(event.proposal);
    if (proposal === undefined) return;
    if (event.kind === 'ProposalApproved') {
      // A view is replaced, never changed: whoever holds it holds what was true then.
      const { member, agent } = event;
      const approvals = [...proposal.approvals, { member, agent }];
      this.#open.set(event.proposal, { ...proposal, approvals });
      return;
    }
    this.#open.delete(event.proposal);
    const code = errorCodeOf(event.code);
    this.#closed.push({
      proposal,
      end: nameOf(ProposalEnd, event.end),
      refusal: code === undefined ? null : errorView(code),
      member: event.member < 0 ? null : event.member,
      seq,
      endedMs: timeMs,
    });
    if (this.#closed.length > KEPT) this.#closed.shift();
  }
}

import type { ClosedProposalView, OpenProposalView, PersonView } from './firm.ts';

/**
 * GET /api/v1/approvals: what waits for the yes or no of the wallet that is signed in. All of it each time: who has heard
 * one answer has missed nothing, whatever was lost before.
 */
export interface ApprovalsView {
  /** To be said as `after` with the next question. */
  seq: number;
  timeMs: number;
  wallet: string;
  /** Whose the wallet is. */
  member: number;
  /** Oldest first. */
  proposals: WaitingProposalView[];
  /** What ended behind `after`, oldest first: of the last 64 of the firm, and older ones are in the audit log. */
  closed: ClosedProposalView[];
  /** Everybody who is named in them. */
  people: PersonView[];
}

export interface WaitingProposalView extends OpenProposalView {
  /** Whether this very wallet may agree: of money that leaves, the owner's word is that of the wallet that owns the firm. */
  mayApprove: boolean;
  /** Whether it may say no; also who has agreed may, until it is done. */
  mayVeto: boolean;
}

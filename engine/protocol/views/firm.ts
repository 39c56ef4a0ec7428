import type { ActionKind } from '../commands/actionNumbers.ts';
import type { MarginCallLevel, SetLimits } from '../commands/actions.ts';
import type { Approvals, Direction, Rule } from '../commands/policy.ts';
import type { ProposalEndName } from '../enums.ts';
import type { ErrorView } from '../errors.ts';
import type { MemberView, NodeView, ProposalView } from './directory.ts';
import type { LimitUseView } from './firmRisk.ts';
import type { PreviewSideView } from './preview.ts';

/**
 * GET /api/v1/firm: the firm of who asks, to each of its members: its tree, its people and its rules, all at one
 * sequence. Money is told account by account, to those who may see the account.
 */
export interface FirmView {
  seq: number;
  timeMs: number;
  firm: number;
  label: string;
  /** Address of the wallet that owns it. */
  owner: string;
  /** The member who asks. */
  member: number;
  nodes: FirmNodeView[];
  /** Who has left is among them. */
  members: MemberView[];
  policy: PolicyView;
  withdrawals: WithdrawalLimitsView;
}

/** What may leave the firm in a day, and where to. Micro-USD at the index; 0 for a limit that is none. */
export interface WithdrawalLimitsView {
  dayUsd: number;
  /** Authorised since 00:00 UTC. */
  todayUsd: number;
  /** To any one address. */
  destinationDayUsd: number;
  /** Addresses of the book, and the owner's own first. */
  destinations: DestinationView[];
}

export interface DestinationView {
  to: string;
  label: string;
  isOwner: boolean;
  /** Its own; what holds is the smaller of this and the firm's. */
  dayUsd: number;
  todayUsd: number;
  /** Since when the book has it; null of the owner's own, which it does not need. */
  listedMs: number | null;
  /** Payments of the firm that the vault made to it. */
  paidCount: number;
}

export interface FirmNodeView extends NodeView {
  /** Its own; null for none. What is set above it holds as well. */
  limits: SetLimits['limits'] | null;
  /** Of a subaccount: nothing moves between it and another. */
  isSegregated: boolean;
  /** Its own levels of margin calls; none: those of the nearest place above that has some. */
  callLevels: readonly MarginCallLevel[];
  /** Of a group: when opposite positions below it are crossed by themselves; null: never. */
  nettingWindow: NettingWindowView | null;
}

export interface NettingWindowView {
  everyMinutes: number;
  /** Minute of the day, UTC, from which they are counted. */
  startMinuteUtc: number;
}

/** The rules in force. */
export interface PolicyView {
  /** 1 for the standard one, and one more with each that was set. */
  version: number;
  hash: string;
  rules: Rule[];
}

export interface ClosedProposalView {
  /** As it was when it ended. */
  proposal: ProposalView;
  end: ProposalEndName;
  /** Of what had failed. */
  refusal: ErrorView | null;
  /** Who ended it; null where nobody did. */
  member: number | null;
  seq: number;
  endedMs: number;
}

/** GET /api/v1/proposals: what is open in a firm, or asks for its people's agreement, and the last that were decided. */
export interface ProposalsView {
  seq: number;
  timeMs: number;
  /** Changes whenever GET /api/v1/firm would say something new. */
  firmStamp: number;
  /** Oldest first. */
  proposals: OpenProposalView[];
  /** Newest first. */
  closed: ClosedProposalView[];
  /** Everybody who is named in them, whichever firm they are of. */
  people: PersonView[];
}

export interface OpenProposalView extends ProposalView {
  /** One for each agreement it needs, group by group. */
  seats: SeatView[];
  /** Who may agree and has not. */
  approvers: number[];
  /** Who may say no. */
  vetoers: number[];
}

/** A place in a quorum. */
export interface SeatView {
  /** Index in `needs.groups`. */
  group: number;
  /** Who filled it; null while it is open. */
  member: number | null;
  /** Who could fill it by agreeing now; nobody where it is filled. */
  eligible: number[];
}

export interface PersonView {
  member: number;
  firm: number;
  label: string;
  role: number;
}

/**
 * GET /api/v1/proposals/:proposal/preview and POST /api/v1/proposals/preview: what an action would do if it were done
 * now, by the code that would do it, taken back. Of a proposal that was decided: null.
 */
export interface ActionTrialView {
  seq: number;
  timeMs: number;
  /** What the policy says of who asks: done at once, refused, or waiting for agreement. */
  verdict: 'allow' | 'deny' | 'approve';
  /** Whether it gives more room than there is now or takes some away. */
  direction: Direction;
  /** Rules that match, by their ids. */
  rules: string[];
  /** Null unless others must agree. */
  needs: Approvals | null;
  /** Of a change set, what the policy says of each part; else empty. */
  parts: PartTrialView[];
  /** Null when it could be done now, or proposed. */
  refusal: ErrorView | null;
  /** Margin of the accounts it touches that who asks may see. */
  accounts: AccountChangeView[];
  /**
   * What the places it touches use of their limits, as far as who asks sees all that is summed; of new limits every
   * measure of the place, limited or not.
   */
  limits: LimitChangeView[];
  /** Of what closes positions: each with the worst price it may be traded at, and what would be left. */
  exits: ExitView[];
  /** What nobody of the firm could get agreed to any more. */
  lost: LostActionView[];
}

/** An action, or of one that is worth something the amounts above one edge and up to another. */
export interface LostActionView {
  action: ActionKind;
  /** Whole USD; 0 from the smallest amount on. */
  overUsd: number;
  /** Whole USD; null: any amount. */
  upToUsd: number | null;
}

/** One part of a change set, by the firm's policy. */
export interface PartTrialView extends Pick<ActionTrialView, 'verdict' | 'rules' | 'needs'> {
  /** What it does, as it stands in the sentence of the set. */
  words: string;
}

/** A position that is to be closed in the market. */
export interface ExitView {
  account: number;
  instrument: number;
  /** Positive is long. */
  lots: number;
  markUsdPerLot: number;
  /** No slice of it trades past this price; 0: not even one tick is that near, and nothing is bought. */
  worstTicks: number;
  /** What all of it at that price is worse than the mark, before fees; ≥ 0, rounded up. */
  worstCostUsd: number;
  /** What the book would not take of it now, signed like `lots`. */
  leftLots: number;
}

/** One limit as it stands before, and what would be used of it after. */
export interface LimitChangeView extends LimitUseView {
  /** The same where it is refused. */
  usedAfter: number;
}

export interface AccountChangeView {
  account: number;
  before: PreviewSideView;
  /** The same where it is refused. */
  after: PreviewSideView;
}

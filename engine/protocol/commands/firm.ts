import type { Action } from './actions.ts';

/** Asks for an action in a firm. Given by a member's wallet, or by the desk itself, for which it is done at once. */
export interface Propose {
  kind: 'Propose';
  firm: number;
  action: Action;
  /** What a wallet signs besides: for what policy, having seen what, until when. The desk itself signs nothing. */
  terms?: AskingTerms;
}

/** For what an action is asked: what has changed since is not what was signed. */
export interface AskingTerms {
  /** Of the policy that it is to be judged by. */
  policyHash: string;
  /** The sequence that was looked at; the engine's is never less. */
  seqMin: number;
  /** Engine time after which this asks for nothing any more. */
  deadlineMs: number;
}

/** As a wallet signs it. */
export type SignedPropose = Propose & { terms: AskingTerms };

/** Agrees to a proposal, or ends it. Given by a wallet that signed exactly this. */
export interface Decide {
  kind: 'Decide';
  proposal: number;
  decision: 'approve' | 'veto';
  /** Why, for whoever asked: a veto says it, an agreement may leave it empty. */
  reason: string;
  /** What is agreed to, and the policy it was judged by: what has changed since is not agreed to. */
  actionHash: string;
  policyHash: string;
  /** The sequence the approver looked at; the engine's is never less. */
  seqMin: number;
  /** Engine time after which this says nothing any more. */
  deadlineMs: number;
}

/** Takes one's own proposal back. */
export interface WithdrawProposal {
  kind: 'WithdrawProposal';
  proposal: number;
}

/** Characters of a comment, and of the reason of a decision. */
export const COMMENT_LENGTH_MAX = 280;

/** Says something about an open proposal to everybody it concerns. It decides nothing. */
export interface CommentProposal {
  kind: 'CommentProposal';
  proposal: number;
  text: string;
  /** Put to whoever asked for it, who answers with a comment. */
  isQuestion: boolean;
}

/** What a member's wallet signs. */
export type FirmCommand = Propose | Decide | WithdrawProposal | CommentProposal;

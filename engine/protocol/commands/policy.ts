import type { Role } from '../enums.ts';
import type { ActionKind } from './actionNumbers.ts';

/**
 * Who of a firm may do what, and who must agree. Rules are an ordered list for people to read; the engine asks all of
 * them: what no rule allows is refused, and of those that match the most restrictive holds.
 */
export interface Policy {
  rules: Rule[];
}

export interface Rule {
  /** 1–24 of A–Z 0–9 : / _ -, its own in the policy. */
  id: string;
  when: Condition;
  verdict: Verdict;
}

/** All that is named must hold; what is left out holds for everything. */
export interface Condition {
  /** Of who asks. */
  roles?: Role[];
  actions?: ActionKind[];
  /** Below one of these nodes lies all that the action touches; of a rule that does not allow: any of it. */
  nodes?: number[];
  direction?: Direction;
  /** It concerns who asks, and nobody else: a key or a wallet of their own. */
  isOwn?: boolean;
  reach?: Reach;
  /**
   * What it moves, of transfers with what was moved today without agreement, is worth more than this, whole USD. Of a key:
   * it may open so much more in an hour than the tightest soft limit over its accounts.
   */
  overUsd?: number;
  /** The same is worth no more than this, whole USD. */
  upToUsd?: number;
  /** From this minute of the UTC day up to, not including, the other; over midnight where the first is the later. */
  minutesUtc?: { from: number; to: number };
}

/** Whether an action gives more room than there was, or takes some away. What does neither gives. */
export type Direction = 'loosen' | 'tighten';

/** Whether an action stays with one owner. */
export type Reach = 'ownFirm' | 'otherFirm';

export type Verdict = { is: 'allow' } | { is: 'deny' } | Approvals;

/** Waits until enough others agree. */
export interface Approvals {
  is: 'approve';
  groups: Group[];
  /** Who may say no besides those who may agree. */
  vetoRoles: Role[];
  /** Between the last approval and the deed, ms. */
  delayMs: number;
  /** From the proposal until nobody may agree any more, ms. */
  expiryMs: number;
}

/** So many different people in one of these roles, none of them who asked. */
export interface Group {
  roles: Role[];
  /** Of the firm that asks and of the place it takes from, or of the place that receives. */
  side: 'from' | 'to';
  min: number;
  /** Of a change set, as it was proposed: the places of the parts that ask for these people. No rule has any. */
  places?: readonly number[];
}

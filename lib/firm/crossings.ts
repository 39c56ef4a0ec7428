import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { ActionTrialView } from '../../engine/protocol/views/firm.ts';
import type { LimitUseView } from '../../engine/protocol/views/firmRisk.ts';
import { type LimitChange, limitChanges } from './limitChanges.ts';
import { limitName, limitState } from './limitWords.ts';
import { severityOf } from './tree.ts';

/** Nearer to its liquidation than this an account is not brought without a word why. */
const SIGMAS_MIN = 2;

/** Something that is passed by what is agreed to, or further past than before. */
export interface Crossing {
  /** The line it is told in, and how far it is passed: the same in every trial of one proposal. */
  key: string;
  line: string;
  /** `Macro / Alts Gross over soft`. */
  words: string;
}

/** What places and accounts are called. */
export interface CrossingNames {
  accountLabel(account: number): string;
  labelOf(node: number): string;
}

/** The line of one limit, in the table and among what is crossed. */
export function limitKey({ node, kind, of }: Pick<LimitUseView, 'node' | 'kind' | 'of'>): string {
  return `${node} ${kind} ${of}`;
}

/** The line of one account's distance. */
export function distanceKey(account: number): string {
  return `distance ${account}`;
}

/** What a trial would pass, limits first: whoever agrees to that says why. */
export function crossings(
  action: Action,
  trial: Pick<ActionTrialView, 'limits' | 'accounts'>,
  names: CrossingNames,
): Crossing[] {
  const limits = limitChanges(action, trial.limits).filter(isPassed);
  const near = trial.accounts.filter(
    ({ before, after }) =>
      isNear(after.distanceSigmas) &&
      (before.distanceSigmas < 0 || after.distanceSigmas < before.distanceSigmas),
  );
  return [
    ...limits.map(({ after }) => ({
      key: `${limitKey(after)} ${severityOf(after)}`,
      line: limitKey(after),
      words: `${names.labelOf(after.node)} ${limitName(after)} ${limitState(after)}`,
    })),
    ...near.map(({ account }) => ({
      key: distanceKey(account),
      line: distanceKey(account),
      words: `${names.accountLabel(account)} under ${SIGMAS_MIN}σ`,
    })),
  ];
}

/** Below 0 there is nothing that could be liquidated. */
function isNear(sigmas: number): boolean {
  return sigmas >= 0 && sigmas < SIGMAS_MIN;
}

function isPassed({ before, after, isCrossed }: LimitChange): boolean {
  return isCrossed || (severityOf(after) > 0 && after.used > before.used);
}

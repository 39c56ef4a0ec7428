import type { ActionTrialView } from '../../engine/protocol/views/firm.ts';
import type { Crossing } from './crossings.ts';

/** What somebody who decides looks at: the last trial of a proposal, and what of it has just changed under their eyes. */
export interface TrialLook {
  proposal: number;
  view: ActionTrialView;
  receivedMs: number;
  crossings: readonly Crossing[];
  /** Passed since it is looked at, and not yet long enough to have been read: until then nobody agrees. */
  fresh: readonly Crossing[];
}

/** How long what has just been passed is read before anybody agrees to it. */
export const REARM_MS = 1_000;

/** The next trial beside what was looked at before; what is seen first of a proposal is fresh to nobody. */
export function nextLook(before: TrialLook | undefined, next: Omit<TrialLook, 'fresh'>): TrialLook {
  if (before?.proposal !== next.proposal) return { ...next, fresh: [] };
  const isIn = (all: readonly Crossing[], key: string) => all.some((each) => each.key === key);
  const fresh = next.crossings.filter(({ key }) => isIn(before.fresh, key) || !isIn(before.crossings, key));
  return { ...next, fresh };
}

import type { Action, SetLimits } from '../../engine/protocol/commands/actions.ts';
import type { UnderlyingClassName } from '../../engine/protocol/enums.ts';
import type { LimitChangeView } from '../../engine/protocol/views/firm.ts';
import type { LimitUseView } from '../../engine/protocol/views/firmRisk.ts';
import { assetMeasures, classMeasures, type LimitMeasure, placeMeasures } from './limitMeasures.ts';
import { severityOf, worstFirst } from './tree.ts';

/** One limit of a place before and after something is done. */
export interface LimitChange {
  before: LimitUseView;
  /** With the limits that would hold then. */
  after: LimitUseView;
  /** Whether a soft or a hard limit is passed after that was not before. */
  isCrossed: boolean;
}

/**
 * Limits whose use or whose terms change, and those that are passed after all the same; what is passed stands first,
 * then what is used most.
 *
 * @param limits of a trial of the action
 */
export function limitChanges(action: Action, limits: readonly LimitChangeView[]): LimitChange[] {
  const asked = action.kind === 'SetLimits' ? action : undefined;
  const changes = limits.map((limit) => changeOf(limit, asked)).filter(isWorthARow);
  const order = worstFirst(changes.map(({ after }) => after));
  return order.map((use) => changes.find(({ after }) => after === use)!);
}

function changeOf({ usedAfter, ...before }: LimitChangeView, asked: SetLimits | undefined): LimitChange {
  const terms = asked === undefined || asked.node !== before.node ? {} : termsOf(asked, before);
  const after = { ...before, ...terms, used: usedAfter };
  return { before, after, isCrossed: severityOf(after) > severityOf(before) };
}

function isWorthARow({ before, after }: LimitChange): boolean {
  const isSame = before.used === after.used && before.soft === after.soft && before.hard === after.hard;
  return !isSame || severityOf(after) > 0;
}

/** What new limits of a place say of one measure. */
function termsOf({ limits }: SetLimits, use: LimitUseView): Pick<LimitUseView, 'soft' | 'hard'> {
  const measure = measureOf(use);
  return { soft: measure?.read(limits.soft) ?? null, hard: measure?.read(limits.hard) ?? null };
}

function measureOf({ kind, of }: LimitUseView): LimitMeasure | undefined {
  const all = [...placeMeasures, ...classMeasures(of as UnderlyingClassName), ...assetMeasures(of)];
  return all.find((measure) => measure.kind === kind && measure.of === of);
}

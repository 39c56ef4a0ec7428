import type {
  AccountChangeView,
  ActionTrialView,
  LimitChangeView,
} from '../../engine/protocol/views/firm.ts';
import { formatRatio } from '../format.ts';
import { limitAmount, limitName, limitState } from './limitWords.ts';
import { sigmasText } from './sigmasText.ts';
import { worstFirst } from './tree.ts';
import { needsWords } from './words.ts';

/** What putting something down would do, in sentences for eyes and ears alike. */
export interface DropWords {
  /** Margin ratio and distance of each account before and after. */
  accounts: string[];
  /** Limits of both sides whose use would change, those used most first. */
  limits: string[];
  /** What the policy and the engine say of it. */
  outcome: string;
  isRefused: boolean;
}

/** What places and accounts are called. */
export interface DropNames {
  accountLabel(account: number): string;
  labelOf(node: number): string;
}

/** More than these nobody takes in while holding something. */
const LIMITS_MAX = 3;

export function dropWords(view: ActionTrialView, names: DropNames): DropWords {
  const changed = view.limits.filter(({ used, usedAfter }) => used !== usedAfter);
  // By what would be used: a limit that is passed only after stands first.
  const after = worstFirst(
    changed.map((limit) => ({ ...limit, used: limit.usedAfter, usedBefore: limit.used })),
  );
  const ordered = after.map((use) => changed.find((limit) => isSame(limit, use))!);
  return {
    accounts: view.accounts.map((change) => accountWords(change, names)),
    limits: ordered.slice(0, LIMITS_MAX).map((change) => limitChangeWords(change, names)),
    outcome: outcomeWords(view),
    isRefused: view.refusal !== null,
  };
}

function isSame(a: Pick<LimitChangeView, 'node' | 'kind' | 'of'>, b: typeof a): boolean {
  return a.node === b.node && a.kind === b.kind && a.of === b.of;
}

function accountWords({ account, before, after }: AccountChangeView, names: DropNames): string {
  const ratio = arrow(formatRatio(before.ratioPpm, 2), formatRatio(after.ratioPpm, 2));
  const distance = arrow(sigmasText(before.distanceSigmas), sigmasText(after.distanceSigmas));
  return `${names.accountLabel(account)}: MM ÷ equity ${ratio}, distance ${distance}`;
}

function limitChangeWords(change: LimitChangeView, names: DropNames): string {
  const { node, used, usedAfter, soft, hard } = change;
  const amounts = arrow(limitAmount(change, used), limitAmount(change, usedAfter));
  const limit = limitAmount(change, hard ?? soft ?? 0);
  const state = limitState({ ...change, used: usedAfter });
  return `${names.labelOf(node)} ${limitName(change)}: ${amounts} of ${limit}, ${state}`;
}

function arrow(before: string, after: string): string {
  return before === after ? `${before} as before` : `${before} → ${after}`;
}

function outcomeWords({ verdict, rules, needs, refusal }: ActionTrialView): string {
  const by = rules.length === 0 ? '' : ` by rule ${rules.join(', ')}`;
  if (verdict === 'deny') return `Refused${by}: ${refusal?.message ?? ''}`;
  if (refusal !== null) return `Refused: ${refusal.message}`;
  return needs === null ? `Allowed${by}: done at once.` : `Needs approval${by}: ${needsWords(needs)}.`;
}

import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import type { RebalanceTarget, RebalanceView } from '../../../../engine/protocol/views/rebalance.ts';
import { USD_SCALE } from '../../../../engine/units/money.ts';
import type { MoveDraft } from '../../../../lib/firm/changeSet.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { WARN_SIGMAS } from '../../../../lib/riskLevel.ts';
import { nearestFirst } from './Nearest.state.ts';

/** As many as the desk computes for at once. */
const WANTED_MAX = 8;
const SIGMAS_MAX = 50;
const PPM_PER_PERCENT = 10_000;

export type TargetKind = RebalanceTarget['by'];

export const targetKinds: readonly { value: TargetKind; label: string }[] = [
  { value: 'distance', label: 'Distance' },
  { value: 'ratio', label: 'MM ÷ equity' },
];

/** Where the colours change, and where most desks call. */
export const firstTyped: Record<TargetKind, string> = { distance: String(WARN_SIGMAS), ratio: '60' };
export const unitOf: Record<TargetKind, string> = { distance: 'σ at least', ratio: '% at most' };

/** @returns what was typed as a target, or why it is none */
export function readTarget(by: TargetKind, typed: string): RebalanceTarget | { wrong: string } {
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  if (by === 'distance')
    return value > 0 && value <= SIGMAS_MAX
      ? { by, sigmas: value }
      : { wrong: `A distance over 0 and up to ${SIGMAS_MAX} σ-days.` };
  const ratioPpm = Math.floor(value * PPM_PER_PERCENT);
  return ratioPpm > 0 && ratioPpm <= 100 * PPM_PER_PERCENT
    ? { by, ratioPpm }
    : { wrong: 'A share of equity over 0 and up to 100 %.' };
}

/** Accounts that stand short of a target by what the page knows, the nearest first; a pot is its account's affair. */
export function shortOf(accounts: readonly AccountRiskView[], target: RebalanceTarget): AccountRiskView[] {
  const own = accounts.filter(({ potOf }) => potOf === null);
  const isShort = ({ ratioPpm, distance: { state, sigmas } }: AccountRiskView) =>
    target.by === 'ratio'
      ? ratioPpm < 0 || ratioPpm > target.ratioPpm
      : state === 'liquidatable' || (state === 'measured' && sigmas < target.sigmas);
  return nearestFirst(own).filter(isShort).slice(0, WANTED_MAX);
}

/** The transfers as parts of a draft, as if somebody had typed them. */
export function draftsOf({ transfers }: RebalanceView): MoveDraft[] {
  return transfers.map(({ from, to, asset, amount }) => ({
    kind: 'Transfer',
    from,
    to,
    asset,
    typed: String(amount / USD_SCALE),
  }));
}

/** What came of a need, in words. */
export function needWords({ neededUsd, givenUsd }: RebalanceView['needs'][number]): string {
  if (neededUsd === null) return 'no sum leads there';
  if (givenUsd === neededUsd) return 'reaches it';
  return `${formatUsd(neededUsd - givenUsd)} short`;
}

import type { LimitKind, LimitUseView } from '../../engine/protocol/views/firmRisk.ts';
import { formatCount, formatPercent, formatTimes, formatUsdShort } from '../format.ts';
import { severityOf, usedPpm } from './tree.ts';

const names: Record<LimitKind, string> = {
  gross: 'Gross',
  net: 'Net',
  classGross: 'Gross of class',
  classNet: 'Net of class',
  assetGross: 'Gross',
  assetNet: 'Net',
  concentration: 'Concentration',
  ordersPerMinute: 'Orders a minute',
  dayLoss: 'Loss of the day',
  leverage: 'Leverage',
};

/** What is limited: `Net BTC`, `Gross of class large`. */
export function limitName({ kind, of }: LimitUseView): string {
  return of === '' ? names[kind] : `${names[kind]} ${of}`;
}

/** An amount in the limit's own unit. */
export function limitAmount({ kind }: LimitUseView, amount: number): string {
  if (kind === 'concentration') return formatPercent(amount);
  if (kind === 'leverage') return formatTimes(amount);
  return kind === 'ordersPerMinute' ? formatCount(amount) : formatUsdShort(amount);
}

/** `72%`; of a limit of nothing that is used all the same, `∞`. */
export function usedText(use: LimitUseView): string {
  const ppm = usedPpm(use);
  return ppm === Number.POSITIVE_INFINITY ? '∞' : formatPercent(ppm, 0);
}

/** How it stands, in words: colour is never alone. */
export function limitState(use: LimitUseView): string {
  return ['within', 'over soft', 'at hard'][severityOf(use)]!;
}

export const limitTone = (use: LimitUseView) => (['plain', 'warn', 'danger'] as const)[severityOf(use)];

/** Where the soft limit stands on the way to the hard one; none where only one of them is set. */
export function softMark({ soft, hard }: LimitUseView): readonly number[] {
  return soft === null || hard === null || hard === 0 ? [] : [Math.min(soft / hard, 1)];
}

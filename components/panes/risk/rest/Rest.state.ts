import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { TimeView } from '../../../../engine/protocol/views/margin.ts';
import { formatCount, formatMinute, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { maintenanceReason, timeReason } from '../../../../lib/reasons/margin.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

export interface RestRow {
  id: string;
  label: string;
  text: string;
  kind: 'part' | 'total';
  reason: Reason;
}

/** A year at today's rates is as far as they are believed. */
const DAYS_SAID = 365;

/** What time does to an account while no price moves: what a day brings, how long it lasts, what is announced. */
export function restRows(account: AccountView): readonly RestRow[] {
  const { margin, announced } = account;
  const { time } = margin;
  const reason = timeReason(time, margin);
  const parts = time.reasons.map(({ name, usdPerDay }): RestRow => {
    const formula = 'at the rates of now, held for a day';
    return {
      id: name,
      label: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      text: formatSignedUsd(usdPerDay, 2),
      kind: 'part',
      reason: { formula, inputs: [[`${name} a day`, formatSignedUsd(usdPerDay, 2)]] },
    };
  });
  return [
    ...parts,
    { id: 'net', label: 'A day brings', text: formatSignedUsd(time.netUsdPerDay, 2), kind: 'total', reason },
    { id: 'lasts', label: 'Lasts, no price moving', text: lastsText(time), kind: 'total', reason },
    {
      id: 'now',
      label: 'Maintenance margin now',
      text: formatUsd(margin.maintenanceUsd, 2),
      kind: 'part',
      reason: maintenanceReason(margin),
    },
    announcedRow(margin.maintenanceUsd, announced),
  ];
}

export function lastsText({ state, days }: TimeView): string {
  if (state === 'liquidatable') return 'liquidation now';
  if (state === 'never' || days > DAYS_SAID) return 'over a year';
  return days < 2 ? `${Math.floor(days * 24)} h` : `${formatCount(Math.floor(days))} days`;
}

/** Requirements rise on a published schedule only, so what the next hour asks is known now. */
function announcedRow(nowUsd: number, announced: AccountView['announced']): RestRow {
  const formula =
    'the same positions at the volatility multipliers of the next full hour: up at most 5 % an hour';
  if (announced === null)
    return {
      id: 'next',
      label: 'Next full hour',
      text: 'unchanged',
      kind: 'part',
      reason: { formula, inputs: [['now', formatUsd(nowUsd, 2)]] },
    };
  const { atMs, maintenanceUsd } = announced;
  return {
    id: 'next',
    label: `At ${formatMinute(atMs)}`,
    text: formatUsd(maintenanceUsd, 2),
    kind: 'part',
    reason: {
      formula,
      inputs: [
        ['now', formatUsd(nowUsd, 2)],
        ['then', formatUsd(maintenanceUsd, 2)],
        ['change', formatSignedUsd(maintenanceUsd - nowUsd, 2)],
      ],
    },
  };
}

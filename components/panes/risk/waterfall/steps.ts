import { formatPercent } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

const PPM = 1_000_000;

/** A step as it is given: its place in the fall follows from those before it. */
export interface Step {
  id: string;
  label: string;
  kind: 'step' | 'detail';
  usd: number;
  note: string;
  reason: Reason;
}

export function shareText(part: number, whole: number, of = ''): string {
  if (whole <= 0) return '';
  return `${formatPercent(Math.round((part / whole) * PPM))} ${of}`.trim();
}

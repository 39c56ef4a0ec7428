import type { PreviewSideView, PreviewView } from '../engine/protocol/views/preview.ts';
import {
  formatDistance,
  formatPoints,
  formatRatio,
  formatSigmas,
  formatSignedUsd,
  formatUsd,
  SIGMAS_SAID,
  UNKNOWN,
} from './format.ts';

/** A number with its text: the text is rounded for the eye. */
export interface ShownValue {
  value: number | undefined;
  text: string;
}

export interface EffectRow {
  name: string;
  before: ShownValue;
  after: ShownValue;
  change: string;
}

const measures: {
  name: string;
  of: (side: PreviewSideView) => number;
  text: (value: number) => string;
  change: (before: number, after: number) => string;
}[] = [
  { name: 'initial', of: (side) => side.initialUsd, text: formatUsd, change: usdChange },
  { name: 'maintenance', of: (side) => side.maintenanceUsd, text: formatUsd, change: usdChange },
  {
    name: 'MM of equity',
    of: (side) => side.ratioPpm,
    text: (ppm) => formatRatio(ppm, 2),
    change: (before, after) => (before < 0 || after < 0 ? UNKNOWN : formatPoints(after - before)),
  },
  { name: 'free', of: (side) => side.freeUsd, text: formatUsd, change: usdChange },
  { name: 'distance', of: (side) => side.distanceSigmas, text: distanceText, change: distanceChange },
];

/** The account's margin before and after what was previewed, and the change; labels alone while it is unknown. */
export function effectRows(preview: Pick<PreviewView, 'before' | 'after'> | undefined): EffectRow[] {
  return measures.map(({ name, of, text, change }) => {
    if (preview === undefined) {
      const unknown = { value: undefined, text: UNKNOWN };
      return { name, before: unknown, after: unknown, change: UNKNOWN };
    }
    const before = of(preview.before);
    const after = of(preview.after);
    return {
      name,
      before: { value: before, text: text(before) },
      after: { value: after, text: text(after) },
      change: change(before, after),
    };
  });
}

function usdChange(before: number, after: number): string {
  return formatSignedUsd(after - before);
}

function distanceText(sigmas: number): string {
  return sigmas < 0 ? 'no risk' : `${formatDistance(sigmas)}σ`;
}

/** Nothing can be subtracted from a distance that does not exist or is only known to be large. */
function distanceChange(before: number, after: number): string {
  const isMeasured = (sigmas: number) => sigmas >= 0 && sigmas <= SIGMAS_SAID;
  if (!isMeasured(before) || !isMeasured(after)) return UNKNOWN;
  return `${after > before ? '+' : ''}${formatSigmas(after - before)}σ`;
}

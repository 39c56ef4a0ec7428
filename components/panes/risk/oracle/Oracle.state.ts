import type {
  IsolationWindowView,
  OracleIndexView,
  OracleSourceView,
} from '../../../../engine/protocol/views/oracle.ts';
import { formatAge, formatGreek, formatPriceE8, formatSignedBp, formatTime } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { zoneText } from '../../../../lib/timeZone.ts';

const PPM = 1_000_000;
/** Under this share of the sources margin charges for the doubt. */
const CHARGED_CONFIDENCE_PPM = 550_000;
/** No order passes on an index that is older. */
const AGE_MS_MAX = 10_000;
/** Ends of the strip on which sources are drawn. */
const STRIP_BP = 10;

const ruleWords: Record<IsolationWindowView['rule'], string> = {
  sources: 'too few live sources',
  confidence: 'low confidence',
  mark: 'book 2 bands from the index for 5 s',
  move: 'index moved 2 ranges in a minute',
};

export const sourceWords: Record<OracleSourceView['state'], string> = {
  live: 'live',
  stale: 'stale',
  outOfBand: 'out of band',
  silent: 'not heard yet',
};

/** Whether somebody should look: it stands alone, is about to, is charged for, or is too old to trade on. */
export function isTroubled(index: OracleIndexView, nowMs: number): boolean {
  return (
    index.window !== null ||
    index.liveSources <= index.liveSourcesMin ||
    index.confidencePpm < CHARGED_CONFIDENCE_PPM ||
    nowMs - index.indexTimeMs > AGE_MS_MAX
  );
}

/** The index shown in full: the one picked, else the worst off, else the first. */
export function shownIndex(
  indexes: readonly OracleIndexView[],
  picked: string | undefined,
  nowMs: number,
): OracleIndexView | undefined {
  const own = indexes.find(({ underlying }) => underlying === picked);
  if (own !== undefined) return own;
  const rank = (index: OracleIndexView) =>
    (index.window !== null ? 2 : 0) + (isTroubled(index, nowMs) ? 1 : 0);
  // The sort keeps the order of the listing among equals.
  return [...indexes].sort((a, b) => rank(b) - rank(a) || a.confidencePpm - b.confidencePpm)[0];
}

export function confidenceText(ppm: number): string {
  return formatGreek(ppm / PPM, 2);
}

/** Where a source stands on the strip: 0 is −10 bp, 1 is +10 bp; what is farther stands at its end. */
export interface Dot {
  source: number;
  at: number;
  look: 'live' | 'beyond' | 'dropped';
}

export function dotsOf({ sources, indexE8 }: OracleIndexView): readonly Dot[] {
  if (indexE8 === 0) return [];
  return sources
    .filter(({ state }) => state !== 'silent')
    .map(({ source, deviationBp, state }) => ({
      source,
      at: Math.min(1, Math.max(0, 0.5 + deviationBp / (2 * STRIP_BP))),
      look: Math.abs(deviationBp) > STRIP_BP ? 'beyond' : state === 'live' ? 'live' : 'dropped',
    }));
}

/** What the strip shows, for those who do not see it. */
export function stripWords({ underlying, sources }: OracleIndexView): string {
  const heard = sources.filter(({ state }) => state !== 'silent').map(({ deviationBp }) => deviationBp);
  if (heard.length === 0) return `${underlying}: no source heard`;
  const [least, most] = [Math.min(...heard), Math.max(...heard)];
  return `${underlying}: sources from ${formatSignedBp(least)} to ${formatSignedBp(most)} bp of the index`;
}

/** What would isolate the underlying, or what has and until when. */
export function windowText({ window, liveSourcesMin, confidencePpmMin }: OracleIndexView): string {
  if (window === null)
    return `isolates if live < ${liveSourcesMin} or confidence < ${confidenceText(confidencePpmMin)}`;
  const time = (timeMs: number) => formatTime(timeMs, false);
  return `alone since ${time(window.startMs)}: ${ruleWords[window.rule]}; ends ${time(window.endsMs)} ${zoneText(window.endsMs)} or later`;
}

export function indexReason(index: OracleIndexView, nowMs: number): Reason {
  const { indexE8, ticksPerUsd, liveSources, sources, indexTimeMs } = index;
  return {
    formula:
      'lower median of the sources that are fresh and in the band: within 3 median deviations, at least 0.5 %',
    inputs: [
      ['index', formatPriceE8(indexE8, ticksPerUsd)],
      ['live sources', `${liveSources} of ${sources.length}`],
      ['confirmed', `${formatAge(nowMs - indexTimeMs)} before`],
    ],
  };
}

export function confidenceReason(index: OracleIndexView): Reason {
  const { confidencePpm, liveSources, sources, confidencePpmMin } = index;
  return {
    formula: 'weight of the sources in the band ÷ weight of all that are listed, so those dropped lower it',
    inputs: [
      ['live sources', `${liveSources} of ${sources.length}`],
      ['confidence', confidenceText(confidencePpm)],
      ['margin charges the doubt under', confidenceText(CHARGED_CONFIDENCE_PPM)],
      ['stands alone under', confidenceText(confidencePpmMin)],
    ],
  };
}

export function markReason({ underlying, markDeviationBp }: OracleIndexView): Reason {
  return {
    formula: 'mark ÷ index − 1 of the perpetual; the own book moves a mark no further than its band',
    inputs: [
      ['perpetual', `of ${underlying}`],
      ['mark from index', markDeviationBp === null ? 'no mark' : `${formatSignedBp(markDeviationBp)} bp`],
    ],
  };
}

export function sourceReason(
  { receivedMs, state, deviationBp, weightPpm }: OracleSourceView,
  nowMs: number,
): Reason {
  return {
    formula: 'fresh: heard within 10 s; in the band: within 3 median deviations of the fresh, at least 0.5 %',
    inputs: [
      ['state', sourceWords[state]],
      ['last heard', state === 'silent' ? 'never' : `${formatAge(nowMs - receivedMs)} before`],
      ['from the index', `${formatSignedBp(deviationBp)} bp`],
      ['weight, all alike', confidenceText(weightPpm)],
    ],
  };
}

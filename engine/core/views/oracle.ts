import { IsolationRule, type IsolationRuleName, nameOf } from '../../protocol/enums.ts';
import type {
  IsolationWindowView,
  OracleIndexView,
  OracleSourceView,
  OracleView,
} from '../../protocol/views/oracle.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { NONE } from '../memory/table.ts';
import { type Band, isSourceFresh, sourceBand, sourcesNeeded } from '../oracle/indexPrice.ts';
import { earliestEndMs, isIsolated } from '../oracle/isolated.ts';
import { CONFIDENCE_PPM_MIN } from '../oracle/isolationRules.ts';
import { firstSource } from '../oracle/sources.ts';
import type { State } from '../state.ts';

const BP_SCALE = 10_000;

/** Every index at the state's sequence: how many sources stand behind it, and what each of them says. */
export function oracleViewOf(state: State): OracleView {
  const { seq, timeMs } = state.globals.columns;
  return {
    seq: seq[0]!,
    timeMs: timeMs[0]!,
    indexes: state.directory.underlyings.map((_, underlying) => indexViewOf(state, underlying)),
  };
}

function indexViewOf(state: State, underlying: number): OracleIndexView {
  const { sources, indexE8, indexTimeMs, liveSources, confidencePpm, perpetual } = state.underlyings.columns;
  const instrument = perpetual[underlying]!;
  const listed = sources[underlying]!;
  return {
    underlying: state.directory.underlyings[underlying]!.name,
    indexE8: indexE8[underlying]!,
    indexTimeMs: indexTimeMs[underlying]!,
    liveSources: liveSources[underlying]!,
    liveSourcesMin: sourcesNeeded(listed),
    confidencePpm: confidencePpm[underlying]!,
    confidencePpmMin: CONFIDENCE_PPM_MIN,
    markDeviationBp: instrument === NONE ? null : markDeviationBp(state, instrument),
    ticksPerUsd: instrument === NONE ? 1 : state.instruments.columns.ticksPerUsd[instrument]!,
    window: isIsolated(state, underlying) ? windowOf(state, underlying) : null,
    sources: sourcesOf(state, underlying, listed),
  };
}

function markDeviationBp(state: State, instrument: number): number | null {
  const { mark, index } = state.instruments.columns;
  return index[instrument] === 0 ? null : (mark[instrument]! / index[instrument]! - 1) * BP_SCALE;
}

function windowOf(state: State, underlying: number): IsolationWindowView {
  const { rule, startMs, heldMs } = state.isolations.columns;
  return {
    rule: nameOf(IsolationRule, rule[underlying]!) as IsolationRuleName,
    startMs: startMs[underlying]!,
    heldMs: heldMs[underlying]!,
    endsMs: earliestEndMs(state, underlying),
  };
}

function sourcesOf(state: State, underlying: number, listed: number): OracleSourceView[] {
  const { priceE8, receivedMs } = state.sources.columns;
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  const band = sourceBand(state, underlying, listed);
  const first = firstSource(state, underlying);
  return Array.from({ length: listed }, (_, source) => {
    const row = first + source;
    const isComparable = priceE8[row]! > 0 && indexE8 > 0;
    return {
      source,
      weightPpm: Math.floor(PPM_SCALE / listed),
      priceE8: priceE8[row]!,
      receivedMs: receivedMs[row]!,
      deviationBp: isComparable ? (priceE8[row]! / indexE8 - 1) * BP_SCALE : 0,
      state: sourceStateOf(state, row, band),
    };
  });
}

function sourceStateOf(state: State, row: number, { middleE8, widthE8 }: Band): OracleSourceView['state'] {
  const priceE8 = state.sources.columns.priceE8[row]!;
  if (priceE8 === 0) return 'silent';
  if (!isSourceFresh(state, row)) return 'stale';
  return Math.abs(priceE8 - middleE8) > widthE8 ? 'outOfBand' : 'live';
}

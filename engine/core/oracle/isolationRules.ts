import { IsolationRule } from '../../protocol/enums.ts';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { rangeOf } from '../margin/range.ts';
import { moveOfMinute } from './indexMoves.ts';
import { sourcesNeeded } from './indexPrice.ts';

/** Under this share of the listed sources the index is the opinion of a few. */
export const CONFIDENCE_PPM_MIN = 400_000;
/** After a pause of the engine feeds have to be opened anew, and its own threads to get under way. */
const HEARING_MS = MINUTE_MS;
/** The free mark may stand this many bands from the index, and farther for so long. */
const BANDS = 2;
const OUTSIDE_MS_MAX = 5 * SECOND_MS;
/** The index may move this many ranges of a small book within a minute. */
const RANGES = 2;

/** The range of the smallest position at the multiplier of risk already held, as a fraction of the price. */
function smallRange(engine: Engine, underlying: number): number {
  const parameters = engine.risk.parameters();
  return rangeOf(parameters, underlying, parameters.dayRangeMaintenance[underlying]!, 0);
}

/** How far the free mark may stand from the index, as a fraction: two bands of a quarter of the small range. */
export function outsideDistance(engine: Engine, underlying: number): number {
  return (BANDS * smallRange(engine, underlying)) / 4;
}

/**
 * The first rule by which an underlying must stand alone now, or none: too few live sources, low confidence,
 * a free mark that stays away from the index, an index that runs. Neither a high multiplier nor a share of
 * open interest is one: others can force them, and both would break hedges.
 */
export function isolationRuleOf(engine: Engine, underlying: number): IsolationRule {
  const { state } = engine;
  const { sources, liveSources, confidencePpm, indexE8 } = state.underlyings.columns;
  // What never had a price has nothing to be isolated from: the first order of a new market starts nothing.
  if (indexE8[underlying] === 0) return IsolationRule.none;
  const now = state.globals.columns.timeMs[0]!;
  if (areSourcesHeard(engine)) {
    if (liveSources[underlying]! < sourcesNeeded(sources[underlying]!)) return IsolationRule.sources;
    if (confidencePpm[underlying]! < CONFIDENCE_PPM_MIN) return IsolationRule.confidence;
  }
  const outsideMs = state.isolations.columns.outsideMs[underlying]!;
  if (outsideMs !== 0 && now - outsideMs >= OUTSIDE_MS_MAX) return IsolationRule.mark;
  const isRunning = moveOfMinute(state, underlying) > RANGES * smallRange(engine, underlying);
  return isRunning ? IsolationRule.move : IsolationRule.none;
}

/** Whether the engine has been awake long enough to call a source silent: its own pause is not theirs. */
export function areSourcesHeard({ state }: Engine): boolean {
  const { timeMs, awakeMs } = state.globals.columns;
  return timeMs[0]! - awakeMs[0]! > HEARING_MS;
}

import type { IsolationRuleName } from '../enums.ts';

/** What one source of an index said last, and whether it took part. */
export interface OracleSourceView {
  /** Position in the list of its underlying, from 0. */
  source: number;
  /** Share of the index, ppm: all listed sources weigh the same. */
  weightPpm: number;
  /** USD × 1e8 per coin; 0 before its first report. */
  priceE8: number;
  /** Engine time of its last report that was taken. */
  receivedMs: number;
  /** Price ÷ index − 1, in basis points; 0 before its first report. */
  deviationBp: number;
  /** Stale: silent for over ten seconds. Out of band: too far from the others' median. Silent: never heard. */
  state: 'live' | 'stale' | 'outOfBand' | 'silent';
}

/** Since when and why an underlying stands alone. */
export interface IsolationWindowView {
  rule: IsolationRuleName;
  startMs: number;
  /** When a rule last held. */
  heldMs: number;
  /** The earliest it can end, if no rule holds again. */
  endsMs: number;
}

/** How far the index of one underlying can be trusted. */
export interface OracleIndexView {
  underlying: string;
  /** USD × 1e8 per coin; 0 before the first. */
  indexE8: number;
  /** Engine time of the last report that moved or confirmed it. */
  indexTimeMs: number;
  liveSources: number;
  /** Live sources under which it is isolated. */
  liveSourcesMin: number;
  confidencePpm: number;
  /** Confidence under which it is isolated. */
  confidencePpmMin: number;
  /** Mark ÷ index − 1 of its perpetual, in basis points; null while there is none. */
  markDeviationBp: number | null;
  /** Steps of its perpetual's price in one USD: how many digits a price of it has. */
  ticksPerUsd: number;
  /** Null while it is not isolated. */
  window: IsolationWindowView | null;
  sources: OracleSourceView[];
}

/** GET /api/v1/oracle: every index as the engine has it, all at one sequence. */
export interface OracleView {
  seq: number;
  timeMs: number;
  indexes: OracleIndexView[];
}

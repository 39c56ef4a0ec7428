import { PPM_SCALE } from '../../units/rate.ts';
import { microCoinsUsd } from '../caps/coinCaps.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { limitCodes } from './limitCodes.ts';
import { HARD, UNDERLYING_CLASSES } from './limitTables.ts';
import { reachRow } from './reach.ts';

/** What giving up positions on both sides may raise at a place: gross never does, these may, of who loses a hedge. */
export interface CrossedMeasures {
  assetNetUsd: number;
  classNetUsd: number;
  netUsd: number;
  /** Share of gross of the largest underlying, ppm; 0 up to the floor from which on it is judged. */
  concentrationPpm: number;
}

/** A hard limit that a crossing has passed. */
export interface PassedLimit {
  code: number;
  /** How much over the limit, or over what it was before if that was more; 0 where it is no sum of money. */
  excessUsd: number;
}

/** Rows of the limited nodes at and above an account, the nearest first. */
export function limitedRowsAbove(state: State, account: number): number[] {
  const rows: number[] = [];
  let row = state.accounts.columns.limited[account]!;
  for (; row !== NONE; row = state.limitedNodes.columns.above[row]!) rows.push(row);
  return rows;
}

/** The measures of one limited node now, of an underlying with its class and all others. */
export function crossedMeasures(state: State, row: number, underlying: number): CrossedMeasures {
  const { gross, up, down } = state.reaches.columns;
  const cell = reachRow(state, row, underlying);
  const measures = {
    assetNetUsd: microCoinsUsd(state, underlying, Math.max(up[cell]!, down[cell]!)),
    classNetUsd: 0,
    netUsd: 0,
    concentrationPpm: 0,
  };
  if (state.limitedNodes.columns.hasSums[row] === 0) return measures;
  const { class: classOf } = state.underlyings.columns;
  const all = { gross: 0, largest: 0, up: 0, down: 0, classUp: 0, classDown: 0 };
  for (let of = 0; of < highWater(state.underlyings); of++) {
    const each = reachRow(state, row, of);
    if (gross[each] === 0) continue;
    const usdPerMicroCoin = microCoinsUsd(state, of, 1);
    const grossUsd = gross[each]! * usdPerMicroCoin;
    all.gross += grossUsd;
    all.largest = Math.max(all.largest, grossUsd);
    all.up += up[each]! * usdPerMicroCoin;
    all.down += down[each]! * usdPerMicroCoin;
    if (classOf[of] !== classOf[underlying]) continue;
    all.classUp += up[each]! * usdPerMicroCoin;
    all.classDown += down[each]! * usdPerMicroCoin;
  }
  measures.classNetUsd = Math.max(all.classUp, all.classDown);
  measures.netUsd = Math.max(all.up, all.down);
  const isJudged = all.gross > state.nodeLimits.columns.concentrationFloor[row * 2 + HARD]!;
  if (isJudged) measures.concentrationPpm = (all.largest / all.gross) * PPM_SCALE;
  return measures;
}

/**
 * The first hard limit of a node that its measures pass and did not pass as far before, in the order of orders; none is
 * undefined. What is passed already may stay as it is.
 */
export function passedLimit(
  state: State,
  row: number,
  underlying: number,
  before: CrossedMeasures,
): PassedLimit | undefined {
  const now = crossedMeasures(state, row, underlying);
  const at = row * 2 + HARD;
  const { net, concentrationPpm } = state.nodeLimits.columns;
  const assetNet = state.assetLimits.columns.net[at * state.limits.underlyings + underlying]!;
  const ofClass = state.underlyings.columns.class[underlying]!;
  const classNet = state.classLimits.columns.net[at * UNDERLYING_CLASSES + ofClass]!;
  const over = (after: number, was: number, limit: number) => after - Math.max(was, limit);
  const codes = limitCodes[HARD];
  const sums: [number, number][] = [
    [codes.assetNet, over(now.assetNetUsd, before.assetNetUsd, assetNet)],
    [codes.classNet, over(now.classNetUsd, before.classNetUsd, classNet)],
    [codes.net, over(now.netUsd, before.netUsd, net[at]!)],
  ];
  const [passed] = sums.filter(([, excessUsd]) => excessUsd > 0);
  if (passed !== undefined) return { code: passed[0], excessUsd: passed[1] };
  const isLopsided = over(now.concentrationPpm, before.concentrationPpm, concentrationPpm[at]!) > 0;
  return isLopsided ? { code: codes.concentration, excessUsd: 0 } : undefined;
}

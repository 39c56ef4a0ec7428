import { DAY_MS } from '../../units/time.ts';
import { VOLUME_DAYS } from '../accounts/accountTable.ts';
import { highWater } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

export function makerPpmOf(state: State, firm: number): number {
  return state.directory.feeTiers[state.firms.columns.tier[firm]!]!.makerPpm;
}

export function takerPpmOf(state: State, firm: number): number {
  return state.directory.feeTiers[state.firms.columns.tier[firm]!]!.takerPpm;
}

function today(state: State): number {
  return Math.floor(state.globals.columns.timeMs[0]! / DAY_MS);
}

/** Adds to today's volume of a firm. The day's cell is emptied when its ring comes round. */
export function addVolume(writer: StateWriter, firm: number, notional: number): void {
  const { state, undo } = writer;
  const { usd, day } = state.firmVolumes.columns;
  const now = today(state);
  const row = firm * VOLUME_DAYS + (now % VOLUME_DAYS);
  const isFresh = day[row] !== now;
  if (isFresh) putF(undo, day, row, now);
  putF(undo, usd, row, (isFresh ? 0 : usd[row]!) + notional);
}

/** Volume of a firm over the last thirty days, micro-USD. */
export function volumeOf(state: State, firm: number): number {
  const { usd, day } = state.firmVolumes.columns;
  const now = today(state);
  let sum = 0;
  for (let k = 0; k < VOLUME_DAYS; k++) {
    const row = firm * VOLUME_DAYS + k;
    if (day[row]! > now - VOLUME_DAYS) sum += usd[row]!;
  }
  return sum;
}

/** Once a day, at the first tick after midnight UTC: the tier each firm pays from now on. */
export function setTiersOfDay(writer: StateWriter): void {
  const { state, undo } = writer;
  const { tierDay } = state.globals.columns;
  const now = today(state);
  if (tierDay[0] === now) return;
  putF(undo, tierDay, 0, now);
  const { feeTiers } = state.directory;
  for (let firm = 0; firm < highWater(state.firms); firm++) {
    const volume = volumeOf(state, firm);
    let tier = 0;
    while (tier + 1 < feeTiers.length && feeTiers[tier + 1]!.volumeUsd * 1_000_000 <= volume) tier++;
    putI(undo, state.firms.columns.tier, firm, tier);
  }
}

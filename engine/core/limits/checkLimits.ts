import { assert } from '../../units/assert.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, liveRows, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { dayLossOf } from './dayValue.ts';
import { nearestLimited } from './limitedNodes.ts';
import { grossLots, reachRow } from './reach.ts';

/** Sums of coins may pass 2^53 where a coin is worth nearly nothing; there the last bit may differ. */
const PRECISION = 1e-12;

/**
 * What we always believe of limits: each account and each limited node knows the nearest limits above it, and what
 * the accounts below could come to hold and have lost this day is what the node says, summed from nothing.
 *
 * @fails AssertionError with the sentence that does not hold
 */
export function checkLimits(state: State): void {
  const { node: nodeOf, above } = state.limitedNodes.columns;
  const { limits, parent } = state.nodes.columns;
  const rows = state.directory.nodes.flatMap((_, node) => (limits[node] === NONE ? [] : [limits[node]!]));
  assert(rows.length === liveRows(state.limitedNodes), 'every row of limits belongs to one node');
  for (const row of rows) {
    const node = nodeOf[row]!;
    assert(limits[node] === row, `limits ${row} know their node`);
    const next = parent[node] === NONE ? NONE : nearestLimited(state, parent[node]!);
    assert(above[row] === next, `limits ${row} know the next above them`);
  }
  const losses = sumDayLosses(state);
  for (const row of rows) {
    const isTrue = state.limitedNodes.columns.dayLossUsd[row] === (losses.get(row) ?? 0);
    assert(isTrue, `limits ${row} know what was lost this day`);
  }
  const sums = sumReaches(state);
  const { gross, up, down } = state.reaches.columns;
  for (const row of rows) {
    for (let underlying = 0; underlying < highWater(state.underlyings); underlying++) {
      const cell = reachRow(state, row, underlying);
      const [a, b, c] = sums.get(cell) ?? [0, 0, 0];
      const isTrue = isSame(gross[cell]!, a) && isSame(up[cell]!, b) && isSame(down[cell]!, c);
      assert(isTrue, `limits ${row} know what could come to be held of underlying ${underlying}`);
    }
  }
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= PRECISION * Math.max(Math.abs(a), Math.abs(b));
}

/** What each limited node has lost this day, to the unit: of whole numbers no bit may differ. */
function sumDayLosses(state: State): Map<number, number> {
  const { limited } = state.accounts.columns;
  const { above } = state.limitedNodes.columns;
  const losses = new Map<number, number>();
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const loss = dayLossOf(state, account);
    assert(Number.isSafeInteger(loss), `account ${account} has lost a whole number this day`);
    for (let row = limited[account]!; row !== NONE; row = above[row]!)
      losses.set(row, (losses.get(row) ?? 0) + loss);
  }
  return losses;
}

/** Gross, up and down of every limited node and underlying by walking each account up its tree. */
function sumReaches(state: State): Map<number, [number, number, number]> {
  const a = state.accounts.columns;
  const p = state.positions.columns;
  const { microCoinsPerLot, optionType, underlying } = state.instruments.columns;
  const sums = new Map<number, [number, number, number]>();
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    assert(
      a.limited[account] === nearestLimited(state, a.node[account]!),
      `account ${account} knows its limits`,
    );
    for (let node = a.node[account]!; node !== NONE; node = state.nodes.columns.parent[node]!) {
      const limits = state.nodes.columns.limits[node]!;
      if (limits === NONE) continue;
      for (let row = a.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
        const instrument = p.instrument[row]!;
        const micro = microCoinsPerLot[instrument]!;
        const [lots, bids, asks] = [p.lots[row]!, p.bidLots[row]!, p.askLots[row]!];
        const cell = reachRow(state, limits, underlying[instrument]!);
        const [gross, up, down] = sums.get(cell) ?? [0, 0, 0];
        const [rise, fall] = [(lots + bids) * micro, (asks - lots) * micro];
        const isPut = optionType[instrument] === 1;
        sums.set(cell, [
          gross + grossLots(lots, bids, asks) * micro,
          up + (isPut ? fall : rise),
          down + (isPut ? rise : fall),
        ]);
      }
    }
  }
  return sums;
}

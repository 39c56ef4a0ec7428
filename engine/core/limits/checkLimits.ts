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
  const { dayLossUsd, worthUsd } = state.limitedNodes.columns;
  const { dayValueUsd } = state.accounts.columns;
  const losses = sumUpwards(state, (account) => dayLossOf(state, account));
  const worths = sumUpwards(state, (account) => dayValueUsd[account]!);
  for (const row of rows) {
    assert(dayLossUsd[row] === (losses.get(row) ?? 0), `limits ${row} know what was lost this day`);
    assert(worthUsd[row] === (worths.get(row) ?? 0), `limits ${row} know what is held there`);
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

/** Of each limited node the sum over its accounts, to the unit: of whole numbers no bit may differ. */
function sumUpwards(state: State, usdOf: (account: number) => number): Map<number, number> {
  const { limited } = state.accounts.columns;
  const { above } = state.limitedNodes.columns;
  const sums = new Map<number, number>();
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const usd = usdOf(account);
    assert(Number.isSafeInteger(usd), `account ${account} is worth, and has lost, a whole number`);
    for (let row = limited[account]!; row !== NONE; row = above[row]!)
      sums.set(row, (sums.get(row) ?? 0) + usd);
  }
  return sums;
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

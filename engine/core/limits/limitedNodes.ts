import type { Engine } from '../engine.ts';
import { accountsWithin } from '../firms/within.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import { addDayLoss, addWorth, dayLossOf, putDayValue } from './dayValue.ts';
import { addReach, grossLots, reachRow } from './reach.ts';

/** Row of the nearest node with limits, the node itself or one above it; NONE for none. */
export function nearestLimited({ nodes }: State, node: number): number {
  const { parent, limits } = nodes.columns;
  let at = node;
  while (at !== NONE && limits[at] === NONE) at = parent[at]!;
  return at === NONE ? NONE : limits[at]!;
}

/** Writes which limits hold of an account that was just opened: it has nothing yet that counts. */
export function putLimited({ state, undo }: Engine, account: number): void {
  const { node, limited } = state.accounts.columns;
  putI(undo, limited, account, nearestLimited(state, node[account]!));
}

/**
 * Makes all of a firm follow its tree again: which limits hold of whom, what each could come to hold and what it has
 * lost this day and is worth, summed from nothing. For changes of the tree and of limits, which are rare.
 */
export function followLimits(engine: Engine, firm: number): void {
  const { state, undo } = engine;
  const { root } = state.firms.columns;
  for (const row of limitedRowsOf(state, firm)) {
    const { node, above } = state.limitedNodes.columns;
    const parent = state.nodes.columns.parent[node[row]!]!;
    putI(undo, above, row, parent === NONE ? NONE : nearestLimited(state, parent));
    clearSums(engine, row);
  }
  for (const account of accountsWithin(state, root[firm]!)) {
    putLimited(engine, account);
    addAccount(engine, account);
  }
}

function limitedRowsOf({ nodes, directory }: State, firm: number): number[] {
  const { firm: firmOf, limits } = nodes.columns;
  return directory.nodes.flatMap((_, node) =>
    firmOf[node] === firm && limits[node] !== NONE ? [limits[node]!] : [],
  );
}

function clearSums({ state, undo }: Engine, row: number): void {
  const { gross, up, down } = state.reaches.columns;
  const { dayLossUsd, worthUsd } = state.limitedNodes.columns;
  for (const column of [dayLossUsd, worthUsd]) putF(undo, column, row, 0);
  for (let underlying = 0; underlying < state.limits.underlyings; underlying++) {
    const cell = reachRow(state, row, underlying);
    for (const column of [gross, up, down]) putF(undo, column, cell, 0);
  }
}

function addAccount(engine: Engine, account: number): void {
  const { state, undo } = engine;
  const { firstPosition, limited } = state.accounts.columns;
  const p = state.positions.columns;
  const first = limited[account]!;
  if (first === NONE) return;
  putDayValue(engine, account);
  addDayLoss(engine, first, dayLossOf(state, account));
  addWorth(engine, first, state.accounts.columns.dayValueUsd[account]!);
  for (let row = firstPosition[account]!; row !== NONE; row = p.next[row]!) {
    const [lots, bids, asks] = [p.lots[row]!, p.bidLots[row]!, p.askLots[row]!];
    addReach(state, undo, first, p.instrument[row]!, grossLots(lots, bids, asks), lots + bids, asks - lots);
  }
}

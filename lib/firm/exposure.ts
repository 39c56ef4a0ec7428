import type { AccountRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { accountsIn, type Branch } from './tree.ts';

/** What depends on the price of one underlying, micro-USD. */
export interface Exposure {
  /** Delta of positions and value of coins, longs less shorts. */
  netUsd: number;
  /** The same added up whatever the sign. */
  grossUsd: number;
}

export interface ExposureRow {
  underlying: string;
  /** One a column; undefined where there is nothing. */
  cells: readonly (Exposure | undefined)[];
  total: Exposure;
}

/** Columns of a matrix: the places at a depth of the tree, and subaccounts that end above it. */
export function placesAt(tree: Branch, depth: number): Branch[] {
  if (tree.depth === depth || tree.children.length === 0) return [tree];
  return tree.children.flatMap((child) => placesAt(child, depth));
}

/** Steps down to the deepest place. */
export function depthOf({ depth, children }: Branch): number {
  return children.reduce((deepest, child) => Math.max(deepest, depthOf(child)), depth);
}

/** Underlyings by place, those with the largest gross first; sums are exact. */
export function exposureRows(places: readonly Branch[]): ExposureRow[] {
  const columns = places.map((place) => exposuresOf(accountsIn(place)));
  const underlyings = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return underlyings
    .map((underlying) => {
      const cells = columns.map((column) => column.get(underlying));
      return { underlying, cells, total: cells.reduce<Exposure>(plus, NOTHING) };
    })
    .sort((a, b) => b.total.grossUsd - a.total.grossUsd);
}

/** All underlyings together, column by column: what is long in one is set against what is short in another. */
export function totalOf(rows: readonly ExposureRow[]): Omit<ExposureRow, 'underlying'> {
  const cells = (rows[0]?.cells ?? []).map((_, column) =>
    rows.reduce<Exposure | undefined>((sum, row) => {
      const cell = row.cells[column];
      return cell === undefined ? sum : plus(sum ?? NOTHING, cell);
    }, undefined),
  );
  return { cells, total: rows.reduce<Exposure>((sum, { total }) => plus(sum, total), NOTHING) };
}

/** Of each underlying that accounts depend on. */
export function exposuresOf(accounts: readonly AccountRiskView[]): Map<string, Exposure> {
  const exposures = new Map<string, Exposure>();
  const add = (underlying: string, usd: number) => {
    if (usd === 0) return;
    exposures.set(
      underlying,
      plus(exposures.get(underlying) ?? NOTHING, { netUsd: usd, grossUsd: Math.abs(usd) }),
    );
  };
  for (const { positions, balances } of accounts) {
    for (const { underlying, deltaUsd } of positions) add(underlying, deltaUsd);
    for (const { underlying, valueUsd } of balances) if (underlying !== '') add(underlying, valueUsd);
  }
  return exposures;
}

const NOTHING: Exposure = { netUsd: 0, grossUsd: 0 };

function plus(a: Exposure, b: Exposure | undefined): Exposure {
  return b === undefined ? a : { netUsd: a.netUsd + b.netUsd, grossUsd: a.grossUsd + b.grossUsd };
}

import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import { withPotsUnder } from '../../../../lib/accountTree.ts';
import { formatDistance } from '../../../../lib/format.ts';

export type Column = 'label' | 'equity' | 'initial' | 'maintenance' | 'ratio' | 'distance' | 'driver';

export interface Sort {
  column: Column;
  isDescending: boolean;
}

/** Nearest to liquidation first. */
export const FIRST_SORT: Sort = { column: 'distance', isDescending: false };

/** Farther than anything measured: without risk there is nothing to be near to. */
const NO_RISK = Number.MAX_VALUE;

const keys: Record<Column, (account: AccountView) => number | string> = {
  label: ({ label }) => label,
  equity: ({ margin }) => margin.equityUsd,
  initial: ({ margin }) => margin.initialUsd,
  maintenance: ({ margin }) => margin.maintenanceUsd,
  ratio: ({ margin }) => (margin.ratioPpm < 0 ? NO_RISK : margin.ratioPpm),
  distance: ({ distance }) => (distance.state === 'noRisk' ? NO_RISK : distance.sigmas),
  driver: ({ distance }) => driverOf(distance),
};

/**
 * Rows in the order asked for, pots under their account. While the pointer is over them they keep the places they were drawn in: nothing
 * moves under a hand.
 *
 * @param held account numbers as they were drawn; undefined when rows may move
 */
export function inOrder(
  accounts: readonly AccountView[],
  { column, isDescending }: Sort,
  held: readonly number[] | undefined,
): readonly AccountView[] {
  const key = keys[column];
  const sign = isDescending ? -1 : 1;
  const sorted = [...accounts].sort((a, b) => sign * compare(key(a), key(b)) || a.account - b.account);
  if (held === undefined) return withPotsUnder(sorted);
  const placeOf = ({ account }: AccountView) => {
    const place = held.indexOf(account);
    return place < 0 ? held.length : place;
  };
  return sorted.sort((a, b) => placeOf(a) - placeOf(b));
}

/** A second press on the same head turns the order round; money and ratios start with the largest. */
export function nextSort(sort: Sort, column: Column): Sort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: !['label', 'distance', 'driver'].includes(column) };
}

/** The underlying whose move brings liquidation nearest. */
export function driverOf({ state, rows, path }: DistanceView): string {
  if (state === 'noRisk') return '';
  return rows.find(({ kind }) => kind === 'joint')?.underlying ?? path[0]?.underlying ?? '';
}

export function distanceText({ state, sigmas }: DistanceView): string {
  return state === 'noRisk' ? 'no risk' : `${formatDistance(sigmas)}σ`;
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceRowView } from '../../../../engine/protocol/views/margin.ts';

/** One direction in which liquidation may lie, both ways along it; a side that never gets there is undefined. */
export interface DistanceLine {
  id: string;
  label: string;
  kind: DistanceRowView['kind'];
  fall: DistanceRowView | undefined;
  rise: DistanceRowView | undefined;
  /** Length of the nearer side, σ-days. */
  sigmas: number;
}

/** Whose distances stand for several accounts: those of the account nearest to liquidation, never an average. */
export function nearestAccount(accounts: readonly AccountView[]): AccountView | undefined {
  const atRisk = accounts.filter(({ distance }) => distance.state !== 'noRisk');
  return [...atRisk].sort((a, b) => a.distance.sigmas - b.distance.sigmas)[0] ?? accounts[0];
}

/** Joint first, then the market, then each underlying alone, the nearest on top. */
export function distanceLines(rows: readonly DistanceRowView[]): readonly DistanceLine[] {
  const lines = new Map<string, DistanceLine>();
  for (const row of rows) {
    const id = row.kind === 'own' ? `own ${row.underlying}` : row.kind;
    const line = lines.get(id) ?? lineOf(id, row);
    const side = row.move < 0 ? 'fall' : 'rise';
    lines.set(id, { ...line, [side]: row, sigmas: Math.min(line.sigmas, row.sigmas) });
  }
  const order = { joint: 0, market: 1, own: 2 };
  return [...lines.values()].sort((a, b) => order[a.kind] - order[b.kind] || a.sigmas - b.sigmas);
}

function lineOf(id: string, { kind, underlying, sigmas }: DistanceRowView): DistanceLine {
  const label = {
    joint: `joint, ${underlying} first`,
    market: 'market, as BTC',
    own: `${underlying} alone`,
  }[kind];
  return { id, label, kind, fall: undefined, rise: undefined, sigmas };
}

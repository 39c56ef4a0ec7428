import type { MarginRowView, MarginView, ScanView } from '../../../../engine/protocol/views/margin.ts';

export type Requirement = 'initial' | 'maintenance';

export interface CaseRow {
  id: string;
  label: string;
  /** How far the underlying moves, a fraction; undefined for what is no leg. */
  move: number | undefined;
  usd: number;
  kind: 'part' | 'sum' | 'total';
}

/**
 * The winning scenario as a table: legs that sum to the scan, then what turns the scan into the requirement.
 * Every row is exact, so every sum is.
 */
export function caseRows(margin: MarginView, requirement: Requirement): CaseRow[] {
  const scan = margin[requirement];
  const totalUsd = requirement === 'initial' ? margin.initialUsd : margin.maintenanceUsd;
  const addOnUsd = scan.addOns.reduce((sum, { usd }) => sum + usd, 0);
  const shareUsd = totalUsd - addOnUsd - scan.scanUsd;
  const rows = scan.rows.map((row, at) => partOf(row, scan, at));
  rows.push({
    id: 'scan',
    label: 'Scan, the loss in this scenario',
    move: undefined,
    usd: scan.scanUsd,
    kind: 'sum',
  });
  if (shareUsd !== 0) {
    const label = requirement === 'maintenance' ? 'of which maintenance does not ask' : 'other charges';
    rows.push({ id: 'share', label, move: undefined, usd: shareUsd, kind: 'part' });
  }
  rows.push(...scan.addOns.map((row, at) => partOf(row, scan, scan.rows.length + at)));
  const label = requirement === 'initial' ? 'Initial margin' : 'Maintenance margin';
  return [...rows, { id: 'total', label, move: undefined, usd: totalUsd, kind: 'total' }];
}

function partOf({ name, kind, usd }: MarginRowView, { scenario }: ScanView, at: number): CaseRow {
  const moved = kind === 'leg' ? scenario.moves.find(({ underlying }) => underlying === name) : undefined;
  return { id: `${at} ${name}`, label: name, move: moved?.move, usd, kind: 'part' };
}

import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { MarginRowView, MarginView, ScanView } from '../../../../engine/protocol/views/margin.ts';
import { formatMove, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { initialReason, maintenanceReason, scanReason } from '../../../../lib/reasons/margin.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

export type Requirement = 'initial' | 'maintenance';

export interface CaseRow {
  id: string;
  label: string;
  /** How far the underlying moves, a fraction; undefined for what is no leg. */
  move: number | undefined;
  usd: number;
  kind: 'part' | 'sum' | 'total';
  reason: Reason;
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
    reason: scanReason(scan),
  });
  if (shareUsd !== 0) rows.push(shareOf(scan, shareUsd, requirement));
  rows.push(...scan.addOns.map((row, at) => partOf(row, scan, scan.rows.length + at)));
  const isInitial = requirement === 'initial';
  const label = isInitial ? 'Initial margin' : 'Maintenance margin';
  const reason = isInitial ? initialReason(margin) : maintenanceReason(margin);
  return [...rows, { id: 'total', label, move: undefined, usd: totalUsd, kind: 'total', reason }];
}

const partFormulas: Record<MarginRowView['kind'], string> = {
  leg: 'what the legs in this underlying lose when it moves so far; negative is gained',
  residual: 'hedges do not move exactly together: half of what their correlation leaves unexplained',
  fade: 'a small epicentre counts in part',
  clamp: 'a bound that replaced the sum of the legs',
  addOn: 'a charge on top of the scan',
};

function partOf({ name, kind, usd }: MarginRowView, { scenario, scanUsd }: ScanView, at: number): CaseRow {
  const moved = kind === 'leg' ? scenario.moves.find(({ underlying }) => underlying === name) : undefined;
  const move = moved === undefined ? [] : [[`${name} moves`, formatMove(moved.move)] as const];
  const inputs = [
    ...move,
    ['brings', formatSignedUsd(usd, 2)] as const,
    ['scan', formatUsd(scanUsd, 2)] as const,
  ];
  const reason = { formula: partFormulas[kind], inputs };
  return { id: `${at} ${name}`, label: name, move: moved?.move, usd, kind: 'part', reason };
}

/** What a requirement asks less, or more, than its scan. */
function shareOf({ scanUsd }: ScanView, usd: number, requirement: Requirement): CaseRow {
  const isInitial = requirement === 'initial';
  return {
    id: 'share',
    label: isInitial ? 'other charges' : 'of which maintenance does not ask',
    move: undefined,
    usd,
    kind: 'part',
    reason: {
      formula: isInitial
        ? 'initial margin − scan − add-ons'
        : '60 % of the scan is asked to keep risk, all of it to open it',
      inputs: [['scan', formatUsd(scanUsd, 2)]],
    },
  };
}

/** Worst cases of several accounts need not happen together, and are charged as if they did. */
export function sumReason(accounts: readonly AccountView[], requirement: Requirement): Reason {
  return {
    formula: 'the scans of all accounts, added up and not netted',
    inputs: accounts.map(({ label, margin }) => [label, formatUsd(margin[requirement].scanUsd, 2)] as const),
  };
}

import { expect, test } from 'vitest';
import type { MarginView } from '../../../../engine/protocol/views/margin.ts';
import { caseRows } from './WorstCase.state.ts';

const scan = {
  scanUsd: 70,
  scenario: { moves: [{ underlying: 'ETH', move: -0.17 }] },
  rows: [
    { name: 'ETH', kind: 'leg', usd: 90 },
    { name: 'BTC', kind: 'leg', usd: -30 },
    { name: 'imperfect hedges', kind: 'residual', usd: 10 },
  ],
  addOns: [{ name: 'concentration', kind: 'addOn', usd: 5 }],
};
const margin = {
  initialUsd: 75,
  maintenanceUsd: 47,
  initial: scan,
  maintenance: scan,
} as unknown as MarginView;

const usdOf = (rows: ReturnType<typeof caseRows>, kind: string) =>
  rows.filter((row) => row.kind === kind).map(({ usd }) => usd);

test('legs sum to the scan, and the scan with its add-ons to initial margin', () => {
  const rows = caseRows(margin, 'initial');
  expect(rows.map(({ label }) => label)).toEqual([
    'ETH',
    'BTC',
    'imperfect hedges',
    'Scan, the loss in this scenario',
    'concentration',
    'Initial margin',
  ]);
  expect(rows[0]!.move).toBe(-0.17);
  expect(rows.slice(0, 3).reduce((sum, { usd }) => sum + usd, 0)).toBe(usdOf(rows, 'sum')[0]);
  expect(70 + 5).toBe(usdOf(rows, 'total')[0]);
});

test('what maintenance does not ask of the scan is a row, so that its column adds up too', () => {
  const rows = caseRows(margin, 'maintenance');
  const afterScan = rows.slice(4, -1).reduce((sum, { usd }) => sum + usd, 0);
  expect(70 + afterScan).toBe(usdOf(rows, 'total')[0]);
});

import { expect, test } from 'vitest';
import type { StressedAccountView, StressOutcomeView } from '../../../../engine/protocol/views/stress.ts';
import {
  deficitReason,
  isCalled,
  isOver,
  pnlReason,
  scaleOf,
  scenarioRows,
  worstRow,
} from './Scenarios.state.ts';

const USD = 1_000_000;

const outcome = (id: string, pnl: number, equity: number, maintenance: number): StressOutcomeView => ({
  id,
  pnlUsd: pnl * USD,
  equityUsd: equity * USD,
  maintenanceUsd: maintenance * USD,
  ratioPpm: equity <= 0 ? -1 : Math.ceil((maintenance / equity) * 1e6),
  deficitUsd: Math.max(0, -equity) * USD,
  legs: [
    { underlying: 'BTC', move: -0.13, linearUsd: pnl * USD, optionsUsd: 0, collateralUsd: 0 },
    { underlying: 'ETH', move: 0, linearUsd: 0, optionsUsd: 0, collateralUsd: 0 },
  ],
});

const account = (number: number, label: string, outcomes: StressOutcomeView[]): StressedAccountView => ({
  account: number,
  label,
  equityUsd: 0,
  maintenanceUsd: 0,
  outcomes,
});

const stresses = [
  { id: 'S1', name: 'BTC −13', volatility: 0.5 },
  { id: 'S2', name: 'BTC +15', volatility: 0 },
];
const basis = account(1, 'Basis', [outcome('S1', -300, -100, 20), outcome('S2', 300, 500, 20)]);
const vol = account(2, 'Vol', [outcome('S1', 50, 1_000, 10), outcome('S2', -50, 900, 800)]);

test('accounts add up, and a surplus of one does not pay the deficit of another', () => {
  const [first, second] = scenarioRows({ stresses }, [basis, vol]);
  expect(first).toMatchObject({ pnlUsd: -250 * USD, equityUsd: 900 * USD, deficitUsd: 100 * USD });
  expect(first).toMatchObject({ worst: 'Basis', ratioPpm: -1, overCount: 1 });
  expect(second).toMatchObject({ worst: 'Vol', overCount: 0, deficitUsd: 0 });
  expect([isOver(first!), isOver(second!), isCalled(first!), isCalled(second!)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(deficitReason(first!).inputs).toEqual([
    ['Basis', '100.00'],
    ['Vol', '0.00'],
    ['deficit', '100.00'],
  ]);
});

test('the row to look at first has the largest deficit, else the highest ratio', () => {
  expect(worstRow(scenarioRows({ stresses }, [basis, vol]))).toBe('S1');
  expect(worstRow(scenarioRows({ stresses }, [vol]))).toBe('S2');
  expect(worstRow([])).toBeUndefined();
  expect(scenarioRows({ stresses }, [])).toEqual([]);
});

test('one account says which legs, several which accounts', () => {
  const [one] = scenarioRows({ stresses }, [basis]);
  expect(pnlReason(one!).inputs).toEqual([
    ['implied volatility of a month', '+50%'],
    ['BTC −13.0%, perpetuals, futures', '−300.00'],
    ['P&L', '−300.00'],
  ]);
  const [several] = scenarioRows({ stresses }, [basis, vol]);
  expect(pnlReason(several!).inputs.slice(1)).toEqual([
    ['Basis', '−300.00'],
    ['Vol', '+50.00'],
    ['P&L', '−250.00'],
  ]);
});

test('bars share a scale that has zero in it', () => {
  expect(scaleOf(scenarioRows({ stresses }, [basis]))).toEqual({ least: -300 * USD, most: 300 * USD });
  expect(scaleOf(scenarioRows({ stresses: stresses.slice(0, 1) }, [vol]))).toEqual({
    least: 0,
    most: 50 * USD,
  });
});

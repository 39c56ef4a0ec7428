import { describe, expect, test } from 'vitest';
import type { MarginView, ScanView } from '../../../../engine/protocol/views/margin.ts';
import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import { addOnsUsd, marginBar, marginState } from './MarginStrip.state.ts';

const scan = { addOns: [{ name: 'a', kind: 'addOn', usd: 5 }] } as unknown as ScanView;
const margin = (equityUsd: number, initialUsd: number, maintenanceUsd: number): MarginView => ({
  equityUsd,
  collateralUsd: equityUsd,
  unrealizedPnlUsd: 0,
  initialUsd,
  maintenanceUsd,
  creditCutUsd: 0,
  heldBackUsd: 0,
  freeUsd: equityUsd - initialUsd,
  ratioPpm: maintenanceUsd === 0 ? 0 : equityUsd <= 0 ? -1 : Math.ceil((maintenanceUsd * 1e6) / equityUsd),
  time: { state: 'never', days: 3_650, netUsdPerDay: 0, reasons: [] },
  initial: scan,
  maintenance: scan,
  addOns: [],
});

describe('the margin bar', () => {
  test('equity is the bar while it covers both requirements', () => {
    expect(marginBar(margin(1000, 700, 400), undefined)).toEqual({
      maintenance: 0.4,
      initial: 0.7,
      equity: 1,
      warn: 0.8,
      after: undefined,
    });
  });

  test('a requirement larger than equity stretches the bar and moves the end of equity inside', () => {
    const bar = marginBar(margin(500, 1000, 600), undefined);
    expect([bar?.equity, bar?.initial, bar?.warn]).toEqual([0.5, 1, 0.4]);
  });

  test('a ticket that needs more than there is does not leave the bar', () => {
    const after = { initialUsd: 2000, maintenanceUsd: 1000 } as PreviewSideView;
    expect(marginBar(margin(1000, 700, 400), after)?.after).toEqual({ maintenance: 0.5, initial: 1 });
  });

  test('an empty account has no bar, and lost equity draws none to the left of zero', () => {
    expect(marginBar(margin(0, 0, 0), undefined)).toBeUndefined();
    expect(marginBar(margin(-100, 50, 30), undefined)?.equity).toBe(0);
  });
});

test('states go from covered to liquidation in words', () => {
  const states = [
    margin(1000, 700, 400),
    margin(1000, 900, 500),
    margin(1000, 1100, 700),
    margin(1000, 1800, 1001),
  ];
  expect(states.map(marginState)).toEqual(['covered', 'tight', 'uncovered', 'liquidation']);
  expect(marginState(margin(0, 0, 0))).toBe('covered');
  expect(marginState(margin(-1, 0, 0))).toBe('liquidation');
  expect(marginState(undefined)).toBe('unknown');
});

test('add-ons are summed for the sentence', () => {
  expect(addOnsUsd(margin(1, 1, 1).initial)).toBe(5);
});

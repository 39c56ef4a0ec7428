import { expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { lastsText, restRows } from './Rest.state.ts';

const time = {
  state: 'measured' as const,
  days: 10.9,
  netUsdPerDay: -800_000_000,
  reasons: [
    { name: 'time value of options', usdPerDay: -600_000_000 },
    { name: 'funding', usdPerDay: -200_000_000 },
  ],
};
const account = (announced: AccountView['announced']) =>
  ({
    margin: {
      equityUsd: 20_000_000_000,
      maintenanceUsd: 12_000_000_000,
      maintenance: { scanUsd: 20_000_000_000, addOns: [], sentence: '' },
      time,
    },
    announced,
  }) as unknown as AccountView;

test('what a day brings is the sum of its rows, and says how long that lasts', () => {
  const rows = restRows(account(null));
  expect(rows.map(({ label, text }) => [label, text])).toEqual([
    ['Time value of options', '−600.00'],
    ['Funding', '−200.00'],
    ['A day brings', '−800.00'],
    ['Lasts, no price moving', '10 days'],
    ['Maintenance margin now', '12,000.00'],
    ['Next full hour', 'unchanged'],
  ]);
});

test('a requirement that is announced stands with its hour', () => {
  const row = restRows(account({ atMs: Date.UTC(2026, 10, 20, 15), maintenanceUsd: 13_100_000_000 })).at(-1)!;
  expect([row.label, row.text]).toEqual(['At 15:00 UTC', '13,100.00']);
  expect(row.reason.inputs.at(-1)).toEqual(['change', '+1,100.00']);
});

test('a time is said in hours, days, or as long', () => {
  expect(lastsText({ ...time, days: 1.5 })).toBe('36 h');
  expect(lastsText({ ...time, days: 400 })).toBe('over a year');
  expect(lastsText({ ...time, state: 'liquidatable' })).toBe('liquidation now');
});

import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { MarginRowView } from '../../../../engine/protocol/views/margin.ts';
import { scaledRows } from './drivers.ts';
import { waterfallOf } from './Waterfall.state.ts';

const USD = 1_000_000;

interface Book {
  label?: string;
  rows: MarginRowView[];
  maintenanceUsd: number;
  initialUsd: number;
  addOns?: MarginRowView[];
  creditCutUsd?: number;
}

/** Ten coins of collateral at 97 %, a million in cash and a gain of half a dollar. */
function accountOf({ label = 'Basis', creditCutUsd = 0, addOns = [], ...book }: Book): AccountView {
  const { rows, maintenanceUsd, initialUsd } = book;
  const equityUsd = (1_000_000 + 970_000) * USD + USD / 2;
  const scan = { rows, scanUsd: rows.reduce((sum, { usd }) => sum + usd, 0) };
  return {
    label,
    balances: [
      { name: 'USDC', valueUsd: 1_000_000 * USD, countedUsd: 1_000_000 * USD },
      { name: 'BTC', valueUsd: 1_000_000 * USD, countedUsd: 970_000 * USD },
    ],
    margin: {
      equityUsd,
      unrealizedPnlUsd: USD / 2,
      initialUsd,
      maintenanceUsd,
      freeUsd: equityUsd - initialUsd - creditCutUsd,
      initial: { ...scan, addOns: [] },
      maintenance: { ...scan, addOns },
    },
  } as unknown as AccountView;
}

const leg = (name: string, usd: number): MarginRowView => ({ name, kind: 'leg', usd });
const hedged = [leg('BTC', 90_000_000_001), leg('ETH', -20_000_000_002), leg('SOL', 333_333)];
const basis = accountOf({ rows: hedged, maintenanceUsd: 42_000_200_001, initialUsd: 70_000_333_332 });

const byId = (fall: ReturnType<typeof waterfallOf>) => new Map(fall.rows.map((row) => [row.id, row]));

describe('the waterfall', () => {
  test('goes from net asset value through haircuts to equity, and from there to free margin', () => {
    const rows = byId(waterfallOf([basis]));
    expect([...rows.keys()]).toEqual([
      'nav',
      'haircut BTC',
      'equity',
      'leg BTC',
      'leg ETH',
      'leg SOL',
      'maintenance',
      'buffer',
      'free',
    ]);
    expect(rows.get('haircut BTC')).toMatchObject({ label: 'Haircut BTC 3.0%', usd: -30_000 * USD });
    expect(rows.get('nav')!.usd + rows.get('haircut BTC')!.usd).toBe(rows.get('equity')!.usd);
  });

  test('has drivers that sum to maintenance margin exactly, a hedge among them giving back', () => {
    const { rows } = waterfallOf([basis]);
    const drivers = rows.filter(({ id }) => id.startsWith('leg'));
    expect(drivers.reduce((sum, { usd }) => sum + usd, 0)).toBe(-42_000_200_001);
    expect(drivers.map(({ usd }) => Math.sign(usd))).toEqual([-1, 1, -1]);
  });

  test('adds up at the digits shown, cents or not', () => {
    const rows = byId(waterfallOf([basis]));
    const shown = (...ids: string[]) => ids.reduce((sum, id) => sum + rows.get(id)!.shownUsd, 0);
    expect(shown('nav', 'haircut BTC')).toBe(shown('equity'));
    expect(shown('leg BTC', 'leg ETH', 'leg SOL')).toBe(shown('maintenance'));
    expect(shown('equity', 'maintenance', 'buffer')).toBe(shown('free'));
    for (const { shownUsd } of rows.values()) expect(Math.abs(shownUsd % USD)).toBe(0);
  });

  test('shows profit that carries no new risk once, hanging from equity', () => {
    const account = accountOf({
      rows: hedged,
      maintenanceUsd: 42 * USD,
      initialUsd: 70 * USD,
      creditCutUsd: 500_250_000,
    });
    const rows = byId(waterfallOf([account]));
    const [equity, credit, maintenance, buffer, free] = [
      'equity',
      'credit',
      'maintenance',
      'buffer',
      'free',
    ].map((id) => rows.get(id)!);
    expect(credit!.from).toBe(equity!.usd);
    expect(equity!.usd + credit!.usd + maintenance!.usd + buffer!.usd).toBe(free!.usd);
    expect(equity!.shownUsd + credit!.shownUsd + maintenance!.shownUsd + buffer!.shownUsd).toBe(
      free!.shownUsd,
    );
  });

  test('of a firm adds accounts up by driver, never nets their margins, and names who is short', () => {
    const short = accountOf({
      label: 'Vol',
      rows: [leg('BTC', 5_000_000 * USD)],
      maintenanceUsd: 3_000_000 * USD,
      initialUsd: 5_000_000 * USD,
      addOns: [{ name: 'concentration', kind: 'addOn', usd: 7 * USD }],
    });
    const rows = byId(waterfallOf([basis, short]));
    expect(rows.get('maintenance')!.usd).toBe(-(42_000_200_001 + 3_000_000 * USD));
    expect(rows.get('addOn concentration')!.usd).toBe(-7 * USD);
    expect(rows.get('free')!.note).toBe('incl. Vol −3,030,000');
    const drivers = [...rows.values()].filter(({ id }) => /^(leg|addOn) /.test(id));
    expect(drivers.reduce((sum, { usd }) => sum + usd, 0)).toBe(rows.get('maintenance')!.usd);
  });

  test('keeps every bar on one scale, also when equity does not cover what is needed', () => {
    const poor = accountOf({
      rows: [leg('BTC', 9_000_000 * USD)],
      maintenanceUsd: 5_000_000 * USD,
      initialUsd: 9_000_000 * USD,
    });
    const { rows, least, most } = waterfallOf([poor]);
    expect(least).toBeLessThan(0);
    for (const { from, to } of rows) {
      expect(Math.min(from, to)).toBeGreaterThanOrEqual(least);
      expect(Math.max(from, to)).toBeLessThanOrEqual(most);
    }
  });
});

test('rows of an empty scan are none', () => {
  expect(scaledRows([], 0, 0)).toEqual([]);
});

import type { AccountView, BalanceView } from '../../../../engine/protocol/views/account.ts';
import { formatPercent, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { initialAddOns, maintenanceDrivers } from './drivers.ts';
import { type Step, shareText } from './steps.ts';

export interface WaterfallRow {
  id: string;
  label: string;
  /** `level` stands on zero; `sum` closes the steps above it and hangs from where they began. */
  kind: 'level' | 'step' | 'detail' | 'sum';
  /** Exact micro-USD; what takes equity away is negative. */
  usd: number;
  /** Whole dollars as printed, in micro-USD: steps add up at the digits shown. */
  shownUsd: number;
  from: number;
  to: number;
  note: string;
  reason: Reason;
}

export interface Waterfall {
  rows: readonly WaterfallRow[];
  /** Ends of the common scale of all bars, micro-USD. */
  least: number;
  most: number;
}

const DOLLAR = 1_000_000;
const PPM = 1_000_000;

/** From what the accounts own to what they may still risk; several accounts are added up, not netted. */
export function waterfallOf(accounts: readonly AccountView[]): Waterfall {
  const sum = (read: (account: AccountView) => number) =>
    accounts.reduce((total, account) => total + read(account), 0);
  const equityUsd = sum(({ margin }) => margin.equityUsd);
  const maintenanceUsd = sum(({ margin }) => margin.maintenanceUsd);
  const initialUsd = sum(({ margin }) => margin.initialUsd);
  const freeUsd = sum(({ margin }) => margin.freeUsd);
  const unrealizedUsd = sum(({ margin }) => margin.unrealizedPnlUsd);
  const valueUsd = sum(({ balances }) => balances.reduce((total, each) => total + each.valueUsd, 0));
  const rows: WaterfallRow[] = [];
  const afterHaircuts = addSteps(rows, valueUsd + unrealizedUsd, haircuts(accounts));
  const lost = equityUsd - afterHaircuts;
  if (lost !== 0) addSteps(rows, afterHaircuts, [otherCollateral(lost)]);
  const drivers = maintenanceDrivers(accounts);
  const steps: WaterfallRow[] = [];
  addSteps(steps, equityUsd, drivers);
  const money = (usd: number) => formatUsd(usd, 2);
  return withScale([
    level('nav', 'Net asset value at mark', valueUsd + unrealizedUsd, {
      formula: 'balances at index price + unrealized PnL at mark',
      inputs: [
        ['balances', money(valueUsd)],
        ['unrealized PnL', formatSignedUsd(unrealizedUsd, 2)],
      ],
    }),
    ...rows,
    level('equity', 'Equity', equityUsd, {
      formula: 'net asset value − haircuts',
      inputs: [
        ['net asset value', money(valueUsd + unrealizedUsd)],
        ['not counted', money(equityUsd - valueUsd - unrealizedUsd)],
      ],
    }),
    ...profitNotCredited(equityUsd, initialUsd, freeUsd),
    ...steps,
    {
      id: 'maintenance',
      label: 'Maintenance margin',
      kind: 'sum',
      ...span(equityUsd, equityUsd - maintenanceUsd),
      note: shareText(maintenanceUsd, equityUsd, 'of equity'),
      reason: {
        formula: 'the drivers above; under it liquidation starts',
        inputs: [
          ['drivers', money(maintenanceUsd)],
          ['equity', money(equityUsd)],
        ],
      },
    },
    {
      id: 'buffer',
      label: 'Initial margin buffer',
      kind: 'step',
      ...span(equityUsd - maintenanceUsd, equityUsd - initialUsd),
      note: `IM ${formatUsd(initialUsd)}`,
      reason: {
        formula: 'initial margin − maintenance margin; open orders count in initial margin only',
        inputs: [
          ['initial scan', money(sum(({ margin }) => margin.initial.scanUsd))],
          ...initialAddOns(accounts).map(([name, usd]) => [name, money(usd)] as const),
          ['initial margin', money(initialUsd)],
          ['maintenance margin', money(maintenanceUsd)],
        ],
      },
    },
    {
      ...level('free', 'Free margin', freeUsd, {
        formula:
          'equity − profit not credited − initial margin; below zero only orders that reduce risk pass',
        inputs: [
          ['equity', money(equityUsd)],
          ['profit not credited', money(equityUsd - initialUsd - freeUsd)],
          ['initial margin', money(initialUsd)],
        ],
      }),
      note: shortfalls(accounts),
    },
  ]);
}

/** @returns the level behind the last step */
function addSteps(rows: WaterfallRow[], start: number, steps: readonly Step[]): number {
  let level = start;
  for (const { usd, ...step } of steps) {
    rows.push({ ...step, ...span(level, level + usd) });
    level += usd;
  }
  return level;
}

function span(from: number, to: number): Pick<WaterfallRow, 'usd' | 'shownUsd' | 'from' | 'to'> {
  return { usd: to - from, shownUsd: inDollars(to) - inDollars(from), from, to };
}

function level(id: string, label: string, usd: number, reason: Reason): WaterfallRow {
  return { id, label, kind: 'level', ...span(0, usd), note: '', reason };
}

/** Half away from zero, as numbers are printed. */
function inDollars(usd: number): number {
  return Math.sign(usd) * Math.floor(Math.abs(usd) / DOLLAR + 0.5) * DOLLAR;
}

function haircuts(accounts: readonly AccountView[]): Step[] {
  const byAsset = new Map<string, BalanceView[]>();
  for (const balance of accounts.flatMap(({ balances }) => balances)) {
    if (balance.valueUsd === balance.countedUsd) continue;
    byAsset.set(balance.name, [...(byAsset.get(balance.name) ?? []), balance]);
  }
  return [...byAsset].map(([name, balances]) => {
    const valueUsd = balances.reduce((total, each) => total + each.valueUsd, 0);
    const countedUsd = balances.reduce((total, each) => total + each.countedUsd, 0);
    const cut = formatPercent(Math.round(((valueUsd - countedUsd) / valueUsd) * PPM));
    return {
      id: `haircut ${name}`,
      label: `Haircut ${name} ${cut}`,
      kind: 'detail',
      usd: countedUsd - valueUsd,
      note: '',
      reason: {
        formula: 'value at index price × share that does not count as equity',
        inputs: [
          [`${name} at index`, formatUsd(valueUsd, 2)],
          ['counted', formatUsd(countedUsd, 2)],
        ],
      },
    };
  });
}

function otherCollateral(usd: number): Step {
  return {
    id: 'pools',
    label: 'Collateral limits',
    kind: 'detail',
    usd,
    note: '',
    reason: {
      formula: 'what limits over all collateral together take from or give to equity',
      inputs: [['equity − counted balances', formatSignedUsd(usd, 2)]],
    },
  };
}

/** Gains that maintenance margin counts and new risk may not: they hang from equity, and free margin lacks them. */
function profitNotCredited(equityUsd: number, initialUsd: number, freeUsd: number): WaterfallRow[] {
  const cutUsd = equityUsd - initialUsd - freeUsd;
  if (cutUsd === 0) return [];
  return [
    {
      id: 'credit',
      label: 'Profit not credited',
      kind: 'step',
      usd: -cutUsd,
      shownUsd: inDollars(freeUsd) - inDollars(equityUsd - initialUsd),
      from: equityUsd,
      to: equityUsd - cutUsd,
      note: 'IM only',
      reason: {
        formula: 'gains above the hour’s average price, or too large to close, do not carry new risk',
        inputs: [
          ['equity', formatUsd(equityUsd, 2)],
          ['counts for new risk', formatUsd(equityUsd - cutUsd, 2)],
        ],
      },
    },
  ];
}

/** Free margin of one account is no help to another: who is short is named. */
function shortfalls(accounts: readonly AccountView[]): string {
  if (accounts.length < 2) return '';
  const short = accounts.filter(({ margin }) => margin.freeUsd < 0);
  return short.map(({ label, margin }) => `incl. ${label} ${formatUsd(margin.freeUsd)}`).join(', ');
}

function withScale(rows: readonly WaterfallRow[]): Waterfall {
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  return { rows, least: Math.min(0, ...ends), most: Math.max(0, ...ends) };
}

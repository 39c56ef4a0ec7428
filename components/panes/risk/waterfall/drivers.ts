import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { MarginRowView } from '../../../../engine/protocol/views/margin.ts';
import { formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { type Step, shareText } from './steps.ts';

const kindWords: Record<MarginRowView['kind'], string> = {
  leg: 'loss of this underlying in the worst scenario of its account, at the maintenance share',
  residual: 'what hedges that do not move exactly together leave',
  fade: 'a small epicentre counts in part',
  clamp: 'a bound that replaced the sum of the legs',
  addOn: 'a charge on top of the scan',
};

interface Driver {
  name: string;
  kind: MarginRowView['kind'];
  usd: number;
  /** In the scan, before the maintenance share; 0 for what is no part of it. */
  scanUsd: number;
}

/** What maintenance margin is made of, from the accounts' own explanations: the steps sum to it exactly. */
export function maintenanceDrivers(accounts: readonly AccountView[]): Step[] {
  const totalUsd = accounts.reduce((sum, { margin }) => sum + margin.maintenanceUsd, 0);
  return merged(accounts.flatMap(driversOf)).map(({ name, kind, usd, scanUsd }) => ({
    id: `${kind} ${name}`,
    label: kind === 'leg' && !name.includes(' ') ? `${name} moves` : sentenceCase(name),
    kind: 'detail',
    usd: -usd,
    note: shareText(usd, totalUsd),
    reason: {
      formula: kindWords[kind],
      inputs: [
        ...(scanUsd === 0 ? [] : [['in the scan', formatSignedUsd(scanUsd, 2)] as const]),
        ['in maintenance margin', formatSignedUsd(usd, 2)],
        ['maintenance margin', formatUsd(totalUsd, 2)],
      ],
    },
  }));
}

function driversOf({ margin: { maintenance, maintenanceUsd } }: AccountView): Driver[] {
  const addOns = maintenance.addOns.map((row) => ({ ...row, scanUsd: 0 }));
  const onTop = addOns.reduce((sum, { usd }) => sum + usd, 0);
  return [...scaledRows(maintenance.rows, maintenance.scanUsd, maintenanceUsd - onTop), ...addOns];
}

/** Rows of a scan at the share of it that is charged; the rounding of each follows from the sum so far. */
export function scaledRows(rows: readonly MarginRowView[], scanUsd: number, chargedUsd: number): Driver[] {
  if (scanUsd <= 0) return [];
  let before = 0;
  let sum = 0;
  return rows.map(({ name, kind, usd: inScan }) => {
    sum += inScan;
    const upTo = sum === scanUsd ? chargedUsd : Math.round(sum * (chargedUsd / scanUsd));
    const usd = upTo - before;
    before = upTo;
    return { name, kind, usd, scanUsd: inScan };
  });
}

/** What initial margin asks on top of its scans, each charge by name over all accounts. */
export function initialAddOns(
  accounts: readonly AccountView[],
): readonly (readonly [name: string, usd: number])[] {
  const byName = new Map<string, number>();
  for (const { name, usd } of accounts.flatMap(({ margin }) => margin.initial.addOns))
    byName.set(name, (byName.get(name) ?? 0) + usd);
  return [...byName];
}

/** One driver of a name, over all accounts: legs first, then what no leg is, in the order they were met. */
function merged(drivers: readonly Driver[]): Driver[] {
  const byName = new Map<string, Driver>();
  for (const driver of drivers) {
    const key = `${driver.kind} ${driver.name}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { ...driver });
    else {
      known.usd += driver.usd;
      known.scanUsd += driver.scanUsd;
    }
  }
  const all = [...byName.values()];
  return [...all.filter(({ kind }) => kind === 'leg'), ...all.filter(({ kind }) => kind !== 'leg')];
}

function sentenceCase(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

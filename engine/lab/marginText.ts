import type { AccountView } from '../protocol/views/account.ts';
import type { MarginRowView, MarginView, ScanView } from '../protocol/views/margin.ts';
import { formatDecimal } from '../units/decimal.ts';

const NAME_CHARS = 40;
const USD_CHARS = 24;

/** Why an account needs what it needs, to the last micro-USD, as lines of text: each block adds up to the line over it. */
export function marginText(view: AccountView): string {
  const { margin, distance } = view;
  return [
    `account ${view.account}, ${view.firmLabel} / ${view.label}`,
    `sequence ${view.seq}, ${new Date(view.timeMs).toISOString()}`,
    '',
    line('equity, USD', margin.equityUsd),
    line('  collateral', margin.collateralUsd),
    line('  unrealized profit and loss', margin.unrealizedPnlUsd),
    '',
    line('initial margin', margin.initialUsd),
    ...scanLines('  ', margin.initial),
    ...margin.initial.addOns.map((row) => rowLine('  ', row)),
    '',
    line('maintenance margin', margin.maintenanceUsd),
    line('  its share of the scan below', margin.maintenanceUsd - sumOf(margin.maintenance.addOns)),
    ...margin.maintenance.addOns.map((row) => rowLine('  ', row)),
    ...scanLines('', margin.maintenance),
    '',
    line('free for new risk', margin.freeUsd),
    line('  equity', margin.equityUsd),
    line('  less gains that may not count', -margin.creditCutUsd),
    line('  less initial margin', -margin.initialUsd),
    '',
    line('needed if each underlying stood alone', margin.initial.standaloneUsd),
    line('saved by one book', margin.initial.savedUsd),
    '',
    ratioLine(margin),
    distance.sentence,
  ].join('\n');
}

function scanLines(indent: string, scan: ScanView): string[] {
  return [
    line(`${indent}scan: ${scan.sentence}`, scan.scanUsd),
    ...scan.rows.map((row) => rowLine(`${indent}  `, row)),
  ];
}

function sumOf(rows: readonly MarginRowView[]): number {
  return rows.reduce((sum, { usd }) => sum + usd, 0);
}

function rowLine(indent: string, { name, kind, usd }: MarginRowView): string {
  return line(`${indent}${kind === 'leg' || kind === 'addOn' ? name : `${kind} ${name}`}`, usd);
}

function ratioLine({ ratioPpm }: MarginView): string {
  const words = ratioPpm < 0 ? 'infinite' : `${formatDecimal(ratioPpm, 4)} %`;
  return `${'maintenance of equity'.padEnd(NAME_CHARS)}${words.padStart(USD_CHARS)}`;
}

/** Names that are too long keep their number on the same line, further right. */
function line(name: string, usd: number): string {
  const [whole = '', part = ''] = formatDecimal(usd, 6).split('.');
  const grouped = `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${part}`;
  return `${name.padEnd(NAME_CHARS)}${grouped.padStart(USD_CHARS)}`;
}

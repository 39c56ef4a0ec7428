import { Role } from '../../../../engine/protocol/enums.ts';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { AuditRecord, SealedRecord } from '../../../../engine/protocol/views/audit.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type { DeedNames } from '../../../../lib/audit/deedWords.ts';
import { actorWords, isRefusal } from '../../../../lib/audit/recordWords.ts';
import { shortDeed } from '../../../../lib/audit/shortDeed.ts';
import { formatPrice, formatSize } from '../../../../lib/format.ts';

/** Something that happened in a firm, as a line. */
export interface Deed {
  key: string;
  timeMs: number;
  /** Of the engine; 0 for what never got there. */
  seq: number;
  /** The account it is about; undefined where it is the firm's or several accounts'. */
  account: number | undefined;
  place: string;
  who: string;
  what: string;
  isRefused: boolean;
}

/** A list for people: the log has the rest. */
const SHOWN_MAX = 80;

/** Who comes and goes is no deed of the firm, and neither is looking at the log. */
const NO_DEEDS = [
  'SignIn',
  'SignOut',
  'SignInsRefused',
  'EndSession',
  'ReadAudit',
  'ExportAudit',
  'Suppressed',
];

/** A trader has no part of the log, and asking for it would be a refusal in it. */
export function mayReadLog(firm: FirmView | undefined, address: string): boolean {
  return (firm?.members ?? []).some(
    ({ wallets, role, isRemoved }) => !isRemoved && role !== Role.trader && wallets.includes(address),
  );
}

/** Decisions and fills together, newest first. */
export function activityOf(
  records: readonly (AuditRecord | SealedRecord)[],
  fills: readonly FillView[],
  names: DeedNames,
): Deed[] {
  const open = records.filter((record): record is AuditRecord => 'action' in record);
  const deeds = [
    ...open.filter(({ action }) => !NO_DEEDS.includes(action)).map((record) => deedOf(record, names)),
    ...byOrder(fills).flatMap((some) => fillDeed(some, names) ?? []),
  ];
  return deeds.sort((a, b) => b.timeMs - a.timeMs || b.seq - a.seq).slice(0, SHOWN_MAX);
}

function deedOf(record: AuditRecord, names: DeedNames): Deed {
  const account = accountOf(record.params);
  const refusal = isRefusal(record.result) ? `, refused: ${record.result}` : '';
  return {
    key: `record ${record.seq}`,
    timeMs: Date.parse(record.time),
    seq: record.engineSeq,
    account,
    place: placeOf(account, names.firm),
    who: actorWords(record, names.firm),
    what: `${shortDeed(record, names)}${refusal}`,
    isRefused: refusal !== '',
  };
}

/** What one order traded in one command is one line, however many stood against it. */
function byOrder(fills: readonly FillView[]): FillView[][] {
  const groups = new Map<string, FillView[]>();
  for (const fill of fills) {
    const key = `${fill.seq} ${fill.orderId}`;
    groups.set(key, [...(groups.get(key) ?? []), fill]);
  }
  return [...groups.values()];
}

function fillDeed(fills: readonly FillView[], names: DeedNames): Deed | undefined {
  const [first] = fills;
  const market = names.markets.find(({ instrument }) => instrument === first?.instrument);
  if (first === undefined || market === undefined) return undefined;
  const { account, side, timeMs, seq, orderId } = first;
  const lots = fills.reduce((sum, fill) => sum + fill.lots, 0);
  const ticks = fills.reduce((sum, fill) => sum + fill.lots * fill.priceTicks, 0) / lots;
  const price = `${fills.length > 1 ? 'an average of ' : ''}${formatPrice(Math.round(ticks), market)}`;
  return {
    key: `fill ${seq} ${orderId}`,
    timeMs,
    seq,
    account,
    place: placeOf(account, names.firm),
    who: 'fill',
    what: `${side === 'buy' ? 'Bought' : 'Sold'} ${formatSize(lots, market)} ${market.name} at ${price}`,
    isRefused: false,
  };
}

/** The one account that parameters are about; a move is between two, and stands with the firm. */
function accountOf(params: AuditRecord['params']): number | undefined {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return undefined;
  const { account } = params as { account?: unknown };
  return typeof account === 'number' ? account : undefined;
}

function placeOf(account: number | undefined, firm: FirmView | undefined): string {
  const node = firm?.nodes.find((each) =>
    account === undefined ? each.parent === null : each.account === account,
  );
  return node?.label ?? (account === undefined ? 'Firm' : `account ${account}`);
}

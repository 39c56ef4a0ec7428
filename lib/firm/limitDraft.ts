import type { NodeLimits, SetLimits } from '../../engine/protocol/commands/actions.ts';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import { formatDecimal, parseDecimal } from '../../engine/units/decimal.ts';
import { readNumber } from '../numberInput.ts';

const USD_DECIMALS = 6;

/** Limits that are one number; those of an asset, a class or a market are lists and stay as they are. */
export const limitFields = [
  { name: 'grossUsd', label: 'Gross', unit: 'USD', decimals: USD_DECIMALS },
  { name: 'netUsd', label: 'Net', unit: 'USD', decimals: USD_DECIMALS },
  { name: 'orderUsd', label: 'One order', unit: 'USD', decimals: USD_DECIMALS },
  { name: 'ordersPerMinute', label: 'Orders a minute', unit: '', decimals: 0 },
  { name: 'dayLossUsd', label: 'Loss of the day', unit: 'USD', decimals: USD_DECIMALS },
] as const;

type LimitField = (typeof limitFields)[number];
export type Severity = keyof SetLimits['limits'];
/** As they were typed; empty limits nothing. */
type TypedLimits = Record<Severity, Record<LimitField['name'], string>>;

/** New limits of a place as a person is about to ask for them. */
export interface LimitDraft {
  kind: 'SetLimits';
  node: number;
  /** As they are. */
  limits: SetLimits['limits'];
  typed: TypedLimits;
}

export function limitDraft({ node, limits }: Pick<FirmNodeView, 'node' | 'limits'>): LimitDraft {
  const { soft, hard } = limits ?? { soft: {}, hard: {} };
  return {
    kind: 'SetLimits',
    node,
    limits: { soft, hard },
    typed: { soft: typedOf(soft), hard: typedOf(hard) },
  };
}

/** What the draft asks for, or the first field that cannot be read, as a sentence. */
export function readLimits({
  kind,
  node,
  limits,
  typed,
}: LimitDraft): { action: SetLimits } | { missing: string } {
  const soft = readSet(limits.soft, typed.soft);
  if ('wrong' in soft) return { missing: `Not a soft limit: ${soft.wrong}.` };
  const hard = readSet(limits.hard, typed.hard);
  if ('wrong' in hard) return { missing: `Not a hard limit: ${hard.wrong}.` };
  return { action: { kind, node, limits: { soft: soft.set, hard: hard.set } } };
}

function readSet(before: NodeLimits, typed: TypedLimits[Severity]): { set: NodeLimits } | { wrong: string } {
  const set = { ...before };
  for (const { name, label, decimals } of limitFields) {
    delete set[name];
    const number = readNumber(typed[name]);
    if (number.is === 'empty') continue;
    const value = number.is === 'decimal' ? parseDecimal(number.text, decimals) : undefined;
    if (value === undefined) return { wrong: label };
    set[name] = value;
  }
  return { set };
}

function typedOf(set: NodeLimits): TypedLimits[Severity] {
  const texts = limitFields.map(({ name, decimals }) => [name, textOf(set[name], decimals)]);
  return Object.fromEntries(texts) as TypedLimits[Severity];
}

function textOf(value: number | undefined, decimals: number): string {
  if (value === undefined) return '';
  const text = formatDecimal(value, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

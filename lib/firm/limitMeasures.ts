import type { NodeLimits } from '../../engine/protocol/commands/actions.ts';
import { UnderlyingClass, type UnderlyingClassName } from '../../engine/protocol/enums.ts';
import type { LimitKind } from '../../engine/protocol/views/firmRisk.ts';
import { parseDecimal, readableDecimal } from '../../engine/units/decimal.ts';
import { readNumber } from '../numberInput.ts';

/** In what a limit is written: how many digits it has, and what to write where it cannot be read. */
export type LimitUnit = keyof typeof units;

const units = {
  USD: { decimals: 6, max: Number.MAX_SAFE_INTEGER, ask: 'Write an amount in USD, like 250k or 1.5m.' },
  '×': { decimals: 6, max: 1_000e6, ask: 'Write how many times the worth, up to 1,000: 3 or 2.5.' },
  '%': { decimals: 4, max: 100e4, ask: 'Write a share in percent, up to 100.' },
  '': { decimals: 0, max: Number.MAX_SAFE_INTEGER, ask: 'Write a whole number.' },
} as const;

/** One limit that is a number: where it stands in a set, and what is read beside it. */
export interface LimitMeasure {
  /** Unlike any other's. */
  key: string;
  label: string;
  unit: LimitUnit;
  /** Which use of a place is held against it; undefined for what is used by nothing. */
  kind: LimitKind | undefined;
  /** The class or underlying it is about; empty for all. */
  of: string;
  read(set: NodeLimits): number | undefined;
  write(set: NodeLimits, value: number | undefined): void;
}

type NumberField = Exclude<keyof NodeLimits, 'classes' | 'assets' | 'underlyings' | 'kinds'>;

function plain(name: NumberField, label: string, unit: LimitUnit, kind?: LimitKind): LimitMeasure {
  return {
    key: name,
    label,
    unit,
    kind,
    of: '',
    read: (set) => set[name],
    write: (set, value) => {
      delete set[name];
      if (value !== undefined) set[name] = value;
    },
  };
}

/** Of all that is at a place together. */
export const placeMeasures: readonly LimitMeasure[] = [
  plain('grossUsd', 'Gross', 'USD', 'gross'),
  plain('netUsd', 'Net', 'USD', 'net'),
  plain('leveragePpm', 'Leverage', '×', 'leverage'),
  plain('concentrationPpm', 'Concentration', '%', 'concentration'),
  plain('concentrationFloorUsd', 'counted over', 'USD'),
  plain('orderUsd', 'One order', 'USD'),
  plain('ordersPerMinute', 'Orders a minute', '', 'ordersPerMinute'),
  plain('dayLossUsd', 'Loss of the day', 'USD', 'dayLoss'),
];

type Sums = { grossUsd?: number; netUsd?: number };

/** Gross and net of a class of assets. */
export function classMeasures(of: UnderlyingClassName): LimitMeasure[] {
  const order = (name: UnderlyingClassName) => UnderlyingClass[name];
  return sumsOf(`class ${of}`, of, ['classGross', 'classNet'], {
    find: (set) => set.classes?.find((each) => each.class === of),
    put: (set, sums) => {
      const others = (set.classes ?? []).filter((each) => each.class !== of);
      const all = sums === undefined ? others : [...others, { class: of, ...sums }];
      set.classes = all.sort((a, b) => order(a.class) - order(b.class));
      if (all.length === 0) delete set.classes;
    },
  });
}

/** Gross and net of one asset. */
export function assetMeasures(of: string): LimitMeasure[] {
  return sumsOf(of, of, ['assetGross', 'assetNet'], {
    find: (set) => set.assets?.find(({ underlying }) => underlying === of),
    put: (set, sums) => {
      const others = (set.assets ?? []).filter(({ underlying }) => underlying !== of);
      const all = sums === undefined ? others : [...others, { underlying: of, ...sums }];
      set.assets = all;
      if (all.length === 0) delete set.assets;
    },
  });
}

interface SumsPlace {
  find(set: NodeLimits): Sums | undefined;
  put(set: NodeLimits, sums: Sums | undefined): void;
}

function sumsOf(
  name: string,
  of: string,
  kinds: readonly [LimitKind, LimitKind],
  { find, put }: SumsPlace,
): LimitMeasure[] {
  return (['grossUsd', 'netUsd'] as const).map((field, at) => ({
    key: `${name} ${field}`,
    label: `${field === 'grossUsd' ? 'Gross' : 'Net'} ${name}`,
    unit: 'USD',
    kind: kinds[at],
    of,
    read: (set) => find(set)?.[field],
    write: (set, value) => {
      const { grossUsd, netUsd }: Sums = { ...find(set), [field]: value };
      const sums = {
        ...(grossUsd === undefined ? {} : { grossUsd }),
        ...(netUsd === undefined ? {} : { netUsd }),
      };
      put(set, Object.keys(sums).length === 0 ? undefined : sums);
    },
  }));
}

/** A limit as it is typed; empty for none. */
export function typedLimit({ unit }: LimitMeasure, value: number | undefined): string {
  if (value === undefined) return '';
  return readableDecimal(value, units[unit].decimals);
}

/** What was typed in the measure's unit, nothing for an empty field, or why it is no limit, as a sentence. */
export function readLimit(
  { unit }: LimitMeasure,
  typed: string,
): { value: number | undefined } | { wrong: string } {
  const { decimals, max, ask } = units[unit];
  const number = readNumber(typed);
  if (number.is === 'empty') return { value: undefined };
  const value = number.is === 'decimal' ? parseDecimal(number.text, decimals) : undefined;
  return value === undefined || value > max ? { wrong: ask } : { value };
}

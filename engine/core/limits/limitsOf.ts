import type { NodeLimits, SetLimits } from '../../protocol/commands/actions.ts';
import { InstrumentKind, type InstrumentKindName, UnderlyingClass } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { HARD, type Severity, SOFT, UNDERLYING_CLASSES } from './limitTables.ts';

/**
 * A node's own limits as `SetLimits` would set them again; null where it has none.
 *
 * @see setLimits.ts, which writes what is read here
 */
export function limitsOf(state: State, node: number): SetLimits['limits'] | null {
  const at = state.nodes.columns.limits[node] ?? NONE;
  return at === NONE ? null : { soft: setOf(state, at, SOFT), hard: setOf(state, at, HARD) };
}

function setOf(state: State, at: number, severity: Severity): NodeLimits {
  const row = at * 2 + severity;
  const c = state.nodeLimits.columns;
  const concentrationPpm = finite(c.concentrationPpm[row]!);
  return defined({
    grossUsd: finite(c.gross[row]!),
    netUsd: finite(c.net[row]!),
    classes: classesOf(state, row),
    assets: assetsOf(state, row),
    orderUsd: finite(c.order[row]!),
    ordersPerMinute: finite(c.ordersPerMinute[row]!),
    dayLossUsd: finite(c.dayLoss[row]!),
    leveragePpm: finite(c.leveragePpm[row]!),
    concentrationPpm,
    concentrationFloorUsd: concentrationPpm === undefined ? undefined : c.concentrationFloor[row]!,
    underlyings: underlyingsOf(state, row),
    kinds: c.kinds[row] === -1 ? undefined : kindsOf(c.kinds[row]!),
  });
}

function classesOf(state: State, row: number): NodeLimits['classes'] {
  const { gross, net } = state.classLimits.columns;
  const limited = Object.entries(UnderlyingClass).flatMap(([name, of]) => {
    const cell = row * UNDERLYING_CLASSES + of;
    const sums = defined({ grossUsd: finite(gross[cell]!), netUsd: finite(net[cell]!) });
    return Object.keys(sums).length === 0 ? [] : [{ class: name as keyof typeof UnderlyingClass, ...sums }];
  });
  return limited.length === 0 ? undefined : limited;
}

function assetsOf(state: State, row: number): NodeLimits['assets'] {
  const { gross, net } = state.assetLimits.columns;
  const limited = state.directory.underlyings.flatMap(({ name: underlying }, of) => {
    const cell = row * state.limits.underlyings + of;
    const sums = defined({ grossUsd: finite(gross[cell]!), netUsd: finite(net[cell]!) });
    return Object.keys(sums).length === 0 ? [] : [{ underlying, ...sums }];
  });
  return limited.length === 0 ? undefined : limited;
}

/** What is not listed yet is open only where nothing was named. */
function underlyingsOf({ directory, assetLimits, limits }: State, row: number): string[] | undefined {
  const from = row * limits.underlyings;
  const isOpen = (of: number) => assetLimits.columns.isAllowed[from + of] === 1;
  const isNothingNamed = Array.from({ length: limits.underlyings }, (_, of) => of).every(isOpen);
  return isNothingNamed
    ? undefined
    : directory.underlyings.filter((_, of) => isOpen(of)).map(({ name }) => name);
}

function kindsOf(bits: number): InstrumentKindName[] {
  return Object.entries(InstrumentKind).flatMap(([name, kind]) =>
    (bits & (1 << kind)) === 0 ? [] : [name as InstrumentKindName],
  );
}

function finite(limit: number): number | undefined {
  return limit === Number.POSITIVE_INFINITY ? undefined : limit;
}

/** Without the fields that are not there: what is left out limits nothing. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

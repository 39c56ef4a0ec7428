import type { NodeLimits } from '../../protocol/commands/actions.ts';
import { InstrumentKind, UnderlyingClass } from '../../protocol/enums.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { isIntegerIn } from '../admin/names.ts';
import type { State } from '../state.ts';

/** A thousand times: what nobody means to be a limit is a slip of the pen. */
const LEVERAGE_MAX_PPM = 1_000 * PPM_SCALE;

/** What each field of a set must be. One that is not named here is a slip of the pen that would limit nothing. */
const FIELDS: { [K in keyof Required<NodeLimits>]: (value: unknown) => boolean } = {
  grossUsd: isUsd,
  netUsd: isUsd,
  classes: (value) =>
    isListOf(value, (each) => isShare(each, 'class') && isNameOf(UnderlyingClass, each.class)),
  assets: (value) => isListOf(value, (each) => isShare(each, 'underlying')),
  orderUsd: isUsd,
  ordersPerMinute: isUsd,
  dayLossUsd: isUsd,
  leveragePpm: (value) => isIntegerIn(value, 0, LEVERAGE_MAX_PPM),
  concentrationPpm: (value) => isIntegerIn(value, 0, PPM_SCALE),
  concentrationFloorUsd: isUsd,
  underlyings: Array.isArray,
  kinds: (value) => isListOf(value, (each) => isNameOf(InstrumentKind, each)),
};

/** Whether both sets are of the documented shape. */
export function areLimitsValid(limits: unknown): boolean {
  if (!isRecord(limits)) return false;
  return isSetValid(limits.soft) && isSetValid(limits.hard);
}

function isSetValid(set: unknown): boolean {
  if (!isRecord(set)) return false;
  const areKnown = Object.entries(set).every(
    ([field, value]) => Object.hasOwn(FIELDS, field) && FIELDS[field as keyof NodeLimits](value),
  );
  // A floor alone would look like a limit.
  return areKnown && (set.concentrationFloorUsd === undefined || set.concentrationPpm !== undefined);
}

/** Whether every underlying that a valid set names is listed. */
export function areUnderlyingsKnown(
  { directory }: State,
  { assets = [], underlyings = [] }: NodeLimits,
): boolean {
  const named = [...assets.map(({ underlying }) => underlying), ...underlyings];
  return named.every((name) => directory.underlyings.some((listed) => listed.name === name));
}

/** Gross or net or both of one class or asset, and nothing else. */
function isShare(value: unknown, key: string): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([field, of]) =>
    field === key ? typeof of === 'string' : (field === 'grossUsd' || field === 'netUsd') && isUsd(of),
  );
}

function isUsd(value: unknown): boolean {
  return isIntegerIn(value, 0, Number.MAX_SAFE_INTEGER);
}

function isListOf<T>(value: unknown, isOne: (each: T) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNameOf(set: object, name: unknown): boolean {
  return typeof name === 'string' && Object.hasOwn(set, name);
}

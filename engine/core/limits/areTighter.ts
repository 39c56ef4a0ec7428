import type { NodeLimits, SetLimits } from '../../protocol/commands/actions.ts';
import { InstrumentKind, UnderlyingClass } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { areLimitsValid } from './judgeSet.ts';
import { HARD, type Severity, SOFT, UNDERLYING_CLASSES } from './limitTables.ts';

/**
 * Whether new limits let nothing pass that those of now refuse or ask an approval for. A place without limits only
 * gets tighter; what is not of the documented shape does not.
 */
export function areTighter(state: State, { node, limits }: SetLimits): boolean {
  if (!areLimitsValid(limits)) return false;
  const at = state.nodes.columns.limits[node] ?? NONE;
  if (at === NONE) return true;
  return isSetTighter(state, at, SOFT, limits.soft) && isSetTighter(state, at, HARD, limits.hard);
}

function isSetTighter(state: State, at: number, severity: Severity, set: NodeLimits): boolean {
  const row = at * 2 + severity;
  const c = state.nodeLimits.columns;
  const pairs: [number | undefined, number][] = [
    [set.grossUsd, c.gross[row]!],
    [set.netUsd, c.net[row]!],
    [set.orderUsd, c.order[row]!],
    [set.ordersPerMinute, c.ordersPerMinute[row]!],
    [set.dayLossUsd, c.dayLoss[row]!],
    [set.leveragePpm, c.leveragePpm[row]!],
    [set.concentrationPpm, c.concentrationPpm[row]!],
  ];
  // The floor of no concentration limit is none.
  if (c.concentrationPpm[row] !== Number.POSITIVE_INFINITY)
    pairs.push([set.concentrationFloorUsd ?? 0, c.concentrationFloor[row]!]);
  const { classes = [], assets = [], underlyings, kinds } = set;
  const ofClass = state.classLimits.columns;
  for (let of = 0; of < UNDERLYING_CLASSES; of++) {
    const own = classes.find((each) => UnderlyingClass[each.class] === of);
    const cell = row * UNDERLYING_CLASSES + of;
    pairs.push([own?.grossUsd, ofClass.gross[cell]!], [own?.netUsd, ofClass.net[cell]!]);
  }
  const ofAsset = state.assetLimits.columns;
  const isOpened = state.directory.underlyings.some(({ name }, of) => {
    const own = assets.find(({ underlying }) => underlying === name);
    const cell = row * state.limits.underlyings + of;
    pairs.push([own?.grossUsd, ofAsset.gross[cell]!], [own?.netUsd, ofAsset.net[cell]!]);
    return ofAsset.isAllowed[cell] === 0 && (underlyings === undefined || underlyings.includes(name));
  });
  const isKindOpened = Object.entries(InstrumentKind).some(([name, kind]) => {
    const isNamed = kinds === undefined || kinds.some((each) => each === name);
    return isNamed && (c.kinds[row]! & (1 << kind)) === 0;
  });
  return (
    !isOpened &&
    !isKindOpened &&
    pairs.every(([after, before]) => (after ?? Number.POSITIVE_INFINITY) <= before)
  );
}

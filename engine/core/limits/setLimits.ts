import type { NodeLimits, SetLimits } from '../../protocol/commands/actions.ts';
import { InstrumentKind, NodeState, UnderlyingClass } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { judgeNode } from '../firms/judgeNode.ts';
import { putTreeSeq } from '../firms/nodes.ts';
import { standingOf } from '../firms/standing.ts';
import { extendTo, freeRow, hasRoom, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { areLimitsValid, areUnderlyingsKnown } from './judgeSet.ts';
import { followLimits } from './limitedNodes.ts';
import { HARD, type Severity, SOFT, UNDERLYING_CLASSES } from './limitTables.ts';

/**
 * Gives a node new limits in place of those it had; none at all takes them away. A limit below what is held blocks
 * what would grow it and forces nothing.
 *
 * Refusals: node.unknown, node.archived, parameters.invalid, underlying.unknown, engine.full.
 */
export function setLimits(engine: Engine, firm: number, { node, limits }: SetLimits): number {
  const { state, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (standingOf(state, node) === NodeState.archived) return refusal['node.archived'];
  if (!areLimitsValid(limits)) return refusal['parameters.invalid'];
  const sets = [limits.soft, limits.hard];
  if (!sets.every((set) => areUnderlyingsKnown(state, set))) return refusal['underlying.unknown'];
  const isFree = sets.every((set) => Object.keys(set).length === 0);
  const isNew = state.nodes.columns.limits[node] === NONE;
  if (isNew && !isFree && !hasRoom(state.limitedNodes, 1)) return refusal['engine.full'];
  if (!isFree) putLimits(engine, node, limits);
  else if (!isNew) dropLimits(engine, node);
  followLimits(engine, firm);
  putTreeSeq(engine);
  announce(out, TAG.LimitsSet, node, firm);
  return OK;
}

function dropLimits({ state, undo }: Engine, node: number): void {
  const { limits } = state.nodes.columns;
  freeRow(undo, state.limitedNodes, limits[node]!);
  putI(undo, limits, node, NONE);
}

function putLimits(engine: Engine, node: number, { soft, hard }: SetLimits['limits']): void {
  const { state, undo } = engine;
  const at = takeRowFor(engine, node);
  const c = state.limitedNodes.columns;
  putI(undo, c.hasSums, at, hasSums(soft) || hasSums(hard) ? 1 : 0);
  putI(undo, c.isWatched, at, isOfWorth(soft) || isOfWorth(hard) ? 1 : 0);
  putI(undo, c.dayLossTold, at, 0);
  putSet(engine, at, SOFT, soft);
  putSet(engine, at, HARD, hard);
}

/** The node's row, a fresh one when it had no limits, and the cells that go with it. */
function takeRowFor({ state, undo }: Engine, node: number): number {
  const { limits } = state.nodes.columns;
  if (limits[node] !== NONE) return limits[node]!;
  const at = takeRow(undo, state.limitedNodes);
  const c = state.limitedNodes.columns;
  putI(undo, limits, node, at);
  putI(undo, c.node, at, node);
  putF(undo, c.minute, at, 0);
  putF(undo, c.orderCount, at, 0);
  const { underlyings } = state.limits;
  extendTo(undo, state.nodeLimits, (at + 1) * 2);
  extendTo(undo, state.classLimits, (at + 1) * 2 * UNDERLYING_CLASSES);
  extendTo(undo, state.assetLimits, (at + 1) * 2 * underlyings);
  extendTo(undo, state.reaches, (at + 1) * underlyings);
  return at;
}

function isOfWorth({ dayLossUsd, leveragePpm }: NodeLimits): boolean {
  return dayLossUsd !== undefined || leveragePpm !== undefined;
}

function hasSums({ grossUsd, netUsd, classes, leveragePpm, concentrationPpm }: NodeLimits): boolean {
  return [grossUsd, netUsd, classes, leveragePpm, concentrationPpm].some((limit) => limit !== undefined);
}

function putSet(engine: Engine, at: number, severity: Severity, set: NodeLimits): void {
  const { state, undo } = engine;
  const row = at * 2 + severity;
  const c = state.nodeLimits.columns;
  putF(undo, c.gross, row, set.grossUsd ?? Number.POSITIVE_INFINITY);
  putF(undo, c.net, row, set.netUsd ?? Number.POSITIVE_INFINITY);
  putF(undo, c.order, row, set.orderUsd ?? Number.POSITIVE_INFINITY);
  putF(undo, c.ordersPerMinute, row, set.ordersPerMinute ?? Number.POSITIVE_INFINITY);
  putF(undo, c.dayLoss, row, set.dayLossUsd ?? Number.POSITIVE_INFINITY);
  putF(undo, c.leveragePpm, row, set.leveragePpm ?? Number.POSITIVE_INFINITY);
  putF(undo, c.concentrationPpm, row, set.concentrationPpm ?? Number.POSITIVE_INFINITY);
  putF(undo, c.concentrationFloor, row, set.concentrationFloorUsd ?? 0);
  const kinds = set.kinds?.map((kind) => 1 << InstrumentKind[kind]) ?? [-1];
  putI(
    undo,
    c.kinds,
    row,
    kinds.reduce((all, bit) => all | bit, 0),
  );
  putClasses(engine, row * UNDERLYING_CLASSES, set);
  putAssets(engine, row * state.limits.underlyings, set);
}

function putClasses({ state, undo }: Engine, from: number, { classes = [] }: NodeLimits): void {
  const { gross, net } = state.classLimits.columns;
  for (let of = 0; of < UNDERLYING_CLASSES; of++) {
    const own = classes.find((each) => UnderlyingClass[each.class] === of);
    putF(undo, gross, from + of, own?.grossUsd ?? Number.POSITIVE_INFINITY);
    putF(undo, net, from + of, own?.netUsd ?? Number.POSITIVE_INFINITY);
  }
}

function putAssets({ state, undo }: Engine, from: number, { assets = [], underlyings }: NodeLimits): void {
  const { gross, net, isAllowed } = state.assetLimits.columns;
  for (let of = 0; of < state.limits.underlyings; of++) {
    // What is listed later has no name yet: it is allowed where nothing is named.
    const name = state.directory.underlyings[of]?.name;
    const own = assets.find(({ underlying }) => underlying === name);
    putF(undo, gross, from + of, own?.grossUsd ?? Number.POSITIVE_INFINITY);
    putF(undo, net, from + of, own?.netUsd ?? Number.POSITIVE_INFINITY);
    const isOpen = underlyings === undefined || (name !== undefined && underlyings.includes(name));
    putI(undo, isAllowed, from + of, isOpen ? 1 : 0);
  }
}

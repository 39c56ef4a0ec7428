import { OK } from '../../protocol/errors.ts';
import type { LimitChangeView } from '../../protocol/views/firm.ts';
import type { LimitUseView } from '../../protocol/views/firmRisk.ts';
import { isIntegerIn } from '../admin/names.ts';
import { tryOut } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { limitsOf } from './limitsOf.ts';
import { limitUsesOf } from './limitUses.ts';
import { setLimits } from './setLimits.ts';

/** The nodes at and above these, each once. */
export function nodesAbove({ nodes }: State, from: readonly number[]): number[] {
  const { parent } = nodes.columns;
  const found = new Set<number>();
  for (const first of from) {
    if (!isIntegerIn(first, 0, highWater(nodes) - 1)) continue;
    for (let node = first; node !== NONE && !found.has(node); node = parent[node]!) found.add(node);
  }
  return [...found];
}

/** What nodes use of their limits now; a node without any says nothing. */
export function usesAt(state: State, nodes: readonly number[]): LimitUseView[] {
  const { limits } = state.nodes.columns;
  return nodes.filter((node) => limits[node] !== NONE).flatMap((node) => limitUsesOf(state, limits[node]!));
}

/**
 * Every measure of a node, limited or not, by summing its accounts anew as though all were limited. Orders a minute
 * are counted only where something is limited, and are not told elsewhere. Nothing stays changed.
 */
export function everyUseOf(engine: Engine, firm: number, node: number): LimitUseView[] {
  const { state } = engine;
  const limits = limitsOf(state, node);
  return tryOut(engine, () => {
    const { soft, hard } = limits ?? { soft: {}, hard: {} };
    // A limit of what may be lost has everything looked at that a limit may be about.
    const looked = { soft, hard: { ...hard, dayLossUsd: hard.dayLossUsd ?? Number.MAX_SAFE_INTEGER } };
    if (setLimits(engine, firm, { kind: 'SetLimits', node, limits: looked }) !== OK) return [];
    const uses = limitUsesOf(state, state.nodes.columns.limits[node]!, true);
    return uses
      .filter(({ kind }) => limits !== null || kind !== 'ordersPerMinute')
      .map((use) => (use.kind === 'dayLoss' ? { ...use, hard: hard.dayLossUsd ?? null } : use));
  });
}

/** Uses before beside those after; what is no longer limited after stays as it was. */
export function besideEachOther(
  before: readonly LimitUseView[],
  after: readonly LimitUseView[],
): LimitChangeView[] {
  const keyOf = ({ node, kind, of }: LimitUseView) => `${node} ${kind} ${of}`;
  const usedAfter = new Map(after.map((use) => [keyOf(use), use.used]));
  return before.map((use) => ({ ...use, usedAfter: usedAfter.get(keyOf(use)) ?? use.used }));
}

import type { LostActionView } from '../../protocol/views/firm.ts';

/** An action, for amounts above one edge and up to another, whole USD; no upper edge is any amount. */
export type Band = LostActionView;

/**
 * What was possible before and is not after, in as few bands as say it; an action that is gone altogether is one band
 * from 0 without an upper edge.
 *
 * @param before rising and without overlap within each action, as `possibleActions` gives them
 * @param after the same, perhaps cut at other edges
 * @example withdrawals of any amount before, up to 1 000 000 after → those over 1 000 000
 */
export function lostBands(before: readonly Band[], after: readonly Band[]): Band[] {
  const lost: Band[] = [];
  for (const band of before.flatMap((each) => cutAt(each, edgesOf(each.action, after)))) {
    if (after.some((each) => covers(each, band))) continue;
    const last = lost.at(-1);
    if (last?.action === band.action && last.upToUsd === band.overUsd) last.upToUsd = band.upToUsd;
    else lost.push({ ...band });
  }
  return lost;
}

function edgesOf(action: Band['action'], bands: readonly Band[]): number[] {
  const own = bands.filter((band) => band.action === action);
  const edges = own.flatMap(({ overUsd, upToUsd }) => (upToUsd === null ? [overUsd] : [overUsd, upToUsd]));
  return [...new Set(edges)].sort((a, b) => a - b);
}

/** A band in pieces, none of which has one of these edges inside it. */
function cutAt({ action, overUsd, upToUsd }: Band, edges: readonly number[]): Band[] {
  const inside = edges.filter((edge) => edge > overUsd && (upToUsd === null || edge < upToUsd));
  return [overUsd, ...inside].map((from, at) => ({ action, overUsd: from, upToUsd: inside[at] ?? upToUsd }));
}

function covers(outer: Band, inner: Band): boolean {
  if (outer.action !== inner.action || outer.overUsd > inner.overUsd) return false;
  return outer.upToUsd === null || (inner.upToUsd !== null && outer.upToUsd >= inner.upToUsd);
}

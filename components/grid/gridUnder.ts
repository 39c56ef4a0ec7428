import type { GridLine } from './useGridLines.ts';

/**
 * Rows that belong to another stand under it, in the order they were sorted in, as long as it is among the lines of the
 * same group. Where it is not, because a filter took it away, they stand by themselves.
 *
 * @param underOf key of the row that a row belongs to
 */
export function linesUnder<R>(
  lines: readonly GridLine<R>[],
  underOf: (row: R) => string | undefined,
): readonly GridLine<R>[] {
  const groups: GridLine<R>[][] = [[]];
  for (const line of lines) {
    if (line.kind === 'group') groups.push([]);
    groups.at(-1)!.push(line);
  }
  return groups.flatMap((group) => underInGroup(group, underOf));
}

function underInGroup<R>(
  lines: readonly GridLine<R>[],
  underOf: (row: R) => string | undefined,
): readonly GridLine<R>[] {
  const there = new Set(lines.map(({ key }) => key));
  const below = new Map<string, GridLine<R>[]>();
  const above: GridLine<R>[] = [];
  for (const line of lines) {
    const under = line.kind === 'row' ? underOf(line.row) : undefined;
    if (under === undefined || !there.has(under)) above.push(line);
    else below.set(under, [...(below.get(under) ?? []), line]);
  }
  return below.size === 0 ? lines : above.flatMap((line) => [line, ...(below.get(line.key) ?? [])]);
}

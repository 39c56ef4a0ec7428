import type { GridLine } from './useGridLines.ts';

/** A line as it stands on the screen; `isGone` when only the pointer or the focus keeps it there. */
export type StillLine<R> = GridLine<R> & { readonly isGone: boolean };

/** What a grid knows of rows that belong to others. */
export interface GridBelonging<R> {
  /** Key of the row that a row stands under. */
  underOf?(row: R): string | undefined;
  /** A row that a person is only writing: it comes and goes at once, and is in no file. */
  isDraft?(row: R): boolean;
}

/**
 * Lines while somebody points at them: each keeps its place and takes its new values, new ones go below, and those
 * that ended stay where they were until the grid is let go. What the person is writing comes and goes where it belongs.
 */
export function stillLines<R>(
  drawn: readonly StillLine<R>[],
  lines: readonly GridLine<R>[],
  isHeld: boolean,
  belonging: GridBelonging<R> = {},
): readonly StillLine<R>[] {
  if (!isHeld || drawn.length === 0) return lines.map((line) => ({ ...line, isGone: false }));
  const left = new Map(lines.map((line) => [line.key, line]));
  const isDraft = (line: GridLine<R>) => line.kind === 'row' && belonging.isDraft?.(line.row) === true;
  const kept = drawn.flatMap((line): StillLine<R>[] => {
    const now = left.get(line.key);
    left.delete(line.key);
    if (now === undefined && isDraft(line)) return [];
    return [now === undefined ? { ...line, isGone: true } : { ...now, isGone: false }];
  });
  const fresh = [...left.values()].map((line) => ({ ...line, isGone: false }));
  const begun = fresh.filter(isDraft);
  const below = fresh.filter((line) => !isDraft(line));
  return [...withDrafts(kept, begun, belonging), ...below];
}

/** Drafts behind the row they belong to, and behind what stands under it already. */
function withDrafts<R>(
  kept: readonly StillLine<R>[],
  begun: readonly StillLine<R>[],
  { underOf }: GridBelonging<R>,
): readonly StillLine<R>[] {
  const ownerOf = (line: StillLine<R>) => (line.kind === 'row' ? underOf?.(line.row) : undefined);
  const lines = [...kept];
  for (const line of begun) {
    const owner = ownerOf(line);
    const at = lines.findLastIndex(
      (each) => each.key === owner || (owner !== undefined && ownerOf(each) === owner),
    );
    lines.splice(at < 0 ? lines.length : at + 1, 0, line);
  }
  return lines;
}

/** Whether letting go would move anything. */
export function isOutOfOrder<R>(drawn: readonly StillLine<R>[], lines: readonly GridLine<R>[]): boolean {
  return drawn.length !== lines.length || drawn.some((line, at) => line.key !== lines[at]?.key);
}

import { type PriceSpace, yOf } from '../../../charts/priceSpace.ts';
import type { ChartLine } from './chartLines.ts';

/** Orders closer together than this share a pill. */
const PILL_GAP_PX = 11;
const PILL_PX = 18;
/** Between pills of a group that is fanned out. */
const FAN_STEP_PX = 22;
/** A fan that is taller than the plot goes on in a column beside it. */
const FAN_COLUMN_PX = 190;
const EDGE_PX = PILL_PX / 2 + 1;

/** Lines whose pills would cover each other. */
export interface PillGroup {
  key: string;
  at: ChartLine['at'];
  /** Middle of the shared pill. */
  y: number;
  /** By price, the highest first. */
  lines: readonly ChartLine[];
}

/** Where a pill stands: its middle, and how far it is moved from the edge it belongs to. */
export interface PillPlace {
  y: number;
  x: number;
  /** Where its price lies when the plot does not show it. */
  beyond: 'above' | 'below' | undefined;
}

/**
 * @param held membership to keep while a hand is at work, by line: groups neither form nor break under it
 * @param alone a line that has a pill of its own whatever is near it
 */
export function pillGroups(
  lines: readonly ChartLine[],
  space: PriceSpace,
  held?: ReadonlyMap<string, string>,
  alone?: string,
): PillGroup[] {
  const groups = new Map<string, { line: ChartLine; y: number }[]>();
  const placed = lines
    .map((line) => ({ line, y: onScreen(yOf(space, line.priceTicks), space) }))
    .sort((a, b) => a.y - b.y || b.line.priceTicks - a.line.priceTicks || compare(a.line.key, b.line.key));
  const open: Record<ChartLine['at'], string | undefined> = { left: undefined, right: undefined };
  for (const each of placed) {
    const { key, at } = each.line;
    const before = open[at] === undefined ? undefined : groups.get(open[at])?.[0];
    const kept = held?.get(key);
    const joined = before !== undefined && each.y - before.y < PILL_GAP_PX ? open[at] : undefined;
    const group = key === alone ? key : held === undefined ? (joined ?? key) : (kept ?? key);
    groups.set(group, [...(groups.get(group) ?? []), each]);
    if (key !== alone && held === undefined) open[at] = group;
  }
  return [...groups].map(([key, members]) => ({
    key,
    at: members[0]!.line.at,
    y: members.reduce((sum, { y }) => sum + y, 0) / members.length,
    lines: members.map(({ line }) => line),
  }));
}

/** Which group each line is in. */
export function membershipOf(groups: readonly PillGroup[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ key, lines }) => lines.map((line): [string, string] => [line.key, key])));
}

/** Pills of a group one under the other around its middle, inside the plot. */
export function fannedPlaces(group: PillGroup, space: PriceSpace): PillPlace[] {
  const rows = Math.max(1, Math.min(group.lines.length, Math.floor(space.height / FAN_STEP_PX)));
  const reach = ((rows - 1) * FAN_STEP_PX) / 2;
  const middle = Math.min(Math.max(group.y, reach + EDGE_PX), space.height - reach - EDGE_PX);
  return group.lines.map((line, index) => ({
    y: middle - reach + (index % rows) * FAN_STEP_PX,
    x: Math.floor(index / rows) * FAN_COLUMN_PX,
    beyond: beyondOf(line, space),
  }));
}

export function beyondOf(line: ChartLine, space: PriceSpace): PillPlace['beyond'] {
  const y = yOf(space, line.priceTicks);
  return y < 0 ? 'above' : y > space.height ? 'below' : undefined;
}

/** A price that the plot does not show has its pill at the edge. */
function onScreen(y: number, { height }: PriceSpace): number {
  return Math.min(Math.max(y, EDGE_PX), Math.max(EDGE_PX, height - EDGE_PX));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

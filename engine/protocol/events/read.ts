import { assert, broken } from '../../units/assert.ts';
import { type EngineEvent, type EventKind, eventTable, eventTags, laneCounts } from './table.ts';

const kindsByTag = new Map<number, [EventKind, readonly string[]]>(
  Object.entries(eventTable).map(([kind, [tag, lanes]]) => [tag, [kind as EventKind, lanes]]),
);

/**
 * Walks events without making objects.
 *
 * @param visit gets the tag, the place of the first lane, and the sequence and time of the command
 * @fails AssertionError on an unknown tag or a cut event
 */
export function walkEvents(
  lanes: Float64Array,
  from: number,
  to: number,
  visit: (tag: number, at: number, seq: number, timeMs: number) => void,
): void {
  let seq = 0;
  let timeMs = 0;
  let at = from;
  while (at < to) {
    const tag = lanes[at]!;
    const count = laneCounts[tag];
    if (count === undefined || at + count >= to)
      throw broken(`event tag ${tag} at lane ${at} is unknown or cut`);
    if (tag === eventTags.CommandApplied) {
      seq = lanes[at + 1]!;
      timeMs = lanes[at + 2]!;
    }
    visit(tag, at + 1, seq, timeMs);
    at += 1 + count;
  }
}

/** The event whose lanes start at `at`, as an object. */
export function eventAt(
  lanes: Float64Array,
  tag: number,
  at: number,
  seq: number,
  timeMs: number,
): EngineEvent {
  const entry = kindsByTag.get(tag);
  assert(entry !== undefined, `event tag ${tag} is unknown`);
  const [kind, names] = entry;
  const event: Record<string, unknown> = { kind, seq, timeMs };
  for (let k = 0; k < names.length; k++) event[names[k]!] = lanes[at + k];
  return event as unknown as EngineEvent;
}

/** All events of a stretch of lanes, as objects. */
export function readEvents(lanes: Float64Array, from = 0, to = lanes.length): EngineEvent[] {
  const events: EngineEvent[] = [];
  walkEvents(lanes, from, to, (tag, at, seq, timeMs) => events.push(eventAt(lanes, tag, at, seq, timeMs)));
  return events;
}

import { type EventKind, eventTable } from '../../protocol/events/table.ts';

/** An event of a test: its kind and the lanes that matter; the rest are 0. */
export type SampleEvent = [EventKind, Record<string, number>];

/** Lanes of one command, as the core would write them. */
export function sampleLanes(seq: number, timeMs: number, ...events: SampleEvent[]): Float64Array {
  const applied: SampleEvent = ['CommandApplied', { seq, timeMs }];
  return Float64Array.from(
    [applied, ...events].flatMap(([kind, values]) => {
      const [tag, names] = eventTable[kind];
      return [tag, ...names.map((name) => values[name] ?? 0)];
    }),
  );
}

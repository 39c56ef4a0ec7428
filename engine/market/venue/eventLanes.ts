import { type EventKind, type EventOf, eventTable } from '../../protocol/events/table.ts';

/** Where each lane of an event stands after its tag: lets a reader of millions take lanes without making objects. */
export function lanesOf<K extends EventKind>(
  kind: K,
): Readonly<Record<Exclude<keyof EventOf<K>, 'kind'>, number>> {
  const names: readonly string[] = eventTable[kind][1];
  return Object.fromEntries(names.map((name, place) => [name, place])) as Record<
    Exclude<keyof EventOf<K>, 'kind'>,
    number
  >;
}

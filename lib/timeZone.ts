/**
 * In which zone times are shown, read by `format.ts` and nobody else. What leaves the page, a file or a signature, is in
 * UTC whatever stands here.
 */

/** Clocks change at quarters of an hour: within one the offset is the same. */
const QUARTER_MS = 900_000;
/** Offsets kept: more are of times that are far apart. */
const KEPT = 500;

let zone = 'UTC';
let reader: Intl.DateTimeFormat | undefined;
const offsets = new Map<number, number>();

/** @param name of the IANA list; one that is none shows UTC */
export function showTimesIn(name: string): void {
  if (name === zone) return;
  offsets.clear();
  reader = name === 'UTC' ? undefined : readerOf(name);
  zone = reader === undefined ? 'UTC' : name;
}

/** The zone's IANA name. */
export function zoneName(): string {
  return zone;
}

/** The zone of the machine that the page is on. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function isZone(name: string): boolean {
  return readerOf(name) !== undefined;
}

/** The moment whose UTC reads as this one does in the zone: for writing, never for reckoning. */
export function zonedMs(timeMs: number): number {
  return timeMs + offsetMs(timeMs);
}

/** `UTC`, `UTC+1`, `UTC−3:30`: how the zone stood to UTC at that moment. */
export function zoneText(timeMs: number): string {
  const minutes = Math.round(offsetMs(timeMs) / 60_000);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function offsetMs(timeMs: number): number {
  if (reader === undefined) return 0;
  const quarter = Math.floor(timeMs / QUARTER_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const startMs = quarter * QUARTER_MS;
  const read = Object.fromEntries(
    reader.formatToParts(startMs).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - startMs;
  if (offsets.size >= KEPT) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

function readerOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

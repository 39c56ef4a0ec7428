import { readFileSync } from 'node:fs';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { Tape } from './tape.ts';

/** A file that cannot be back-tested on, with a sentence that names it and the line. */
export class DataError extends Error {}

const TIME_NAMES = ['timestamp', 'date', 'open_time'];

/**
 * Reads one file of bars: `.csv.gz`, or `.zip` of one CSV, with a header that names time, open, high, low, close and volume.
 *
 * Bars must be in order of time and have a positive low ≤ close ≤ high; a file that is not like that is
 * refused with its line, because a silently dropped bar is a silently dropped breach.
 *
 * @param dropLast leaves out the last bar, which the source says was unfinished
 */
export function readTape(options: {
  file: string;
  asset: string;
  source: string;
  barMs: number;
  dropLast: boolean;
}): Tape {
  const { file, asset, source, barMs } = options;
  const lines = textOf(file).trimEnd().split('\n');
  const column = columnsOf(file, lines[0] ?? '');
  const count = Math.max(0, lines.length - 1 - (options.dropLast ? 1 : 0));
  const columns = [0, 1, 2, 3, 4].map(() => new Float64Array(count));
  const [timesMs, high, low, close, turnoverUsd] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let bar = 0; bar < count; bar++) {
    const cells = lines[bar + 1]!.split(',');
    timesMs[bar] = timeOf(cells[column.time]!);
    high[bar] = Number(cells[column.high]);
    low[bar] = Number(cells[column.low]);
    close[bar] = Number(cells[column.close]);
    turnoverUsd[bar] =
      column.turnover === undefined
        ? Number(cells[column.volume]) * close[bar]!
        : Number(cells[column.turnover]);
    const isOrdered = bar === 0 || timesMs[bar]! > timesMs[bar - 1]!;
    const isBar = low[bar]! > 0 && low[bar]! <= close[bar]! && close[bar]! <= high[bar]!;
    if (!isOrdered || !isBar)
      throw new DataError(`${file}, line ${bar + 2}: not a bar after the one before.`);
  }
  return { asset, source, barMs, timesMs, high, low, close, turnoverUsd };
}

/** Size of a zip's local header, and where it says how long the name and the extra field behind it are. */
const ZIP_HEADER_BYTES = 30;
const ZIP_NAME_LENGTH_AT = 26;
const ZIP_EXTRA_LENGTH_AT = 28;

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (!file.endsWith('.zip')) return gunzipSync(bytes).toString('latin1');
  const names = bytes.readUInt16LE(ZIP_NAME_LENGTH_AT) + bytes.readUInt16LE(ZIP_EXTRA_LENGTH_AT);
  return inflateRawSync(bytes.subarray(ZIP_HEADER_BYTES + names)).toString('latin1');
}

interface Columns {
  time: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  turnover: number | undefined;
}

function columnsOf(file: string, header: string): Columns {
  const names = header.trim().toLowerCase().split(',');
  const place = (name: string): number => {
    const at = names.indexOf(name);
    if (at < 0) throw new DataError(`${file}: the header has no column "${name}".`);
    return at;
  };
  const time = names.findIndex((name) => TIME_NAMES.includes(name));
  if (time < 0) throw new DataError(`${file}: the header has no column of time.`);
  const turnover = names.indexOf('quote_volume');
  return {
    time,
    high: place('high'),
    low: place('low'),
    close: place('close'),
    volume: place('volume'),
    turnover: turnover < 0 ? undefined : turnover,
  };
}

/** Milliseconds as a number, or text in UTC with or without its zone. */
function timeOf(cell: string): number {
  if (/^\d+$/.test(cell)) return Number(cell);
  const text = cell.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}

import type { Calibration } from './calibration.ts';

/** A time by the clock, a time by the processor, or a count, which no machine excuses and of which the worst is judged. */
export type Kind = 'clock' | 'processor' | 'count';

interface Row {
  name: string;
  /** One of each repetition. */
  values: number[];
  /** On a quiet machine; undefined for what is only noted. */
  limit: number | undefined;
  /** What a machine that is slowed down is allowed more of. */
  kind: Kind;
}

export interface ReportRow {
  name: string;
  /** What is judged of the repetitions. */
  value: number;
  values: number[];
  limit: number | undefined;
  /** With what the machine was slowed by. */
  allowed: number | undefined;
  isHeld: boolean;
}

export interface Report {
  rows: ReportRow[];
  /** Names of what did not hold. */
  exceeded: string[];
  text: string;
}

/** What was measured, repetition by repetition, beside what it may be. */
export class Results {
  readonly #rows = new Map<string, Row>();
  readonly #calibrations: Calibration[] = [];
  readonly #quiet: Calibration;

  constructor(quiet: Calibration) {
    this.#quiet = quiet;
  }

  calibrated(calibration: Calibration): void {
    this.#calibrations.push(calibration);
  }

  add(name: string, value: number, limit: number, kind: Kind = 'clock'): void {
    this.#put(name, value, limit, kind);
  }

  note(name: string, value: number): void {
    this.#put(name, value, undefined, 'count');
  }

  report(): Report {
    const slowdown = {
      clock: this.#slowdown(({ tookMs }) => tookMs),
      processor: this.#slowdown(({ cpuMs }) => cpuMs),
      count: 1,
    };
    const rows = [...this.#rows.values()].map((row) => judged(row, slowdown[row.kind]));
    const exceeded = rows.filter(({ isHeld }) => !isHeld).map(({ name }) => name);
    const times = this.#calibrations.map(({ tookMs, cpuMs }) => `${round(tookMs)}/${round(cpuMs)}`);
    const head = [
      `machine: fixed work took ${times.join(' ')} ms by clock/processor, quiet ${this.#quiet.tookMs}/${this.#quiet.cpuMs};`,
      `times may be ${round(slowdown.clock)} × as long, processor shares ${round(slowdown.processor)} × as large`,
    ].join(' ');
    return { rows, exceeded, text: [head, ...rows.map(lineOf)].join('\n') };
  }

  /** The median of all calibrations against a quiet machine; a faster machine is allowed no less. */
  #slowdown(of: (calibration: Calibration) => number): number {
    const sorted = this.#calibrations.map(of).sort((a, b) => a - b);
    return Math.max(1, (sorted[Math.floor(sorted.length / 2)] ?? of(this.#quiet)) / of(this.#quiet));
  }

  #put(name: string, value: number, limit: number | undefined, kind: Kind): void {
    const row = this.#rows.get(name) ?? { name, values: [], limit, kind };
    row.values.push(value);
    this.#rows.set(name, row);
  }
}

/**
 * Of a time the best repetition is judged: what disturbs one seldom disturbs three, and can only make it longer. Of a
 * count the worst: what was there once was there.
 */
function judged({ name, values, limit, kind }: Row, slowdown: number): ReportRow {
  const value = kind === 'count' ? Math.max(...values) : Math.min(...values);
  const allowed = limit === undefined ? undefined : limit * slowdown;
  // NaN is nothing measured, which holds nothing.
  return { name, value, values, limit, allowed, isHeld: allowed === undefined || value <= allowed };
}

function lineOf({ name, value, values, limit, allowed, isHeld }: ReportRow): string {
  const word = limit === undefined ? 'note ' : isHeld ? 'holds' : 'SHORT';
  const bound =
    limit === undefined ? '' : ` (≤ ${limit}${allowed === limit ? '' : `, now ≤ ${round(allowed ?? 0)}`})`;
  return `${word}  ${name}: ${round(value)}${bound}  of ${values.map(round).join(' ')}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

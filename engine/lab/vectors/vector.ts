import { Inputs, isRecord, MalformedVector } from './inputs.ts';

/** Anything a rule can answer: a number within a tolerance, or a word, a fact, an order, exactly. */
export type Answer = number | string | boolean | readonly string[];

/** One worked example: what goes in, what must come out, how exactly. */
export interface Vector {
  readonly id: string;
  /** First word of the id. */
  readonly venue: string;
  readonly feature: string;
  readonly inputs: Inputs;
  readonly expected: Readonly<Record<string, Answer>>;
  readonly tolerance: Tolerance;
}

/** A number passes when it is within either. */
export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

/** What a vector calls itself, also when nothing else about it can be read. */
export function nameOf(raw: unknown, place: number): string {
  return isRecord(raw) && typeof raw.id === 'string' && raw.id !== '' ? raw.id : `vector ${place + 1}`;
}

/**
 * Reads one vector.
 *
 * @throws MalformedVector with a sentence that names the field
 */
export function readVector(raw: unknown): Vector {
  if (!isRecord(raw)) throw new MalformedVector('it is not an object');
  const { id, feature } = raw;
  if (typeof id !== 'string' || id === '') throw new MalformedVector('id is missing');
  if (typeof feature !== 'string' || feature === '') throw new MalformedVector('feature is missing');
  return {
    id,
    venue: id.split('-', 1)[0] ?? id,
    feature,
    inputs: new Inputs(raw.inputs),
    expected: readExpected(raw.expected),
    tolerance: readTolerance(raw.tolerance),
  };
}

function readExpected(raw: unknown): Record<string, Answer> {
  if (!isRecord(raw) || Object.keys(raw).length === 0) throw new MalformedVector('expected says nothing');
  for (const [name, value] of Object.entries(raw)) {
    if (!isAnswer(value)) throw new MalformedVector(`expected.${name} cannot be compared`);
  }
  return raw as Record<string, Answer>;
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return typeof value === 'string' || typeof value === 'boolean';
}

function readTolerance(raw: unknown): Tolerance {
  if (raw === undefined) return { abs: 0, rel: 0 };
  const fields = new Inputs(raw, 'tolerance');
  const tolerance = { abs: fields.numberOr('abs', 0), rel: fields.numberOr('rel', 0) };
  if (tolerance.abs < 0 || tolerance.rel < 0) throw new MalformedVector('tolerance is below 0');
  return tolerance;
}

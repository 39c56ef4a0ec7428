import { rules } from './adapters/rules.ts';
import { isRecord, MalformedVector } from './inputs.ts';
import { missesOf } from './judge.ts';
import { type Answer, nameOf, readVector } from './vector.ts';

/** What a run found: a line for each failure, and the counts. */
export interface VectorReport {
  readonly failures: readonly string[];
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs every vector of a file: computes what its rule says and compares. One that cannot be read or has no rule fails
 * with its id, and the run goes on.
 *
 * @param text the file
 */
export function runVectors(text: string): VectorReport {
  const failures: string[] = [];
  const vectors = readFile(text);
  let passed = 0;
  for (const [place, raw] of vectors.entries()) {
    const problem = problemOf(raw);
    if (problem === undefined) passed++;
    else failures.push(`${nameOf(raw, place)}: ${problem}`);
  }
  return { failures, passed, failed: vectors.length - passed };
}

/**
 * The list in a file of vectors.
 *
 * @throws MalformedVector when there is none
 */
function readFile(text: string): unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new MalformedVector(`it is not JSON: ${(error as Error).message}`);
  }
  if (!isRecord(file) || !Array.isArray(file.vectors)) throw new MalformedVector('it has no list of vectors');
  return file.vectors;
}

function problemOf(raw: unknown): string | undefined {
  try {
    const vector = readVector(raw);
    const venue = rules.get(vector.venue);
    if (venue === undefined) return `unknown venue ${vector.venue}`;
    const rule = Object.hasOwn(venue, vector.feature) ? venue[vector.feature] : undefined;
    if (rule === undefined) return `unknown feature ${vector.feature} of ${vector.venue}`;
    const misses = missesOf(vector, rule(vector.inputs));
    if (misses.length === 0) return undefined;
    return misses
      .map(({ name, expected, got }) => `${name} expected ${shown(expected)}, got ${shown(got)}`)
      .join('; ');
  } catch (error) {
    // A rule that breaks on its inputs is a failure of this vector, not of the run.
    const reason = error instanceof Error ? error.message : String(error);
    return error instanceof MalformedVector ? `malformed, ${reason}` : `cannot be computed, ${reason}`;
  }
}

function shown(answer: Answer | undefined): string {
  return answer === undefined ? 'nothing' : JSON.stringify(answer);
}

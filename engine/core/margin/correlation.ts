import { assert } from '../../units/assert.ts';
import { PPM_SCALE } from '../../units/rate.ts';

/** Two matrices of ppm, `underlyings × underlyings`: what may be counted on, and what must be feared. */
export interface CorrelationSets {
  readonly lowPpm: Int32Array;
  readonly highPpm: Int32Array;
}

/** Percent of the weaker measurement that a hedge may count on. */
const LOW_PERCENT = 75;
/** The same between two alts: in a gap they are not scaled copies of one another. */
const LOW_PERCENT_BETWEEN_ALTS = 60;
/** A major hedges an alt by half at most, whatever was measured. */
const LOW_CAP_ACROSS_GROUPS_PPM = 500_000;
/** Percent of the stronger measurement that a book on one side must fear. */
const HIGH_PERCENT = 115;
const HIGH_CAP_PPM = 990_000;

/**
 * The low and the high set from a calm and a stressed measurement, cell by cell.
 *
 * A negative measurement is floored at 0 in both sets: no credit and no fear from a relation that
 * stress turns round.
 *
 * @returns low rounded down, high rounded up (both against the account); 1 000 000 on the diagonal
 * @fails AssertionError when a matrix is not square, symmetric, within ±1 and 1 on the diagonal
 * @see engine/core/margin/README.md, Correlation sets
 * @example BTC–ETH calm 0.88, stress 0.80 → low 0.60, high 0.99
 */
export function deriveCorrelations(options: {
  calmPpm: readonly number[];
  stressPpm: readonly number[];
  isMajor: readonly boolean[];
}): CorrelationSets {
  const { calmPpm, stressPpm, isMajor } = options;
  const count = isMajor.length;
  assertMatrix(calmPpm, count, 'calm');
  assertMatrix(stressPpm, count, 'stress');
  const lowPpm = new Int32Array(count * count);
  const highPpm = new Int32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const cell = a * count + b;
      const weaker = Math.min(calmPpm[cell]!, stressPpm[cell]!);
      const stronger = Math.max(calmPpm[cell]!, stressPpm[cell]!);
      lowPpm[cell] = a === b ? PPM_SCALE : lowOf(weaker, isMajor[a]!, isMajor[b]!);
      highPpm[cell] = a === b ? PPM_SCALE : highOf(stronger);
    }
  }
  return { lowPpm, highPpm };
}

function lowOf(weakerPpm: number, isMajorA: boolean, isMajorB: boolean): number {
  const percent = isMajorA || isMajorB ? LOW_PERCENT : LOW_PERCENT_BETWEEN_ALTS;
  const scaled = Math.max(0, Math.floor((weakerPpm * percent) / 100));
  return isMajorA === isMajorB ? scaled : Math.min(scaled, LOW_CAP_ACROSS_GROUPS_PPM);
}

function highOf(strongerPpm: number): number {
  return Math.min(HIGH_CAP_PPM, Math.max(0, Math.ceil((strongerPpm * HIGH_PERCENT) / 100)));
}

function assertMatrix(cells: readonly number[], count: number, name: string): void {
  assert(cells.length === count * count, `the ${name} matrix must be ${count} × ${count}`);
  for (let a = 0; a < count; a++) {
    assert(cells[a * count + a] === PPM_SCALE, `the ${name} matrix must be 1 on its diagonal`);
    for (let b = 0; b < a; b++) {
      const cell = cells[a * count + b]!;
      assert(Math.abs(cell) <= PPM_SCALE, `the ${name} matrix must stay within ±1`);
      assert(cell === cells[b * count + a], `the ${name} matrix must be symmetric`);
    }
  }
}

import { eventTags } from '../protocol/events/table.ts';

/** Lanes one command may announce at most before the buffer grows: a sweep of a deep book fits. */
const START_LANES = 65_536;

/** Where events go: fixed lanes in one buffer that is reused, so that matching allocates nothing. */
export class Out {
  lanes = new Float64Array(START_LANES);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** Makes room for an event of `count` lanes, writes its tag and returns the place of its first lane. */
  open(tag: number, count: number): number {
    const at = this.length;
    if (at + count + 1 > this.lanes.length) this.grow();
    this.lanes[at] = tag;
    this.length = at + count + 1;
    return at + 1;
  }

  private grow(): void {
    const next = new Float64Array(this.lanes.length * 2);
    next.set(this.lanes);
    this.lanes = next;
  }

  /** A copy of the lanes from `from` on. */
  take(from = 0): Float64Array {
    return this.lanes.slice(from, this.length);
  }
}

/**
 * Mixes the lanes of one command into the running hash. Lanes are integers below 2^53 or small
 * fractions of none: each is taken as its low 32 bits and its multiple of 2^32.
 */
export function mixLanes(hash: number, lanes: Float64Array, from: number, to: number): number {
  let h = hash;
  for (let at = from; at < to; at++) {
    const value = lanes[at]!;
    const high = Math.floor(value / 4_294_967_296);
    h = Math.imul(h ^ (value | 0), 0x9e3779b1);
    h = Math.imul(((h << 13) | (h >>> 19)) ^ high, 0x85ebca6b);
  }
  return h ^ (h >>> 15);
}

export const TAG = eventTags;

import { eventTags } from '../protocol/events/table.ts';

/** Lanes one command may announce at most before the buffer grows: a sweep of a deep book fits. */
const START_LANES = 65_536;

/** Where events go: fixed lanes in one buffer that is reused, so that matching allocates nothing. */
export class Out {
  lanes = new Float64Array(START_LANES);
  /** The same memory as 32-bit words, for the running hash. */
  words = new Int32Array(this.lanes.buffer);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** Makes room for an event of `count` lanes, writes its tag and returns the place of its first lane. */
  open(tag: number, count: number): number {
    const at = this.length;
    if (at + count + 1 > this.lanes.length) this.#grow();
    this.lanes[at] = tag;
    this.length = at + count + 1;
    return at + 1;
  }

  #grow(): void {
    const next = new Float64Array(this.lanes.length * 2);
    next.set(this.lanes);
    this.lanes = next;
    this.words = new Int32Array(next.buffer);
  }

  /** A copy of the lanes from `from` on. */
  take(from = 0): Float64Array {
    return this.lanes.slice(from, this.length);
  }
}

/**
 * Mixes the lanes of one command into the running hash, by the bits of their doubles. Lanes are integers
 * and never −0 or NaN, so equal events have equal bits on every machine.
 */
export function mixLanes(hash: number, words: Int32Array, from: number, to: number): number {
  let h = hash;
  for (let at = from * 2; at < to * 2; at += 2) {
    h = Math.imul(h ^ words[at]! ^ Math.imul(words[at + 1]!, 0x85ebca6b), 0x9e3779b1);
    h = (h << 13) | (h >>> 19);
  }
  return h ^ (h >>> 15);
}

export const TAG = eventTags;

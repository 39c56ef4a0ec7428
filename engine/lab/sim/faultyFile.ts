import type { Random } from './random.ts';

/** Something done to a file that is not synced yet. */
type PendingChange =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number };

/** What a power loss leaves of changes that were not synced. */
export type PowerLoss = 'prefix' | 'subset';

const SECTOR_BYTES = 512;

/**
 * A file in two versions: what the system shows (its page cache) and what is on the platter, with the
 * changes between them.
 */
export class FaultyFile {
  #shown = new GrowingBytes();
  #durable = new GrowingBytes();
  #pending: PendingChange[] = [];

  get size(): number {
    return this.#shown.size;
  }

  read(into: Uint8Array, offset: number): number {
    return this.#shown.read(into, offset);
  }

  write(bytes: Uint8Array, offset: number): void {
    // A copy, as the system makes one: `slice` of a Buffer would go on showing what its owner writes next.
    this.#change({ kind: 'write', offset, bytes: new Uint8Array(bytes) });
  }

  truncate(size: number): void {
    this.#change({ kind: 'truncate', size });
  }

  /** Changes no sync has made durable yet. */
  get pendingCount(): number {
    return this.#pending.length;
  }

  /** @param count changes it is about: the oldest ones. A sync that was started knows nothing of later ones. */
  sync(count = this.#pending.length): void {
    for (const change of this.#pending.splice(0, count)) apply(this.#durable, change);
  }

  /**
   * A sync that fails: some changes reached the platter, the others never will, and the system forgets that
   * it owes them. They are still shown until the power goes.
   */
  failSync(random: Random, count = this.#pending.length): void {
    for (const change of this.#pending.splice(0, count)) {
      if (random.chance(0.5)) apply(this.#durable, change);
    }
  }

  /** Power is lost: pending changes survive in part, the last survivor perhaps torn, and the rest is gone. */
  losePower(random: Random, loss: PowerLoss): void {
    const survivors =
      loss === 'prefix'
        ? this.#pending.slice(0, random.below(this.#pending.length + 1))
        : this.#pending.filter(() => random.chance(0.5));
    survivors.forEach((change, index) => {
      const isTorn = index === survivors.length - 1 && random.chance(0.7);
      for (const part of isTorn ? torn(change, random, loss) : [change]) apply(this.#durable, part);
    });
    this.#pending = [];
    this.#shown = this.#durable.copy();
  }

  /** Damage at rest: on the platter and in what is shown. */
  flipBit(bit: number): void {
    for (const bytes of [this.#shown, this.#durable]) bytes.flipBit(bit);
  }

  content(): Uint8Array {
    return this.#shown.copy().bytes();
  }

  /** The file as if these bytes had been synced. */
  replace(bytes: Uint8Array): void {
    this.#shown = new GrowingBytes();
    this.#shown.write(bytes, 0);
    this.#durable = this.#shown.copy();
    this.#pending = [];
  }

  #change(change: PendingChange): void {
    apply(this.#shown, change);
    this.#pending.push(change);
  }
}

/** A write is torn at any byte, or, when order is not kept, any of its sectors may be missing. */
function torn(change: PendingChange, random: Random, loss: PowerLoss): PendingChange[] {
  if (change.kind === 'truncate') return random.chance(0.5) ? [change] : [];
  const { offset, bytes } = change;
  if (loss === 'prefix' || bytes.length <= SECTOR_BYTES) {
    return [{ kind: 'write', offset, bytes: bytes.subarray(0, random.below(bytes.length + 1)) }];
  }
  const parts: PendingChange[] = [];
  for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
    if (random.chance(0.5)) {
      parts.push({ kind: 'write', offset: offset + at, bytes: bytes.subarray(at, at + SECTOR_BYTES) });
    }
  }
  return parts;
}

function apply(target: GrowingBytes, change: PendingChange): void {
  if (change.kind === 'write') target.write(change.bytes, change.offset);
  else target.truncate(change.size);
}

/** Bytes that grow by doubling; what was never written reads as zero. */
class GrowingBytes {
  #buffer = new Uint8Array(256);
  size = 0;

  write(bytes: Uint8Array, offset: number): void {
    this.#grow(offset + bytes.length);
    this.#buffer.set(bytes, offset);
    if (bytes.length > 0) this.size = Math.max(this.size, offset + bytes.length);
  }

  truncate(size: number): void {
    this.#grow(size);
    this.#buffer.fill(0, Math.min(size, this.size), this.size);
    this.size = size;
  }

  read(into: Uint8Array, offset: number): number {
    const end = Math.min(this.size, offset + into.length);
    if (end <= offset) return 0;
    into.set(this.#buffer.subarray(offset, end));
    return end - offset;
  }

  flipBit(bit: number): void {
    if (bit >> 3 < this.size) this.#buffer[bit >> 3] ^= 1 << (bit & 7);
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.size);
  }

  copy(): GrowingBytes {
    const copy = new GrowingBytes();
    copy.write(this.bytes(), 0);
    return copy;
  }

  #grow(size: number): void {
    if (size <= this.#buffer.length) return;
    const next = new Uint8Array(Math.max(size, this.#buffer.length * 2));
    next.set(this.#buffer);
    this.#buffer = next;
  }
}

import { buckets, type Lane } from './limits.ts';

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Addresses remembered at most; the ones least recently seen are forgotten, which only favours them. */
const ADDRESSES_MAX = 10_000;

/** Says whether an address may do one more thing of a kind now. */
export class TokenBuckets {
  readonly #nowMs: () => number;
  readonly #isExempt: (address: string) => boolean;
  readonly #byKey = new Map<string, Bucket>();

  constructor(nowMs: () => number, isExempt: (address: string) => boolean) {
    this.#nowMs = nowMs;
    this.#isExempt = isExempt;
  }

  take(lane: Lane, address: string): boolean {
    if (this.#isExempt(address)) return true;
    const bucket = this.#refilled(lane, `${lane} ${address}`);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #refilled(lane: Lane, key: string): Bucket {
    const { capacity, perSecond } = buckets[lane];
    const nowMs = this.#nowMs();
    const bucket = this.#byKey.get(key) ?? { tokens: capacity, atMs: nowMs };
    bucket.tokens = Math.min(capacity, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    // A Map keeps the order of insertion: the first key is the one least recently seen.
    this.#byKey.delete(key);
    this.#byKey.set(key, bucket);
    if (this.#byKey.size > ADDRESSES_MAX) this.#byKey.delete(this.#byKey.keys().next().value ?? '');
    return bucket;
  }
}

/** `::ffff:127.0.0.1` is the same machine as `127.0.0.1`. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

import { randomBytes } from 'node:crypto';

/** Secrets that work once and not for long: sign-in nonces, stream tickets. */
export class OnceTokens<T> {
  readonly #nowMs: () => number;
  readonly #lifeMs: number;
  readonly #countMax: number;
  readonly #issued = new Map<string, { readonly value: T; readonly expiresAtMs: number }>();

  constructor(nowMs: () => number, lifeMs: number, countMax: number) {
    this.#nowMs = nowMs;
    this.#lifeMs = lifeMs;
    this.#countMax = countMax;
  }

  issue(value: T): { readonly token: string; readonly expiresAtMs: number } {
    // Hex, because EIP-4361 allows a nonce letters and digits only.
    const token = randomBytes(16).toString('hex');
    const expiresAtMs = this.#nowMs() + this.#lifeMs;
    this.#issued.set(token, { value, expiresAtMs });
    // All live equally long, so the oldest key is the first to end.
    if (this.#issued.size > this.#countMax) this.#issued.delete(this.#issued.keys().next().value ?? '');
    return { token, expiresAtMs };
  }

  /** Reading uses it up, whether it was still good or not. */
  redeem(token: string): T | undefined {
    const found = this.#issued.get(token);
    this.#issued.delete(token);
    return found !== undefined && found.expiresAtMs > this.#nowMs() ? found.value : undefined;
  }
}

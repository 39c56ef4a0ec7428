import { MINUTE_MS } from '../../units/time.ts';
import type { Origin } from './origin.ts';

export interface RefusedPorts {
  nowMs(): number;
  /** One refused sign-in, told whole. */
  refused(origin: Origin, code: string, params: { wallet: string }): void;
  /** Those of an address and a minute behind the first. */
  summed(origin: Origin, code: string, params: { count: number; codes: string[]; fromMs: number }): void;
}

/** Further refusals of one address within one minute. */
interface Minute {
  readonly fromMs: number;
  readonly origin: Origin;
  readonly codes: Set<string>;
  count: number;
}

/** Addresses whose minute is open at a time; those beyond share one. */
const ADDRESSES_MAX = 4_096;
const ELSEWHERE: Origin = { session: undefined, ipAddress: '' };

/**
 * Refused sign-ins as the audit log has them: the first of an address in a minute whole, the others of that minute
 * counted in one line. So whoever tries keys by the thousand writes two lines a minute and not thousands.
 */
export class RefusedSignIns {
  readonly #ports: RefusedPorts;
  readonly #minutes = new Map<string, Minute>();
  /** The minute of the last refusal. */
  #nowFromMs = 0;

  constructor(ports: RefusedPorts) {
    this.#ports = ports;
  }

  /** @param wallet the address that the message names, which proves nothing; empty when none could be read */
  note(from: Origin, code: string, wallet: string): void {
    const fromMs = Math.floor(this.#ports.nowMs() / MINUTE_MS) * MINUTE_MS;
    // Once a minute: in a flood each look at all of them would cost more than what it counts.
    if (fromMs !== this.#nowFromMs) this.sweep();
    this.#nowFromMs = fromMs;
    const isFull = this.#minutes.size >= ADDRESSES_MAX && !this.#minutes.has(from.ipAddress);
    const origin = isFull ? ELSEWHERE : from;
    const known = this.#minutes.get(origin.ipAddress);
    if (known === undefined) {
      this.#minutes.set(origin.ipAddress, { fromMs, origin, codes: new Set(), count: 0 });
      this.#ports.refused(origin, code, { wallet });
      return;
    }
    known.count += 1;
    known.codes.add(code);
  }

  /** Tells the minutes that are over; call it now and then. */
  sweep(): void {
    const nowMs = this.#ports.nowMs();
    for (const minute of this.#minutes.values()) if (nowMs >= minute.fromMs + MINUTE_MS) this.#close(minute);
  }

  /** Tells what was counted until now: the desk stops. */
  close(): void {
    for (const minute of this.#minutes.values()) this.#close(minute);
  }

  #close({ fromMs, origin, codes, count }: Minute): void {
    this.#minutes.delete(origin.ipAddress);
    if (count === 0) return;
    const sorted = [...codes].sort();
    this.#ports.summed(origin, sorted[0]!, { count, codes: sorted, fromMs });
  }
}

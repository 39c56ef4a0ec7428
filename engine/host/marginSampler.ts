import { setTimeout as delay } from 'node:timers/promises';
import type { AccountView } from '../protocol/views/account.ts';
import { CallError } from './threads/pendingCalls.ts';

export interface MarginSamplerPorts {
  /** Whose margins are looked at; none once the desk is closing. */
  accounts(): readonly number[];
  /** @fails CallError when the follower is behind */
  ask(accounts: number[]): Promise<readonly AccountView[]>;
  note(view: AccountView): void;
}

/** Accounts looked at in one go: a tenth of a second of the follower's. */
const AT_ONCE = 64;

/** Looks at the margins of all accounts, again and again, and leaves the follower to others half of the time. */
export class MarginSampler {
  readonly #ports: MarginSamplerPorts;
  #isLooking = false;

  constructor(ports: MarginSamplerPorts) {
    this.#ports = ports;
  }

  /** One round, unless the last one is not over: ten thousand accounts take half a minute. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const all = this.#ports.accounts();
      for (let at = 0; at < all.length && this.#ports.accounts().length > 0; at += AT_ONCE) {
        const startedMs = performance.now();
        for (const view of await this.#ports.ask(all.slice(at, at + AT_ONCE))) this.#ports.note(view);
        if (at + AT_ONCE < all.length) await delay(performance.now() - startedMs, undefined, { ref: false });
      }
    } catch (error) {
      // A follower that is behind is told elsewhere; the minute is sampled again.
      if (!(error instanceof CallError)) throw error;
    } finally {
      this.#isLooking = false;
    }
  }
}

import type { CommandAnswer } from '../protocol/stream.ts';
import type { KeyUseView } from '../protocol/views/keys.ts';
import type { CommandWire } from '../protocol/wire/commands.ts';
import { HOUR_MS } from '../units/time.ts';

type Use = Omit<KeyUseView, 'openedUsd'> & { readonly hour: number };

/** What each trading key did since the desk started, for people: nothing is judged by it. */
export class KeyUses {
  /** As many as there are keys in the engine: only what is signed by one is noted. */
  readonly #uses = new Map<string, Use>();

  /** A command that the engine has answered. */
  note(
    publicKey: string,
    address: string,
    { operations }: CommandWire,
    { timeMs, results }: CommandAnswer,
  ): void {
    const accepted = results.filter(
      ({ status }, op) => status !== 'refused' && operations[op]?.type.startsWith('Cancel') === false,
    );
    const { orders } = this.of(publicKey, timeMs);
    this.#uses.set(publicKey, {
      hour: hourOf(timeMs),
      orders: orders + accepted.length,
      lastSeenMs: timeMs,
      lastAddress: address,
    });
  }

  /** @param timeMs of the engine, as the last answers told it */
  of(publicKey: string, timeMs: number): Omit<KeyUseView, 'openedUsd'> {
    const use = this.#uses.get(publicKey);
    if (use === undefined) return { orders: 0, lastSeenMs: null, lastAddress: null };
    const { hour, orders, lastSeenMs, lastAddress } = use;
    return { orders: hour === hourOf(timeMs) ? orders : 0, lastSeenMs, lastAddress };
  }
}

function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS);
}

import { assert } from './assert.ts';
import type { Brand } from './brand.ts';

/** Integer micro-USD (1e-6 USD). Positive is in favour of the account. |value| < 2^53 ($9.0 bn). */
export type Usd = Brand<number, 'Usd'>;

/** Integer amount of a collateral asset in its own smallest unit (USDC 1e-6, BTC and ETH 1e-8). */
export type Amount = Brand<number, 'Amount'>;

/** Micro-USD in one USD. */
export const USD_SCALE = 1_000_000;

/**
 * Names an integer as money.
 *
 * @fails AssertionError when the value is not a safe integer
 */
export function usd(microUsd: number): Usd {
  assert(Number.isSafeInteger(microUsd), `money must be a safe integer of micro-USD, got ${microUsd}`);
  return microUsd as Usd;
}

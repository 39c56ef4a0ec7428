import { assert } from '../../units/assert.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

const LOW_END = 281_474_976_710_656;

/** @returns smallest units of the asset */
export function creditedOf({ credits }: State, asset: number): bigint {
  const { low, high } = credits.columns;
  return BigInt(high[asset]!) * BigInt(LOW_END) + BigInt(low[asset]!);
}

/** What was credited and is in the vault no more. @param amount smallest units, a safe integer, at most what was credited */
export function noteUncredited({ state, undo }: StateWriter, asset: number, amount: number): void {
  const left = creditedOf(state, asset) - BigInt(amount);
  assert(left >= 0n, 'no more is taken back than was credited');
  const { low, high } = state.credits.columns;
  putF(undo, low, asset, Number(left % BigInt(LOW_END)));
  putF(undo, high, asset, Number(left / BigInt(LOW_END)));
}

/** @param amount smallest units, a safe integer > 0 */
export function noteCredited({ state, undo }: StateWriter, asset: number, amount: number): void {
  const { low, high } = state.credits.columns;
  const sum = low[asset]! + (amount % LOW_END);
  putF(undo, low, asset, sum % LOW_END);
  putF(undo, high, asset, high[asset]! + Math.floor(amount / LOW_END) + Math.floor(sum / LOW_END));
}

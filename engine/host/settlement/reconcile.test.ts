import { expect, test } from 'vitest';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { reconcile } from './reconcile.ts';

const deposits = [70, 30].map((amount, id) => ({ id, asset: 0, amount })) as unknown as VaultDeposit[];
const state = { credited: [100n], depositCursor: 2 } as unknown as SettlementState;
const all = { deposited: 100n, left: 0n, held: 100n };

/** @param reclaimed numbers of deposits that were taken back */
const found = (reclaimed: number[], holding: typeof all, isFrozen = false) =>
  reconcile(state, deposits, { reclaimed: new Set(reclaimed) }, [holding], isFrozen);

test('what was credited is what was deposited, and tokens somebody gave change nothing', () => {
  found([], all);
  found([], { ...all, held: 101n });
});

test('a credited deposit that was taken back contradicts the books, unless the vault froze without it', () => {
  const without = { deposited: 70n, left: 0n, held: 70n };
  expect(() => found([1], without)).toThrow('has credited 100 units');
  found([1], without, true);
});

test('what is not there contradicts them whether the vault froze or not', () => {
  for (const isFrozen of [false, true])
    expect(() => found([], { ...all, held: 99n }, isFrozen)).toThrow(ChainContradiction);
});

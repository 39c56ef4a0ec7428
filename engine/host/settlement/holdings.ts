import type { DepositWatcher } from '../../settlement/vault/depositWatcher.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { depositedUpTo, type Holding } from './reconcile.ts';

/**
 * What came into the vault, what left it, and what it holds, by asset number.
 *
 * @param held units by asset number; undefined where a token does not tell
 */
export function holdingsOf(
  { deposits }: Pick<DepositWatcher, 'deposits'>,
  history: Pick<VaultHistory, 'reclaimed' | 'escaped' | 'paid'>,
  held: readonly (bigint | undefined)[],
): Holding[] {
  const deposited = depositedUpTo(deposits, history.reclaimed, deposits.length, held.length);
  const left = held.map((_, asset) => history.escaped(asset));
  for (const { asset, amount } of history.paid) left[asset]! += amount;
  return held.map((units, asset) => ({ deposited: deposited[asset]!, left: left[asset]!, held: units }));
}

import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { SettlementState } from '../follower/settlementState.ts';

/** What the vault should hold and what it does, of one asset. Units. */
export interface Holding {
  readonly deposited: bigint;
  readonly left: bigint;
  /** By its token's own books; undefined where that does not tell. */
  readonly held: bigint | undefined;
}

/** Units of each asset over the first so many deposits, those that were taken back left out. */
export function depositedUpTo(
  deposits: readonly VaultDeposit[],
  reclaimed: ReadonlySet<number>,
  count: number,
  assetCount: number,
): bigint[] {
  const sums = new Array<bigint>(assetCount).fill(0n);
  for (const { id, asset, amount } of deposits.slice(0, count))
    if (!reclaimed.has(id)) sums[asset]! += BigInt(amount);
  return sums;
}

/**
 * Engine and chain must say the same of every asset: what was credited is what was deposited, and the vault holds at least
 * what did not leave it. Whoever sends it tokens changes nothing, and a token that does not tell what it holds contradicts
 * nobody. Once it froze, a deposit that its last root does not count may be taken back although the engine has credited
 * it: then only what it holds is compared.
 *
 * @param holdings by asset number
 * @param state at the same cursor as the deposits that were counted
 * @fails ChainContradiction
 */
export function reconcile(
  state: SettlementState,
  deposits: readonly VaultDeposit[],
  { reclaimed }: Pick<VaultHistory, 'reclaimed'>,
  holdings: readonly Holding[],
  isFrozen: boolean,
): void {
  const { credited, depositCursor } = state;
  const counted = depositedUpTo(deposits, reclaimed, depositCursor, credited.length);
  for (const [asset, units] of credited.entries()) {
    if (!isFrozen && counted[asset] !== units)
      throw new ChainContradiction(
        `The engine has credited ${units} units of asset ${asset} and the vault’s first ${depositCursor} deposits are ${counted[asset]}.`,
      );
    const { deposited, left, held } = holdings[asset]!;
    if (held !== undefined && held < deposited - left)
      throw new ChainContradiction(
        `The vault holds ${held} units of asset ${asset}; ${deposited} came in and ${left} left.`,
      );
  }
}

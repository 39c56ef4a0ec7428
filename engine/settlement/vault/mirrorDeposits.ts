import { ChainError } from '../chain/chainError.ts';
import { subOf, type Treasury, type WantedDeposit } from './treasury.ts';
import type { VaultDeposit } from './vaultEvents.ts';

/**
 * Makes the engine's first credits true: deposit number i of the vault becomes number i of the list. What is there
 * already is compared and kept, so it can be killed anywhere and begun again.
 *
 * @param made deposits the vault has, by their numbers
 * @fails ChainError when the vault has another deposit than the list in some place: the two cannot be made equal any more
 */
export async function mirrorDeposits(
  treasury: Treasury,
  made: readonly VaultDeposit[],
  wanted: readonly WantedDeposit[],
): Promise<void> {
  for (const [id, want] of wanted.slice(0, made.length).entries()) {
    const { sub, asset, amount } = made[id]!;
    if (sub === subOf(want) && asset === want.asset && amount === want.amount) continue;
    throw new ChainError(
      `Deposit ${id} of the vault is ${amount} units of asset ${asset} for ${sub}; the engine credited ${want.amount} units of asset ${want.asset} for ${subOf(want)}. Somebody was quicker: this vault cannot be adopted.`,
    );
  }
  const missing = wanted.slice(made.length);
  const needed = new Map<number, bigint>();
  for (const { asset, amount } of missing) needed.set(asset, (needed.get(asset) ?? 0n) + BigInt(amount));
  for (const [asset, units] of needed) await treasury.fund(asset, units);
  await treasury.depositAll(missing);
}

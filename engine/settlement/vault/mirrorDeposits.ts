import { ChainError } from '../chain/chainError.ts';
import { subOf, type Treasury, type WantedDeposit } from './treasury.ts';
import type { VaultDeposit } from './vaultEvents.ts';

/**
 * Makes the engine's first credits true: deposit number i of the vault becomes number i of the list. What is there
 * already is compared and kept, so it can be killed anywhere and begun again.
 *
 * A transaction whose answer was not waited for may be mined later. So each deposit has its place among the transactions of
 * the treasury's key, read before the deposits are: one that comes late takes its place, and nothing is deposited twice.
 *
 * @param look deposits the vault has, by their numbers
 * @fails ChainError when the vault has another deposit than the list in some place, so that the two cannot be made equal
 *   any more; or when a place was taken meanwhile, and it is to be begun again
 */
export async function mirrorDeposits(
  treasury: Treasury,
  look: () => Promise<readonly VaultDeposit[]>,
  wanted: readonly WantedDeposit[],
): Promise<void> {
  const needed = new Map<number, bigint>();
  for (const { asset, amount } of missingOf(await look(), wanted))
    needed.set(asset, (needed.get(asset) ?? 0n) + BigInt(amount));
  for (const [asset, units] of needed) await treasury.fund(asset, units);
  const nonce = await treasury.nonce();
  await treasury.depositAll(missingOf(await look(), wanted), nonce);
}

function missingOf(
  made: readonly VaultDeposit[],
  wanted: readonly WantedDeposit[],
): readonly WantedDeposit[] {
  for (const [id, want] of wanted.slice(0, made.length).entries()) {
    const { sub, asset, amount } = made[id]!;
    if (sub === subOf(want) && asset === want.asset && amount === want.amount) continue;
    throw new ChainError(
      `Deposit ${id} of the vault is ${amount} units of asset ${asset} for ${sub}; the engine credited ${want.amount} units of asset ${want.asset} for ${subOf(want)}. Somebody was quicker: this vault cannot be adopted.`,
    );
  }
  return wanted.slice(made.length);
}

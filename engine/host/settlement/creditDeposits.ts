import { accountOfSub, ownerOfSub } from '../../protocol/settlement/root.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import type { EnginePort } from './enginePort.ts';

/** A deposit that is nobody's here: it waits for its owner to take it back, and stops nothing but those behind it. */
export class UnplacedDeposit extends ChainError {}

/** Owner of an account, as the first twenty bytes of its subaccount say. */
export function ownerOf({ accounts, firms }: DirectoryView, account: number): string | undefined {
  const firm = accounts[account]?.firm;
  return firm === undefined ? undefined : firms[firm]?.owner;
}

/**
 * Tells the engine of one deposit, and returns once that is durable.
 *
 * @fails UnplacedDeposit when the engine has no place for it; ChainError when it was told before, which the next look finds
 */
export async function creditDeposit(
  engine: EnginePort,
  directory: DirectoryView,
  { id, sub, asset, amount }: VaultDeposit,
): Promise<void> {
  const account = accountOfSub(sub);
  if (account === undefined || ownerOf(directory, account) !== ownerOfSub(sub))
    throw new UnplacedDeposit(
      `Deposit ${id} is for the subaccount ${sub}, which this desk does not have: it waits, and those behind it, until its owner takes it back.`,
    );
  const { name } = directory.assets[asset]!;
  const reference = `vault deposit ${id}`;
  const refusal = await engine.submit({ kind: 'CreditDeposit', account, asset: name, amount, reference, id });
  if (refusal === undefined) return;
  if (refusal.code === 'deposit.outOfOrder') throw new ChainError(`Deposit ${id} was credited before.`);
  throw new UnplacedDeposit(`Deposit ${id} cannot be credited to account ${account}: ${refusal.message}`);
}

import { accountOfSub, ownerOfSub } from '../../protocol/settlement/root.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import type { EnginePort } from './enginePort.ts';

/** As the engine names what is no account. */
const NONE = -1;

/** The account a subaccount of the vault is; undefined where the number is another owner's, or nobody's. */
export function accountIn({ accounts, firms }: DirectoryView, sub: string): number | undefined {
  const account = accountOfSub(sub);
  const firm = account === undefined ? undefined : accounts[account]?.firm;
  return firm !== undefined && firms[firm]?.owner === ownerOfSub(sub) ? account : undefined;
}

/**
 * Tells the engine of one deposit, and returns once that is durable. What no account can take the engine owes back.
 *
 * @fails ChainError when the engine was told before, which the next look finds; ChainContradiction when it refuses
 */
export async function creditDeposit(
  engine: EnginePort,
  directory: DirectoryView,
  { id, sub, asset, amount }: VaultDeposit,
): Promise<void> {
  const account = accountIn(directory, sub) ?? NONE;
  const { name } = directory.assets[asset]!;
  const reference = `vault deposit ${id}`;
  const refusal = await engine.submit({
    kind: 'CreditDeposit',
    ...{ account, asset: name, amount, reference, id, sub },
  });
  if (refusal === undefined) return;
  if (refusal.code === 'deposit.outOfOrder') throw new ChainError(`Deposit ${id} was credited before.`);
  throw new ChainContradiction(`Deposit ${id} cannot be credited: ${refusal.message}`);
}

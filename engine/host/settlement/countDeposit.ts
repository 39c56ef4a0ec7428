import type { DirectoryView } from '../../protocol/views/directory.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { creditDeposit } from './creditDeposits.ts';
import type { EnginePort } from './enginePort.ts';

/** Whether a deposit was taken back by its owner, by the vault's own memory in the block whose events were read. */
export type IsReclaimed = (id: number) => Promise<boolean>;

/**
 * Tells the engine of the vault's next deposit: it is credited, or passed over where its owner took it back before.
 *
 * @param history read up to the block whose deposits are counted
 * @fails ChainError while the vault's events and its memory differ, and as `creditDeposit`
 */
export async function countDeposit(
  engine: EnginePort,
  directory: DirectoryView,
  history: VaultHistory,
  isReclaimed: IsReclaimed,
  deposit: VaultDeposit,
): Promise<void> {
  const { id } = deposit;
  await requireSame(history, id, isReclaimed);
  if (!history.reclaimed.has(id)) return await creditDeposit(engine, directory, deposit);
  const refusal = await engine.submit({ kind: 'SkipDeposit', id });
  if (refusal?.code === 'deposit.outOfOrder') throw new ChainError(`Deposit ${id} was counted before.`);
  if (refusal !== undefined)
    throw new ChainContradiction(`Deposit ${id} cannot be passed over: ${refusal.message}`);
}

/** @fails ChainError where only one of the two says that it was taken back: the events are read from the beginning */
export async function requireSame(
  history: VaultHistory,
  id: number,
  isReclaimed: IsReclaimed,
): Promise<void> {
  if ((await isReclaimed(id)) === history.reclaimed.has(id)) return;
  history.forget();
  throw new ChainError(
    `Deposit ${id} was taken back by the vault’s events or by its memory, and not by both: it is read again.`,
  );
}

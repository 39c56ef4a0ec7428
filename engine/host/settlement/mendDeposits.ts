import { ChainContradiction, type LostDeposits } from '../../settlement/vault/depositWatcher.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { type IsReclaimed, requireSame } from './countDeposit.ts';
import type { EnginePort } from './enginePort.ts';
import type { TakeBackOrder } from './takeBackOrder.ts';

/**
 * Takes back credits of deposits that the chain has lost, the last one first, where an operator has ordered all of them by
 * number: a history that comes back mends itself, and nobody is debited by a node that errs. What the chain has in their
 * places is credited at the next look.
 *
 * @fails ChainContradiction with what is lost and what to order, while it is not
 */
export async function takeBackLost(
  engine: EnginePort,
  lost: LostDeposits,
  order: TakeBackOrder,
): Promise<void> {
  const ordered = await order.read();
  if (!lost.ids.every((id) => ordered.includes(id)))
    throw new ChainContradiction(
      `${lost.message} If they do not come back, take the credits back: npm run takeBack -- ${lost.ids.join(' ')}`,
    );
  for (const id of lost.ids.toReversed()) await revert(engine, { id });
  await order.clear();
}

/**
 * Takes back credits of deposits that their owners reclaimed before a root counted them: the money is with its owner, so
 * nobody is asked.
 *
 * @returns their numbers
 * @fails ChainError while the vault's events and its memory differ
 */
export async function takeBackReclaimed(
  engine: EnginePort,
  { counted }: SettlementState,
  history: VaultHistory,
  isReclaimed: IsReclaimed,
): Promise<number[]> {
  const found = counted.filter(({ id, amount }) => amount > 0 && history.reclaimed.has(id));
  for (const { id } of found) {
    await requireSame(history, id, isReclaimed);
    await revert(engine, { id, isReclaimed: true });
  }
  return found.map(({ id }) => id);
}

async function revert(engine: EnginePort, terms: { id: number; isReclaimed?: boolean }): Promise<void> {
  const refusal = await engine.submit({ kind: 'RevertDeposit', ...terms });
  if (refusal !== undefined)
    throw new ChainContradiction(`Deposit ${terms.id} is gone and is not taken back: ${refusal.message}`);
}

import type { SettlementStatus } from '../../protocol/views/settlement.ts';
import type { VaultState } from '../../settlement/vault/vaultReader.ts';
import { SECOND_MS } from '../../units/time.ts';

/**
 * How settlement stands after a look in which engine and vault agreed, and its sentence.
 *
 * @param notes sentences about what is not as it should be and stops nobody else
 */
export function statusOf(
  { isFrozen, pausedUntilS, finalEpoch }: VaultState,
  nowMs: number,
  notes: readonly string[],
): [SettlementStatus, string] {
  const and = (sentence: string) => [sentence, ...notes].join(' ');
  if (isFrozen)
    return ['frozen', and(`The vault is frozen at root ${finalEpoch}: everybody leaves it with that one.`)];
  if (pausedUntilS * SECOND_MS > nowMs)
    return [
      'paused',
      and(`A guardian has paused the vault until ${new Date(pausedUntilS * SECOND_MS).toISOString()}.`),
    ];
  return ['open', notes.join(' ') || 'Deposits are credited and roots are posted.'];
}

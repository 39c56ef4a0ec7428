import { subaccountId } from '../../../../engine/protocol/settlement/root.ts';
import type { SettlementView, VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import { formatCount, formatDateTime } from '../../../../lib/format.ts';
import type { TransactionState } from '../../../../lib/settlement/transactions.ts';
import type { VaultTransfer } from '../../../../lib/stores/transferStore.ts';

export const titles: Readonly<Record<VaultTransfer['kind'], string>> = {
  deposit: 'Deposit',
  claim: 'Claim a withdrawal',
  reclaim: 'Take a deposit back',
  whitelist: 'Address list',
  force: 'Force a withdrawal',
  freeze: 'Freeze the vault',
  escape: 'Escape with the exit kit',
  collect: 'Collect what a token refused',
};

/** Why nothing may be sent to the vault as it stands; undefined where it may. */
export function blockOf(
  kind: VaultTransfer['kind'],
  { status, sentence, takesDeposits }: SettlementView,
): string | undefined {
  const isWayOut = ['escape', 'collect', 'freeze', 'reclaim'].includes(kind);
  switch (status) {
    case 'off':
      return sentence;
    case 'opening':
      return kind === 'deposit' && takesDeposits ? undefined : sentence;
    case 'halted':
      return isWayOut ? undefined : sentence;
    case 'paused':
      return isWayOut || kind === 'whitelist'
        ? undefined
        : 'A guardian has paused the vault: nothing goes in or out.';
    case 'frozen':
      return isWayOut ? undefined : 'The vault is frozen: accounts leave by their exit kit.';
    case 'open':
      return undefined;
  }
}

/**
 * Why nothing of one asset is deposited while its token does not tell what the vault holds; undefined while it does. It
 * would be credited no sooner than the token tells, and every deposit behind it with it: the vault counts them in order.
 */
export function silentBlock({ name, unreadSinceMs }: VaultAssetView): string | undefined {
  if (unreadSinceMs === null) return undefined;
  return `The token ${name} has not told what the vault holds since ${formatDateTime(unreadSinceMs)}. A deposit of it would not be credited before it does. Other assets are as before.`;
}

/** What only the owner of an account may ask of the vault. */
export function ownerBlock(kind: VaultTransfer['kind'], owner: string, address: string): string | undefined {
  if (kind !== 'whitelist' && kind !== 'force') return undefined;
  if (owner.toLowerCase() === address.toLowerCase()) return undefined;
  return `Only the owner’s wallet ${owner} may do this. Sign in with it.`;
}

/** A step as it is said beside its name. */
export function stateWords(state: TransactionState): string {
  switch (state.is) {
    case 'waits':
      return '';
    case 'trying':
      return 'tried on the chain, not sent …';
    case 'tried':
      return 'would pass';
    case 'signing':
      return 'your wallet asks you to sign …';
    case 'wallet':
      return 'your wallet asks you …';
    case 'pending':
      return 'sent, not in a block yet';
    case 'mined':
      return `in block ${formatCount(state.block)}, not final yet`;
    case 'final':
      return `final in block ${formatCount(state.block)}`;
    case 'refused':
    case 'rejected':
    case 'failed':
    case 'reorged':
      return state.message;
  }
}

export function subOf(owner: string, account: number): string {
  return subaccountId(owner, account);
}

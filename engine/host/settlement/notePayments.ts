import type { DirectoryView } from '../../protocol/views/directory.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { accountIn } from './creditDeposits.ts';
import type { EnginePort } from './enginePort.ts';

/**
 * Tells the engine what the vault paid, and where it may pay to. Both can be told again, so nothing is remembered.
 *
 * @fails ChainContradiction when the vault paid what the engine never authorised
 */
export async function notePayments(
  engine: EnginePort,
  directory: DirectoryView,
  { withdrawals, listed }: SettlementState,
  history: VaultHistory,
): Promise<void> {
  for (const { nonce, asset, amount, to, block } of history.paid) {
    const open = withdrawals.find((each) => each.nonce === nonce);
    if (open === undefined) continue;
    if (open.asset !== asset || BigInt(open.amount) !== amount || open.to !== to)
      throw new ChainContradiction(
        `The vault paid ${amount} units of asset ${asset} to ${to} as withdrawal ${nonce}, which is ${open.amount} of asset ${open.asset} to ${open.to}.`,
      );
    await told(await engine.submit({ kind: 'SettleWithdrawal', nonce, block }), `withdrawal ${nonce}`);
  }
  for (const { sub, to, fromS } of history.listed) {
    const account = accountIn(directory, sub);
    const fromMs = fromS * SECOND_MS;
    const known = listed.find((each) => each.account === account && each.to === to);
    if (account === undefined || (known?.fromMs ?? 0) === fromMs) continue;
    const refusal = await engine.submit({ kind: 'NoteWhitelist', account, to, fromMs });
    told(refusal, `destination ${to}`);
  }
}

function told(refusal: { message: string } | undefined, what: string): void {
  if (refusal !== undefined)
    throw new ChainContradiction(`The engine does not take note of ${what}: ${refusal.message}`);
}

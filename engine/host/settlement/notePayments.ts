import { subaccountId } from '../../protocol/settlement/root.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { accountIn } from './creditDeposits.ts';
import type { EnginePort } from './enginePort.ts';

/** Whether a withdrawal is paid by the vault's own memory, in the block up to which its events were read. */
export type IsPaid = (sub: string, nonce: number) => Promise<boolean>;

/**
 * Tells the engine what the vault paid, what the chain has taken back of that, and where it may pay to. All can be told
 * again, so nothing is remembered. A payment counts where the vault's events and its memory say the same.
 *
 * @fails ChainContradiction when the vault paid what the engine never authorised; ChainError while the two differ
 */
export async function notePayments(
  engine: EnginePort,
  directory: DirectoryView,
  { withdrawals, paid, listed }: SettlementState,
  history: VaultHistory,
  isPaid: IsPaid,
): Promise<void> {
  for (const { sub, nonce, asset, amount, to, block } of history.paid) {
    const open = withdrawals.find((each) => each.nonce === nonce);
    if (open === undefined) continue;
    if (open.asset !== asset || BigInt(open.amount) !== amount || open.to !== to)
      throw new ChainContradiction(
        `The vault paid ${amount} units of asset ${asset} to ${to} as withdrawal ${nonce}, which is ${open.amount} of asset ${open.asset} to ${open.to}.`,
      );
    if (!(await isPaid(sub, nonce))) throw differing(history, nonce);
    told(await engine.submit({ kind: 'SettleWithdrawal', nonce, block }), `withdrawal ${nonce}`);
  }
  const there = new Set(history.paid.map(({ nonce }) => nonce));
  for (const { nonce, account, sub = nameOf(directory, account) } of paid) {
    if (there.has(nonce)) continue;
    if (await isPaid(sub, nonce)) throw differing(history, nonce);
    told(await engine.submit({ kind: 'ReopenWithdrawal', nonce }), `withdrawal ${nonce}, which waits again`);
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

function nameOf({ accounts, firms }: DirectoryView, account: number): string {
  return subaccountId(firms[accounts[account]!.firm]!.owner, account);
}

/** Which of the two is wrong nobody knows: the events are read from the beginning. */
function differing(history: VaultHistory, nonce: number): ChainError {
  history.forget();
  return new ChainError(
    `Withdrawal ${nonce} is paid by the vault’s events or by its memory, and not by both: it is read again.`,
  );
}

function told(refusal: { message: string } | undefined, what: string): void {
  if (refusal !== undefined)
    throw new ChainContradiction(`The engine does not take note of ${what}: ${refusal.message}`);
}

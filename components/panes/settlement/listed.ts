import type { SettlementView } from '../../../engine/protocol/views/settlement.ts';
import { formatLeft } from '../../../lib/format.ts';
import { chainNowMs } from '../../../lib/settlement/chainClock.ts';

/** Whether a listed address may be paid by now, by the vault's clock, or how long it still waits. */
export function listedWords(view: SettlementView, fromMs: number, nowMs: number): string {
  const leftMs = fromMs - chainNowMs(view, nowMs);
  return leftMs > 0 ? `payable in ${formatLeft(leftMs + 999)}` : 'payable';
}

/** What to say beside a destination that somebody writes. */
export function destinationWords(
  view: SettlementView | undefined,
  owner: string | undefined,
  account: number | undefined,
  typed: string,
  nowMs: number,
): string {
  const to = typed.trim().toLowerCase();
  if (owner !== undefined && to === owner.toLowerCase()) return 'the owner’s own';
  const listed = view?.listed.find((each) => each.account === account && each.to === to);
  if (view === undefined || listed === undefined) return 'must be on the account’s address list';
  return `on the address list, ${listedWords(view, listed.fromMs, nowMs)}`;
}

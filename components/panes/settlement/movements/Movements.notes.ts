import type { OpenProposalView } from '../../../../engine/protocol/views/firm.ts';
import type {
  SettlementView,
  VaultDepositView,
  VaultWithdrawalView,
} from '../../../../engine/protocol/views/settlement.ts';
import { groupWords } from '../../../../lib/firm/words.ts';
import { formatClock, formatCount, formatLeft, formatTime } from '../../../../lib/format.ts';
import { chainNowMs } from '../../../../lib/settlement/chainClock.ts';
import { spanOf } from '../spans.ts';

/** Who still has to agree to a withdrawal that was asked for, and what comes then. */
export function askedNote(proposal: OpenProposalView, { terms }: SettlementView, nowMs: number): string {
  const then = `Then a state root and its dispute time of ${spanOf(terms.disputeSec)}.`;
  if (proposal.dueAtMs > 0)
    return `All have agreed; policy holds it to ${formatClock(proposal.dueAtMs, nowMs)}. ${then}`;
  const open = proposal.needs.groups.flatMap((group, index) => {
    const min = proposal.seats.filter((seat) => seat.group === index && seat.member === null).length;
    return min === 0 ? [] : [groupWords({ ...group, min })];
  });
  return `Must still agree: ${open.join(' and ')}. ${then}`;
}

/** What a withdrawal waits for, and when it pays. */
export function withdrawalNote(withdrawal: VaultWithdrawalView, view: SettlementView, nowMs: number): string {
  const { state, claimableMs, bucketMs, epoch, to, tx, seq } = withdrawal;
  switch (state) {
    case 'authorised': {
      const debited = `It left the account at seq ${formatCount(seq)}.`;
      if (view.nextRootMs === null) return `${debited} It is payable after the next root, which is not due.`;
      const left = formatLeft(view.nextRootMs - nowMs);
      return `${debited} A root in ${left}, then ${spanOf(view.terms.disputeSec)} in which a guardian can reject it.`;
    }
    case 'inRoot':
      if (claimableMs === null) return `Root #${epoch} carries it and is not on the chain yet.`;
      return `Payable at ${formatTime(claimableMs, false)}, unless a guardian rejects root #${epoch} before.`;
    case 'claimable':
      if (bucketMs === null)
        return 'It is more than the vault pays at once since its cap was lowered: it is paid when the governor raises that again, and is part of what an exit pays.';
      if (bucketMs > chainNowMs(view, nowMs))
        return `The vault’s bucket has it at ${formatClock(bucketMs, nowMs)}, if those before it go first. Then anybody may bring the claim.`;
      return `Anybody may bring the claim; the vault pays ${to} and nobody else.`;
    case 'paid':
      return tx === null ? `Paid to ${to}.` : `Paid to ${to} by ${tx}.`;
  }
}

/** When an authorised withdrawal is payable if the next root comes when it is due; undefined while none is. */
export function payableAbout({ nextRootMs, terms }: SettlementView, nowMs: number): number | undefined {
  return nextRootMs === null ? undefined : Math.max(nextRootMs, nowMs) + terms.disputeSec * 1_000;
}

/** What a deposit waits for, and what its owner can do when it waits for too long. */
export function depositNote(deposit: VaultDepositView, view: SettlementView, nowMs: number): string {
  const { state, seenMs, block, epoch, tx } = deposit;
  const { frozenEpoch } = view;
  if (frozenEpoch !== null && (epoch === null || epoch > frozenEpoch) && state !== 'reclaimed')
    return `Root #${frozenEpoch}, which the vault froze at, does not count it: its owner may take it back.`;
  switch (state) {
    case 'seen': {
      const lateMs = seenMs + view.terms.reclaimDelaySec * 1_000;
      return chainNowMs(view, nowMs) < lateMs
        ? `Credited once block ${formatCount(block)} is final. If no root counts it by ${formatTime(lateMs, false)}, its owner may take it back.`
        : 'No root has counted it in time: its owner may take it back.';
    }
    case 'credited':
      if (epoch !== null) return `Root #${formatCount(epoch)} and all after it count it. Sent by ${tx}.`;
      return view.nextRootMs === null
        ? 'The next root counts it.'
        : `The next root counts it, in ${formatLeft(view.nextRootMs - nowMs)}.`;
    case 'reverted':
      return 'Nothing was credited and nothing left your wallet: send it again.';
    case 'reclaimed':
      return 'The vault has returned it to the account’s owner.';
  }
}

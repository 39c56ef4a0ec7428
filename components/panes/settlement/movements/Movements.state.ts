import type { OpenProposalView, ProposalsView } from '../../../../engine/protocol/views/firm.ts';
import type {
  SettlementView,
  VaultDepositView,
  VaultWithdrawalView,
} from '../../../../engine/protocol/views/settlement.ts';
import { formatClock, formatCount, formatDateTime, formatLeft, formatTime } from '../../../../lib/format.ts';
import { chainNowMs } from '../../../../lib/settlement/chainClock.ts';
import type { MovementName } from '../../../../lib/stores/movementStore.ts';
import { askedNote, depositNote, payableAbout, withdrawalNote } from './Movements.notes.ts';

export type MovementFilter = 'open' | 'paid' | 'all';

/** How far a step is: over, under way, waiting for a person, ready for anybody, failed, or not yet. */
export type StepFace = 'done' | 'now' | 'waits' | 'ready' | 'wrong' | 'open';

export interface Step {
  name: string;
  face: StepFace;
  /** When, or where; empty while it is not known. */
  at: string;
}

/** What is asked for, on its way, or done: one row. */
export interface Movement {
  key: string;
  id: string;
  account: number;
  asset: number;
  /** Signed: positive comes in. */
  amount: bigint;
  counterparty: string;
  steps: readonly Step[];
  state: string;
  /** When it is there: a time, a countdown, or now. */
  payable: string;
  isOpen: boolean;
  /** What it waits for, in a sentence. */
  note: string;
  /** What can be done about it. */
  can: 'claim' | 'reclaim' | 'approve' | undefined;
  timeMs: number;
  withdrawal?: VaultWithdrawalView;
  deposit?: VaultDepositView;
  /** Under which it was asked for. */
  proposal?: number;
}

/** All movements, newest first; what waits for somebody stands before what is only waited for. */
export function movementsOf(
  view: SettlementView,
  proposals: ProposalsView | undefined,
  nowMs: number,
): Movement[] {
  const asked = (proposals?.proposals ?? []).flatMap((each) => askedOf(each, view, nowMs));
  const out = view.withdrawals.map((each) => withdrawalOf(each, view, proposals, nowMs));
  const into = view.deposits.map((each) => depositOf(each, view, nowMs));
  const rows = [...asked, ...out, ...into];
  return rows.sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.timeMs - a.timeMs);
}

export function passesFilter({ isOpen }: Movement, filter: MovementFilter): boolean {
  return filter === 'all' || isOpen === (filter === 'open');
}

function askedOf(proposal: OpenProposalView, view: SettlementView, nowMs: number): Movement[] {
  if (proposal.action.kind !== 'Withdraw') return [];
  const { account, asset, amount, to } = proposal.action;
  const number = view.assets.find(({ name }) => name === asset)?.asset;
  if (number === undefined) return [];
  const agreed = proposal.seats.filter(({ member }) => member !== null).length;
  const isHeld = proposal.dueAtMs > 0;
  const proposed = formatTime(proposal.proposedMs, false);
  const approval: Step = isHeld
    ? { name: 'approved', face: 'now', at: `held to ${formatClock(proposal.dueAtMs, nowMs)}` }
    : { name: 'approved', face: 'waits', at: `${agreed} of ${proposal.seats.length}` };
  return [
    {
      key: `P${proposal.proposal}`,
      id: `#${proposal.proposal}`,
      account,
      asset: number,
      amount: -BigInt(amount),
      counterparty: to,
      steps: [
        { name: 'signed', face: 'done', at: proposed },
        { name: 'checked', face: 'done', at: proposed },
        approval,
        ...['debited', 'in root', 'dispute', 'paid'].map(laterStep),
      ],
      state: isHeld
        ? `held by policy, ${formatLeft(proposal.dueAtMs - nowMs)} left`
        : `approvals ${agreed} of ${proposal.seats.length}`,
      payable: isHeld
        ? formatClock(proposal.dueAtMs, nowMs)
        : `ends ${formatClock(proposal.expiresAtMs, nowMs)}`,
      note: askedNote(proposal, view, nowMs),
      isOpen: true,
      can: 'approve',
      timeMs: proposal.proposedMs,
      proposal: proposal.proposal,
    },
  ];
}

function withdrawalOf(
  withdrawal: VaultWithdrawalView,
  view: SettlementView,
  proposals: ProposalsView | undefined,
  nowMs: number,
): Movement {
  const { nonce, account, asset, amount, to, state, authorisedMs } = withdrawal;
  return {
    key: `W${nonce}`,
    id: `W ${formatCount(nonce)}`,
    account,
    asset,
    amount: -BigInt(amount),
    counterparty: to,
    steps: withdrawalSteps(withdrawal, view, proposals, nowMs),
    state: withdrawalWords(withdrawal, view, nowMs),
    payable: payableOf(withdrawal, view, nowMs),
    note: withdrawalNote(withdrawal, view, nowMs),
    isOpen: state !== 'paid',
    can: state === 'claimable' && !isHeldBack(withdrawal, view, nowMs) ? 'claim' : undefined,
    timeMs: authorisedMs,
    withdrawal,
    ...(withdrawal.proposal !== null && { proposal: withdrawal.proposal }),
  };
}

/** Steps of a withdrawal that were over when it stood at each state. */
const withdrawalPlace: Readonly<Record<VaultWithdrawalView['state'], number>> = {
  authorised: 4,
  inRoot: 5,
  claimable: 6,
  paid: 7,
};

function withdrawalSteps(
  withdrawal: VaultWithdrawalView,
  { roots }: SettlementView,
  proposals: ProposalsView | undefined,
  nowMs: number,
): Step[] {
  const { state, authorisedMs, epoch, claimableMs, block, proposal } = withdrawal;
  const asked = proposals?.closed.find((each) => each.proposal.proposal === proposal)?.proposal;
  const debited = formatTime(authorisedMs, false);
  const asking = asked === undefined ? debited : formatTime(asked.proposedMs, false);
  const root = roots.find((each) => each.epoch === epoch);
  const inRoot =
    epoch === null ? '' : `#${formatCount(epoch)}${root ? `, ${formatTime(root.timeMs, false)}` : ''}`;
  const dispute = claimableMs === null ? '' : disputeAt(claimableMs, nowMs);
  const paid = block === null ? earliest(claimableMs) : `block ${formatCount(block)}`;
  const at = [asking, asking, debited, debited, inRoot, dispute, paid];
  const over = withdrawalPlace[state];
  return ['signed', 'checked', 'approved', 'debited', 'in root', 'dispute', 'paid'].map((name, place) => ({
    name,
    face: place < over ? 'done' : place > over ? 'open' : state === 'claimable' ? 'ready' : 'now',
    at: at[place]!,
  }));
}

function disputeAt(claimableMs: number, nowMs: number): string {
  return claimableMs > nowMs
    ? `${formatLeft(claimableMs - nowMs)} left`
    : `over at ${formatTime(claimableMs, false)}`;
}

function earliest(claimableMs: number | null): string {
  return claimableMs === null ? '' : `${formatTime(claimableMs, false)} at the earliest`;
}

function withdrawalWords(withdrawal: VaultWithdrawalView, view: SettlementView, nowMs: number): string {
  const { state, claimableMs, epoch, block, bucketMs } = withdrawal;
  const { nextRootMs } = view;
  switch (state) {
    case 'authorised':
      return nextRootMs === null ? 'waits for a root' : `next root in ${formatLeft(nextRootMs - nowMs)}`;
    case 'inRoot':
      if (claimableMs === null) return `in root #${epoch}, not posted yet`;
      return claimableMs > nowMs ? `dispute, ${formatLeft(claimableMs - nowMs)} left` : 'dispute ends';
    case 'claimable':
      if (bucketMs === null) return 'over the vault’s cap';
      return isHeldBack(withdrawal, view, nowMs)
        ? `waits for the vault’s bucket, ${formatLeft(bucketMs - chainNowMs(view, nowMs))} left`
        : 'claimable by anyone';
    case 'paid':
      return block === null ? 'paid' : `paid, block ${formatCount(block)}`;
  }
}

/** Whether the vault's buckets do not let it out yet, or never: to claim it would only cost gas. */
function isHeldBack({ bucketMs }: VaultWithdrawalView, view: SettlementView, nowMs: number): boolean {
  return bucketMs === null || bucketMs > chainNowMs(view, nowMs);
}

function payableOf(withdrawal: VaultWithdrawalView, view: SettlementView, nowMs: number): string {
  const { state, claimableMs, bucketMs } = withdrawal;
  if (state === 'claimable' && !isHeldBack(withdrawal, view, nowMs)) return 'now';
  if (state === 'claimable') return bucketMs === null ? '' : formatClock(bucketMs, nowMs);
  if (claimableMs === null) {
    const aboutMs = state === 'authorised' ? payableAbout(view, nowMs) : undefined;
    return aboutMs === undefined ? '' : `≈ ${formatTime(aboutMs, false)}`;
  }
  return claimableMs > nowMs || state === 'paid' ? formatTime(claimableMs, false) : 'now';
}

function depositOf(deposit: VaultDepositView, view: SettlementView, nowMs: number): Movement {
  const { id, account, asset, amount, from, seenMs, state, epoch } = deposit;
  const isGone = state === 'reverted' || state === 'reclaimed';
  const isCounted = epoch !== null;
  const isLate = state === 'seen' && chainNowMs(view, nowMs) > seenMs + view.terms.reclaimDelaySec * 1_000;
  // The root a vault froze at counts no more deposits, whatever the engine has credited since.
  const isLeftOut = view.frozenEpoch !== null && !isGone && (epoch === null || epoch > view.frozenEpoch);
  return {
    key: `D${id ?? deposit.tx}`,
    id: id === null ? 'D –' : `D ${formatCount(id)}`,
    account,
    asset,
    amount: BigInt(amount),
    counterparty: from,
    steps: depositSteps(deposit, view),
    state: depositWords(deposit),
    payable: state === 'credited' ? formatTime(seenMs, false) : '',
    note: depositNote(deposit, view, nowMs),
    isOpen: !isGone && !isCounted,
    can: id !== null && (isLate || isLeftOut) ? 'reclaim' : undefined,
    timeMs: seenMs,
    deposit,
  };
}

function depositSteps(
  { state, seenMs, block, creditedSeq, epoch }: VaultDepositView,
  { roots }: SettlementView,
): Step[] {
  const seen = formatTime(seenMs, false);
  const isGone = state === 'reverted' || state === 'reclaimed';
  const root = roots.find((each) => each.epoch === epoch);
  const over = state === 'seen' || isGone ? 2 : epoch === null ? 3 : 4;
  const rootAt =
    epoch === null ? '' : `#${formatCount(epoch)}${root ? `, ${formatTime(root.timeMs, false)}` : ''}`;
  const at = [
    seen,
    `block ${formatCount(block)}`,
    creditedSeq === null ? '' : `seq ${formatCount(creditedSeq)}`,
    rootAt,
  ];
  return ['sent', 'in a block', isGone ? state : 'credited', 'in root'].map((name, place) => ({
    name,
    face: place < over ? 'done' : place > over ? 'open' : isGone ? 'wrong' : 'now',
    at: at[place]!,
  }));
}

function depositWords({ state, epoch, block }: VaultDepositView): string {
  switch (state) {
    case 'seen':
      return `seen in block ${formatCount(block)}`;
    case 'credited':
      return epoch === null ? 'credited, waits for a root' : `credited, in root #${formatCount(epoch)}`;
    case 'reverted':
      return 'its block was taken back by the chain';
    case 'reclaimed':
      return 'taken back by its owner';
  }
}

function laterStep(name: string): Step {
  return { name, face: 'open', at: '' };
}

/** What was asked for stays selected when it becomes a withdrawal. */
export function nameOf({ key, proposal }: Movement): MovementName {
  return proposal === undefined ? { key } : { proposal };
}

export function isSelected({ key, proposal }: Movement, name: MovementName | undefined): boolean {
  if (name === undefined) return false;
  return 'key' in name ? key === name.key : proposal === name.proposal;
}

/** The whole moment, for a title. */
export function momentOf({ timeMs }: Movement): string {
  return formatDateTime(timeMs);
}

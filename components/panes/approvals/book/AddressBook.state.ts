import type {
  DestinationView,
  FirmView,
  OpenProposalView,
  ProposalsView,
} from '../../../../engine/protocol/views/firm.ts';
import type { SettlementView } from '../../../../engine/protocol/views/settlement.ts';
import { formatLeft, formatUsd } from '../../../../lib/format.ts';
import { chainNowMs } from '../../../../lib/settlement/chainClock.ts';

/** A line of the firm's book, or one that is asked for. */
export interface BookRow {
  to: string;
  label: string;
  /** As it is in the book; undefined while it is only asked for. */
  listed: DestinationView | undefined;
  /** What asks for it, or for a change of it. */
  proposal: number | undefined;
  /** `in the book`, or what it waits for. */
  state: string;
}

/** The book and what is asked of it, the owner first, then by name. */
export function bookRows(
  { firm, withdrawals }: Pick<FirmView, 'firm' | 'withdrawals'>,
  { proposals, timeMs }: Pick<ProposalsView, 'proposals' | 'timeMs'>,
): BookRow[] {
  const asked = proposals.flatMap((proposal) => {
    const { action } = proposal;
    return proposal.firm === firm && action.kind === 'ListDestination' ? [{ ...proposal, action }] : [];
  });
  const rows = withdrawals.destinations.map((listed): BookRow => {
    const change = asked.find(({ action }) => action.to === listed.to && !listed.isOwner);
    const { to, label, isOwner } = listed;
    const stands = isOwner ? 'owns the firm' : 'in the book';
    const state = change === undefined ? stands : `change ${waitWords(change, timeMs)}`;
    return { to, label, listed, proposal: change?.proposal, state };
  });
  const known = new Set(withdrawals.destinations.filter(({ isOwner }) => !isOwner).map(({ to }) => to));
  const added = asked
    .filter(({ action }) => !known.has(action.to))
    .map(
      ({ proposal, action, ...rest }): BookRow => ({
        to: action.to,
        label: action.label,
        listed: undefined,
        proposal,
        state: waitWords(rest, timeMs),
      }),
    );
  const rank = ({ listed }: BookRow) => (listed?.isOwner === true ? 0 : 1);
  return [...rows, ...added].sort((a, b) => rank(a) - rank(b) || (a.label < b.label ? -1 : 1));
}

/** Who is still missing, or how long it waits once all agreed. */
function waitWords({ dueAtMs, seats }: Pick<OpenProposalView, 'dueAtMs' | 'seats'>, nowMs: number): string {
  if (dueAtMs !== 0) return `in force in ${formatLeft(Math.max(0, dueAtMs - nowMs) + 999)}`;
  const agreed = seats.filter(({ member }) => member !== null).length;
  return `${agreed} of ${seats.length} agreed`;
}

/** What may still go there today, of the limits that hold for it; the smallest is the one that holds. */
export function dayMostUsd(own: number, firmsUsd: number): number | undefined {
  const set = [own, firmsUsd].filter((usd) => usd > 0);
  return set.length === 0 ? undefined : Math.min(...set);
}

export function mostWords(usd: number | undefined): string {
  return usd === undefined || usd === 0 ? 'no limit' : formatUsd(usd);
}

/** Whether the vault pays there by the owner's own list, account by account: a withdrawal needs both lists. */
export function vaultWords(
  { nodes }: Pick<FirmView, 'nodes'>,
  view: SettlementView | undefined,
  { to, listed }: BookRow,
  nowMs: number,
): string {
  if (listed?.isOwner === true) return 'always';
  if (view === undefined) return '–';
  const accounts = nodes.flatMap(({ account, isArchived }) =>
    account === null || isArchived ? [] : [account],
  );
  const known = view.listed.filter((each) => each.to === to && accounts.includes(each.account));
  if (known.length === 0) return 'not listed';
  const leftMs = known.map(({ fromMs }) => fromMs - chainNowMs(view, nowMs));
  const payable = leftMs.filter((ms) => ms <= 0).length;
  if (payable > 0) return `${payable} of ${accounts.length} accounts`;
  return `in ${formatLeft(Math.min(...leftMs) + 999)}`;
}

import type { State } from '../state.ts';
import type { SettlementFacts, WithdrawalFacts } from './settlementFacts.ts';

/** Addresses remembered of each firm: four times as many as its book has. */
const KNOWN_MAX = 256;

type PaidTo = SettlementFacts['paidTo'];

/** How many payments of a firm went to an address, as far as it is remembered; ≥ 0. */
export function paymentsTo({ directory }: State, firm: number, to: string): number {
  return directory.settlement.paidTo.find((each) => each.firm === firm && each.to === to)?.count ?? 0;
}

/**
 * Payments with one more to where a withdrawal went, or with one fewer where the chain took it back.
 *
 * @returns the same where no account is of it: what goes back to a stranger is no firm's payment
 */
export function countPayment(
  { accounts, directory }: State,
  { account, to }: Pick<WithdrawalFacts, 'account' | 'to'>,
  by: 1 | -1,
): PaidTo {
  const { paidTo } = directory.settlement;
  if (account < 0) return paidTo;
  const firm = accounts.columns.firm[account]!;
  const before = paidTo.find((each) => each.firm === firm && each.to === to);
  const others = paidTo.filter((each) => each !== before);
  const count = (before?.count ?? 0) + by;
  return count <= 0 ? others : [...withoutOldest(others, firm), { firm, to, count }];
}

/** Leaves room for one more of a firm. */
function withoutOldest(paidTo: PaidTo, firm: number): PaidTo {
  const own = paidTo.filter((each) => each.firm === firm);
  return own.length < KNOWN_MAX ? paidTo : paidTo.filter((each) => each !== own[0]);
}

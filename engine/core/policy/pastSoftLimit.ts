import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import { UnderlyingClass } from '../../protocol/enums.ts';
import type { MemberFacts } from '../accounts/directory.ts';
import { reachesAccount } from '../firms/reach.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { limitsOf } from '../limits/limitsOf.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { UNPRICED_USD } from './movedValue.ts';

/**
 * By how much more a key may open in an hour than the tightest soft limit on a sum or an order over any of its accounts:
 * limits of coins and classes count where it may trade one.
 *
 * @param accounts of the key; empty: all its owner's
 * @returns micro-USD; 0 where it cannot pass one, past every amount for a key without a notional under a soft limit
 */
export function pastSoftLimitUsd(
  state: State,
  owner: MemberFacts,
  accounts: readonly number[],
  { markets, notionalPerHourUsd: most }: AgentScope,
): number {
  const places = new Set<number>();
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const { node, potOf } = state.accounts.columns;
    const isListed =
      accounts.length === 0 || accounts.includes(account) || accounts.includes(potOf[account]!);
    if (!isListed || !reachesAccount(state, owner, account)) continue;
    for (let at = node[account]!; at !== NONE; at = state.nodes.columns.parent[at]!) places.add(at);
  }
  const tightest = Math.min(...[...places].map((place) => softOf(state, place, markets)));
  if (tightest === Number.POSITIVE_INFINITY) return 0;
  return most === 0 ? UNPRICED_USD : Math.max(0, most - tightest);
}

/** The smallest soft limit at a place that an order in one of these markets may pass; Infinity for none. */
function softOf(state: State, place: number, markets: readonly string[]): number {
  const soft = limitsOf(state, place)?.soft;
  if (soft === undefined) return Number.POSITIVE_INFINITY;
  const traded = underlyingsOf(state, markets);
  const classes = traded.map((of) => state.underlyings.columns.class[of]);
  const names = traded.map((of) => state.directory.underlyings[of]!.name);
  const sums = [
    soft,
    ...(soft.classes ?? []).filter(({ class: name }) => classes.includes(UnderlyingClass[name])),
    ...(soft.assets ?? []).filter(({ underlying }) => names.includes(underlying)),
  ].flatMap(({ grossUsd, netUsd }) => [grossUsd, netUsd]);
  return Math.min(...[...sums, soft.orderUsd].map((usd) => usd ?? Number.POSITIVE_INFINITY));
}

/** Of markets by name; none are all. A name that is not listed is refused by the action itself. */
function underlyingsOf({ directory, instruments }: State, markets: readonly string[]): number[] {
  if (markets.length === 0) return directory.underlyings.map((_, of) => of);
  const listed = markets.map((market) => directory.instruments.findIndex(({ name }) => name === market));
  return listed.flatMap((at) => (at < 0 ? [] : [instruments.columns.underlying[at]!]));
}

import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { AccountRiskView, FirmRiskView, LimitUseView } from '../../engine/protocol/views/firmRisk.ts';

/** A place in a firm's tree with all that stands there and below it. */
export interface Branch {
  node: FirmNodeView;
  depth: number;
  /** Groups and subaccounts right below, by name; what is archived is left out. */
  children: Branch[];
  /** Accounts that stand right here: of a subaccount its own, then its pots. */
  own: AccountRiskView[];
  sums: Sums;
  /** The limit that is used most, of those of this place. */
  limit: LimitUseView | undefined;
}

/** Money is added up; a ratio is computed anew from the sums, and a distance is that of the nearest account. */
export interface Sums {
  accounts: number;
  equityUsd: number;
  /** Null while it is not known of one of them. */
  dayPnlUsd: number | null;
  unrealizedPnlUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  freeUsd: number;
  ratioPpm: number;
  /** Undefined while nothing below is at risk, as far as it has been measured. */
  nearest: AccountRiskView | undefined;
}

const PPM = 1_000_000;

/**
 * The tree of a firm with the accounts of a person in it. Places that hold none of them are left out, but for groups
 * without any account at all, which are there to be filled.
 */
export function treeOf(
  nodes: readonly FirmNodeView[],
  { accounts, limits }: FirmRiskView,
): Branch | undefined {
  const childrenOf = groupBy(
    nodes.filter(({ isArchived }) => !isArchived),
    ({ parent }) => parent ?? -1,
  );
  const accountsOf = groupBy(accounts, ({ node }) => node);
  const limitsOf = groupBy(limits, ({ node }) => node);
  // A group with accounts that the person may not see would have sums of nothing.
  const isEmpty = ({ node, account }: FirmNodeView): boolean =>
    account === null && (childrenOf.get(node) ?? []).every(isEmpty);
  const branchOf = (node: FirmNodeView, depth: number): Branch => {
    const children = (childrenOf.get(node.node) ?? [])
      .sort((a, b) => Number(a.account !== null) - Number(b.account !== null) || compare(a.label, b.label))
      .map((child) => branchOf(child, depth + 1))
      .filter((child) => child.sums.accounts > 0 || isEmpty(child.node));
    const own = [...(accountsOf.get(node.node) ?? [])].sort((a, b) => rank(a) - rank(b));
    return {
      node,
      depth,
      children,
      own,
      sums: sumsOf([...own, ...children.flatMap(accountsIn)]),
      limit: worstFirst(limitsOf.get(node.node) ?? [])[0],
    };
  };
  const [root] = childrenOf.get(-1) ?? [];
  return root && branchOf(root, 0);
}

/** All accounts at a place and below it. */
export function accountsIn({ own, children }: Branch): AccountRiskView[] {
  return [...own, ...children.flatMap(accountsIn)];
}

/** All places, the firm first, in the order of the tree. */
export function branchesIn(branch: Branch): Branch[] {
  return [branch, ...branch.children.flatMap(branchesIn)];
}

export function sumsOf(accounts: readonly AccountRiskView[]): Sums {
  const sum = (of: (account: AccountRiskView) => number) =>
    accounts.reduce((total, account) => total + of(account), 0);
  const equityUsd = sum((account) => account.equityUsd);
  const maintenanceUsd = sum((account) => account.maintenanceUsd);
  return {
    accounts: accounts.length,
    equityUsd,
    dayPnlUsd: accounts.some(({ dayPnlUsd }) => dayPnlUsd === null)
      ? null
      : sum(({ dayPnlUsd }) => dayPnlUsd ?? 0),
    unrealizedPnlUsd: sum((account) => account.unrealizedPnlUsd),
    initialUsd: sum((account) => account.initialUsd),
    maintenanceUsd,
    freeUsd: sum((account) => account.freeUsd),
    ratioPpm: ratioOf(maintenanceUsd, equityUsd - sum((account) => account.heldBackUsd)),
    nearest: nearestOf(accounts),
  };
}

/** Maintenance ÷ equity, rounded up as an account's own is; −1 is infinite. */
function ratioOf(maintenanceUsd: number, equityUsd: number): number {
  if (maintenanceUsd === 0) return 0;
  return equityUsd <= 0 ? -1 : Math.ceil((maintenanceUsd / equityUsd) * PPM);
}

/** An aggregate never shows an averaged distance: the account nearest to liquidation speaks for all. */
function nearestOf(accounts: readonly AccountRiskView[]): AccountRiskView | undefined {
  const atRisk = accounts.filter(isAtRisk);
  return atRisk.reduce<AccountRiskView | undefined>(
    (nearest, account) =>
      nearest === undefined || account.distance.sigmas < nearest.distance.sigmas ? account : nearest,
    undefined,
  );
}

/** Whether a distance has been measured and there is one. */
export function isAtRisk({ distance }: AccountRiskView): boolean {
  return distance.seq > 0 && distance.state !== 'noRisk';
}

/** Share of a limit that is used, ppm: of the hard one, or of the soft one where that is all there is. */
export function usedPpm({ used, soft, hard }: LimitUseView): number {
  const limit = hard ?? soft ?? 0;
  if (limit === 0) return used === 0 ? 0 : Number.POSITIVE_INFINITY;
  return (used / limit) * PPM;
}

/** Those that are used most first: one that is passed stands before one that is not. */
export function worstFirst(limits: readonly LimitUseView[]): LimitUseView[] {
  return [...limits].sort((a, b) => severityOf(b) - severityOf(a) || usedPpm(b) - usedPpm(a));
}

/** 2: at the hard limit or past it, 1: past the soft one, 0: within both. */
export function severityOf({ used, soft, hard }: LimitUseView): 0 | 1 | 2 {
  if (hard !== null && used >= hard && used > 0) return 2;
  return soft !== null && used > soft ? 1 : 0;
}

function rank({ potOf, account }: AccountRiskView): number {
  return potOf === null ? 0 : account;
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

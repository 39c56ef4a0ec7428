import type { AccountRiskView, HeldPositionView } from '../../../../engine/protocol/views/firmRisk.ts';

/** A position, and whose it is. */
export interface FirmPosition {
  account: AccountRiskView;
  position: HeldPositionView;
}

/** A list for people: of a thousand accounts these are looked at, and the tree has them all. */
const SHOWN_MAX = 40;

/** What the accounts hold, first what an ordinary day moves most; how many there are in all. */
export function largestFirst(accounts: readonly AccountRiskView[]): {
  shown: FirmPosition[];
  count: number;
} {
  const all = accounts.flatMap((account) => account.positions.map((position) => ({ account, position })));
  const shown = all.sort((a, b) => weightOf(b) - weightOf(a) || rank(a) - rank(b)).slice(0, SHOWN_MAX);
  return { shown, count: all.length };
}

function weightOf({ position }: FirmPosition): number {
  return position.sigmaDayUsd;
}

/** Of two that weigh the same the order never changes. */
function rank({ account, position }: FirmPosition): number {
  return account.account * 1_000_000 + position.instrument;
}

/** Signed like its size, micro-USD at mark. */
export function notionalUsd({ lots, markUsdPerLot }: HeldPositionView): number {
  return lots * markUsdPerLot;
}

import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { AccountView, MarginCallView } from '../../engine/protocol/views/account.ts';
import type { MarginView } from '../../engine/protocol/views/margin.ts';

const PPM = 1_000_000;

type Called = Pick<AccountView, 'account' | 'firm' | 'potOf' | 'margin'>;
type Sister = Pick<AccountView, 'account' | 'firm' | 'potOf' | 'movableUsd'>;

/**
 * What lies ready for those who are called: collateral that ends the call, or as much of it as the sister account with
 * most to spare has; or an unwind. Undefined where nothing does. A suggestion: policy and engine judge it when it is asked for.
 */
export function preparedAction(
  called: Called,
  { prepare, endsPpm }: Pick<MarginCallView, 'prepare' | 'endsPpm'>,
  accounts: readonly Sister[],
): Action | undefined {
  const { account, firm, potOf, margin } = called;
  if (prepare === 'nothing') return undefined;
  if (prepare === 'unwind') return { kind: 'Unwind', account };
  // A pot is filled from its own account, which is no transfer; a call that begins at next to nothing has no end to reach.
  if (potOf !== null || endsPpm <= 0) return undefined;
  const sisters = accounts.filter(
    (each) => each.firm === firm && each.account !== account && each.potOf === null,
  );
  const [giver] = sisters.sort((a, b) => b.movableUsd - a.movableUsd);
  if (giver === undefined) return undefined;
  const amount = Math.min(equityMissingUsd(margin, endsPpm), giver.movableUsd);
  return amount > 0
    ? { kind: 'Transfer', from: giver.account, to: account, asset: 'USDC', amount }
    : undefined;
}

/** Equity that has to come in until maintenance margin is less than this share of it, micro-USD, rounded up; ≥ 0. */
export function equityMissingUsd(
  {
    equityUsd,
    heldBackUsd,
    maintenanceUsd,
  }: Pick<MarginView, 'equityUsd' | 'heldBackUsd' | 'maintenanceUsd'>,
  endsPpm: number,
): number {
  const needed = Math.floor((maintenanceUsd * PPM) / endsPpm) + 1;
  return Math.max(0, needed - (equityUsd - heldBackUsd));
}

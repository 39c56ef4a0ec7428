import type { Withdraw } from '../../protocol/commands/actions.ts';
import { errorOfCap } from '../../protocol/errorOfCap.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import type { State } from '../state.ts';

/** Smallest units of an asset that one payment may be at most: a bucket never holds more than it does when full. */
export function payableAtOnce({ directory }: State, asset: number): number {
  const cap = directory.settlement.caps.find((each) => each.asset === asset);
  return cap === undefined ? Number.MAX_SAFE_INTEGER : Math.min(cap.ofAll, cap.ofEach);
}

/** Whether the vault pays there by now: to the owner always, elsewhere from when the vault said. */
export function isPayable({ accounts, directory, globals }: State, account: number, to: string): boolean {
  const nowMs = globals.columns.timeMs[0]!;
  const { owner } = directory.firms[accounts.columns.firm[account]!]!;
  const isListed = directory.settlement.listed.some(
    (each) => each.account === account && each.to === to && each.fromMs <= nowMs,
  );
  return isListed || to === owner;
}

/** The refusal of a withdrawal that the vault could never pay: in which pieces it can. */
export function capRefusal(state: State, { asset: name, amount }: Withdraw): ErrorView {
  const { assets } = state.directory;
  const asset = assets.findIndex((each) => each.name === name);
  return errorOfCap({ name, decimals: assets[asset]!.decimals, amount, most: payableAtOnce(state, asset) });
}

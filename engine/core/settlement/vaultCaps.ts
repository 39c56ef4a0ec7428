import type { Withdraw } from '../../protocol/commands/actions.ts';
import { errorOfCap } from '../../protocol/errorOfCap.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import type { State } from '../state.ts';

/** Smallest units of an asset that one payment may be at most: a bucket never holds more than it does when full. */
export function payableAtOnce({ directory }: State, asset: number): number {
  const cap = directory.settlement.caps.find((each) => each.asset === asset);
  return cap === undefined ? Number.MAX_SAFE_INTEGER : Math.min(cap.ofAll, cap.ofEach);
}

/** The refusal of a withdrawal that the vault could never pay: in which pieces it can. */
export function capRefusal(state: State, { asset: name, amount }: Withdraw): ErrorView {
  const { assets } = state.directory;
  const asset = assets.findIndex((each) => each.name === name);
  return errorOfCap({ name, decimals: assets[asset]!.decimals, amount, most: payableAtOnce(state, asset) });
}

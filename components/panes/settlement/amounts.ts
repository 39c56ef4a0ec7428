import type { VaultAssetView } from '../../../engine/protocol/views/settlement.ts';
import { parseDecimal } from '../../../engine/units/decimal.ts';
import { readNumber } from '../../../lib/numberInput.ts';

/** An amount as it was typed, in whole units, or what is wrong with it. */
export type ReadAmount = { units: bigint } | { missing: string };

export function readAmount(typed: string, asset: VaultAssetView | undefined): ReadAmount {
  if (asset === undefined) return { missing: 'Choose an asset.' };
  const number = readNumber(typed);
  if (number.is === 'empty') return { missing: `Write how much ${asset.name}.` };
  const units = number.is === 'decimal' ? parseDecimal(number.text, asset.decimals) : undefined;
  if (units === undefined || units <= 0)
    return { missing: `Not an amount of ${asset.name}: ${asset.decimals} digits after the point at most.` };
  return { units: BigInt(units) };
}

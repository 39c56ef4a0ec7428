import { type AbiParameter, decodeFunctionData, type Hex } from 'viem';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

/** A call of a contract in words: its function, and each argument under its name. */
export interface SpokenCall {
  name: string;
  arguments: readonly { name: string; value: string }[];
}

const known = [...vaultAbi, ...tokenAbi];

/** @returns undefined for what is neither the vault's nor a token's */
export function spokenCall(data: Hex): SpokenCall | undefined {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: known, data });
    const entry = known.find((each) => each.type === 'function' && each.name === functionName);
    const inputs: readonly AbiParameter[] = entry?.type === 'function' ? entry.inputs : [];
    return {
      name: functionName,
      arguments: inputs.flatMap((input, place) => spoken(input.name ?? '', args[place])),
    };
  } catch {
    return undefined;
  }
}

/** A struct's fields stand under its name; a list is written out, for what is signed is all of it. */
function spoken(name: string, value: unknown): { name: string; value: string }[] {
  if (typeof value !== 'object' || value === null) return [{ name, value: String(value) }];
  if (Array.isArray(value)) return [{ name, value: value.map(String).join(', ') }];
  return Object.entries(value).flatMap(([field, inner]) => spoken(`${name}.${field}`, inner));
}

import { formatAbiItem } from 'viem/utils';
import { tokenAbi, vaultAbi } from '../../settlement/vault/vaultAbi.ts';

const abis = { vault: vaultAbi, token: tokenAbi } as const;

/** What a contract can be called by, as its compiler says: one line each, for tests of those who call it. */
export function contractLines(of: keyof typeof abis): string[] {
  return abiLines(abis[of]);
}

/** Kind, name and types of arguments: what a call is made of. Names of arguments are for people. */
export function abiLines(abi: readonly { type: string }[]): string[] {
  const callable = abi.filter(({ type }) => type !== 'constructor');
  return callable.map((item) => `${item.type} ${formatAbiItem(item as never)}`);
}

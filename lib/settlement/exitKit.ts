import { encodeFunctionData } from 'viem';
import type { KeptProof } from './kitShelf.ts';
import { vaultAbi } from './vaultAbi.ts';

/** A file with which every account in it leaves a frozen vault, with any wallet and without this desk. */
export interface ExitKit {
  format: 'ballast-exit-kit-1';
  chainId: number;
  vault: string;
  how: readonly string[];
  accounts: readonly ExitOfAccount[];
}

interface ExitOfAccount extends KeptProof {
  /** The owner's address, which is paid. */
  owner: string;
  /** A transaction that anybody may send once the vault is frozen at this root. */
  escape: { to: string; data: string };
}

const how = [
  'An account leaves once the vault is frozen: it freezes itself when anybody calls freeze() after too long without a root.',
  'Send each account’s escape from any wallet: no value, the data as it stands here. It is paid to the owner.',
  'exit.html and exit.js, which this desk serves, check this file and make its transactions without the desk.',
  'The vault pays by the root it froze at, and takes a proof of that one alone. An account stands here twice while a newer root is posted and not final yet.',
] as const;

/** @returns undefined while nothing is kept */
export function exitKitOf(kept: readonly KeptProof[]): ExitKit | undefined {
  const [first] = kept;
  if (first === undefined) return undefined;
  const { chainId, vault } = first.proof;
  return { format: 'ballast-exit-kit-1', chainId, vault, how, accounts: kept.map(exitOf) };
}

function exitOf(kept: KeptProof): ExitOfAccount {
  const { proof } = kept;
  const owner = ownerOf(proof.leaf.sub);
  return { ...kept, owner, escape: { to: proof.vault, data: escapeData(kept, owner) } };
}

/** @param to the owner, who needs no signature of their own */
function escapeData({ proof }: KeptProof, to: string): string {
  return encodeFunctionData({
    abi: vaultAbi,
    functionName: 'escape',
    args: [leafOf(proof), pathOf(proof), to as `0x${string}`, '0x'],
  });
}

export function ownerOf(sub: string): string {
  return sub.slice(0, 42);
}

/** The leaf as the vault wants it. */
export function leafOf({ leaf }: KeptProof['proof']) {
  const word = (hex: string) => hex as `0x${string}`;
  return { sub: word(leaf.sub), detail: word(leaf.detail), entitled: leaf.entitled.map(BigInt) };
}

export function pathOf({ path }: KeptProof['proof']) {
  return {
    index: BigInt(path.index),
    siblings: path.siblings as `0x${string}`[],
    sums: path.sums.map(BigInt),
  };
}

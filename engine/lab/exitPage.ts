import type { ProofView } from '../protocol/views/settlement.ts';
// What a person without a desk has: the script itself, as it is served.
import '../../public/exit.js';

/** Asks a node. */
export type Ask = (method: string, params: unknown[]) => Promise<unknown>;

export interface KitAccount {
  readonly proof: ProofView;
  readonly escape?: { to: string; data: string };
}

/** What `exit.js` lets others call: all but the page itself. */
export interface ExitPage {
  keccak(digits: string): string;
  readKit(text: string): { chainId: number; vault: string; accounts: KitAccount[] };
  topOf(leaf: object, path: object): { hash: string; sums: bigint[] } | undefined;
  rootHashOf(root: object): string;
  problemsOf(account: KitAccount, trusted?: string): string[];
  problemsOnChain(ask: Ask, account: KitAccount): Promise<string[]>;
  vaultState(ask: Ask, kit: object): Promise<{ isFrozen: boolean; epoch: number; sentence: string }>;
  nodeAt(address: string): Ask;
  escapeData(proof: ProofView, to?: string, signature?: string): string;
  freezeData(): string;
  reclaimData(id: number): string;
  claimData(text: string): string;
}

export const exitPage = (globalThis as unknown as { ballastExit: ExitPage }).ballastExit;

import type { BlockName } from '../chain/savedState.ts';

/** A chain as the vault's side of the house asks it. */
export interface VaultChain {
  readonly chainId: number;
  /** @fails ChainRefusal with the chain's own words; ChainError when it is not there */
  call(method: string, params: readonly unknown[], timeoutMs?: number): Promise<unknown>;
  /** The last block that survives anything. @fails ChainError when the chain is not there */
  settledHead(): Promise<BlockName>;
}

import type { BlockName, SavedState } from './savedState.ts';

/** One question to a chain's program. */
export type AskChain = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Puts a saved state into an empty chain. Time goes on as the world's does, and not from the last block. */
export async function bringBack(ask: AskChain, { state }: SavedState): Promise<void> {
  await ask('anvil_loadState', [state]);
  await ask('evm_setTime', [Math.floor(Date.now() / 1_000)]);
}

/** Its last block. */
export async function headOf(ask: AskChain): Promise<BlockName> {
  const head = (await ask('eth_getBlockByNumber', ['latest', false])) as { number: string; hash: string };
  return { number: Number(head.number), hash: head.hash };
}

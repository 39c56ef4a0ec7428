import { setTimeout as delay } from 'node:timers/promises';
import { type AskChain, headOf } from './bringBack.ts';
import { ChainError } from './chainError.ts';
import type { BlockName } from './savedState.ts';

/** A pool is empty within milliseconds; what is in it for longer waits for something else than its block. */
const POOL_MS_MAX = 500;
const POOL_LOOK_MS = 5;
/** How long it is tried: others may send too, and not all the time. */
const TRIED_MS_MAX = 4_000;

/** A chain's state and the last block that is in it. */
export interface StillState {
  readonly block: BlockName;
  readonly state: string;
}

/** Where a chain stands, and what it may be about to mine. */
interface Standing {
  readonly block: BlockName;
  readonly pending: number;
}

/**
 * Everything of a chain, all of one moment. Its program reads the blocks first and the accounts after: what is mined
 * between would be in the accounts alone, and a chain brought back from that holds deposits without their events. So a
 * state counts only when nothing was being mined before, and nothing has been since.
 *
 * @param ask nobody of this process should send anything meanwhile
 * @fails ChainError when it does not stand still, or what `ask` fails with
 */
export async function stillState(ask: AskChain): Promise<StillState> {
  const lateMs = performance.now() + TRIED_MS_MAX;
  do {
    const before = await rested(ask);
    const state = (await ask('anvil_dumpState', [])) as string;
    const after = await standingOf(ask);
    if (after.block.hash === before.block.hash && after.pending === before.pending)
      return { block: before.block, state };
    await delay(POOL_LOOK_MS);
  } while (performance.now() < lateMs);
  throw new ChainError('The chain cannot be saved: its blocks come too fast.');
}

/** Waits until nothing is on its way into a block. */
async function rested(ask: AskChain): Promise<Standing> {
  const lateMs = performance.now() + POOL_MS_MAX;
  for (;;) {
    const standing = await standingOf(ask);
    if (standing.pending === 0 || performance.now() >= lateMs) return standing;
    await delay(POOL_LOOK_MS);
  }
}

/** The pool first: what leaves it between the two looks is in the block that is seen. */
async function standingOf(ask: AskChain): Promise<Standing> {
  const { pending } = (await ask('txpool_status', [])) as { pending: string };
  return { pending: Number(pending), block: await headOf(ask) };
}

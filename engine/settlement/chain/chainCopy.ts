import { type AnvilOptions, startAnvil } from './anvilProcess.ts';
import { bringBack, headOf } from './bringBack.ts';
import { callRpc } from './jsonRpc.ts';
import { type BlockName, readState } from './savedState.ts';

/** A chain that nobody else knows of, for as long as somebody tries something on it. */
export interface ChainCopy {
  readonly chainId: number;
  call(method: string, params: readonly unknown[], timeoutMs?: number): Promise<unknown>;
  settledHead(): Promise<BlockName>;
}

const ANSWER_MS_MAX = 5_000;
const ANSWER_BYTES_MAX = 4 * 1_024 * 1_024;

/**
 * Runs a chain as it was saved last in a process of its own and ends it afterwards, whatever comes of it. What is done
 * there happens nowhere else.
 *
 * @param dir folder of the saved state; without one the copy is an empty chain
 * @fails ChainError when it cannot be started or does not take the state; whatever `use` fails with
 */
export async function onChainCopy<T>(
  options: AnvilOptions & { readonly dir: string },
  use: (copy: ChainCopy) => Promise<T>,
): Promise<T> {
  const saved = await readState(options.dir);
  const anvil = await startAnvil(options);
  const call = (method: string, params: readonly unknown[], timeoutMs = ANSWER_MS_MAX) =>
    callRpc(anvil.url, method, params, { timeoutMs, answerBytesMax: ANSWER_BYTES_MAX });
  try {
    if (saved !== undefined)
      await bringBack((method, params) => call(method, params, options.startMsMax), saved);
    return await use({ chainId: options.chainId, call, settledHead: () => headOf(call) });
  } finally {
    await anvil.end();
  }
}

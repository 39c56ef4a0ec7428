import type { CodeKind } from '../../protocol/views/custody.ts';
import { ChainError } from '../chain/chainError.ts';
import type { BlockName } from '../chain/savedState.ts';
import type { ChainCaller } from './contractSignature.ts';

const ANSWER_MS_MAX = 2_000;
/** What an account of a key has in place of code that lends another's (EIP-7702): this, and the other's address. */
const DELEGATION = /^0xef0100[0-9a-f]{40}$/i;

/**
 * What an address is at one block.
 *
 * @fails ChainError when the chain is not there or does not have that block's state
 */
export async function codeKindOf(
  chain: ChainCaller,
  address: string,
  { hash }: BlockName,
): Promise<Exclude<CodeKind, 'unknown'>> {
  const code = await chain.call('eth_getCode', [address, { blockHash: hash }], ANSWER_MS_MAX);
  if (typeof code !== 'string' || !/^0x[0-9a-f]*$/i.test(code))
    throw new ChainError(`The chain answered ${JSON.stringify(code)}.`);
  if (code === '0x') return 'key';
  return DELEGATION.test(code) ? 'delegated' : 'contract';
}

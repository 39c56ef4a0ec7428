import { encodeAbiParameters, type Hex, parseAbiParameters } from 'viem';
import { ChainError } from '../chain/chainError.ts';
import { ChainRefusal } from '../chain/jsonRpc.ts';
import type { BlockName } from '../chain/savedState.ts';
import { contractCode } from './contractCode.ts';

/**
 * What a contract says of a signature: `valid` that it is its own; `refused` that it is not, or nothing that can be
 * understood; `noCode` that there is no contract; `notBinding` that it says yes to another hash as well.
 */
export type ContractVerdict = 'valid' | 'refused' | 'noCode' | 'notBinding';

export interface ContractQuestion {
  /** Address of the wallet. */
  readonly wallet: string;
  /** 32 bytes: what was signed. */
  readonly digest: string;
  /** ERC-1271's, or ERC-6492's when the wallet may not be there yet. */
  readonly signature: string;
  readonly block: BlockName;
}

export interface ChainCaller {
  call(method: string, params: readonly unknown[], timeoutMs?: number): Promise<unknown>;
}

/** Gas of one answer of the wallet, and of its making: ample for a quorum of dozens, milliseconds for a loop. */
const GAS_EACH = 5_000_000;
/** Making it, asking twice, and the probe itself. */
const GAS_ALL = 17_000_000;
const ANSWER_MS_MAX = 2_000;

const VERDICTS: readonly ContractVerdict[] = ['noCode', 'refused', 'valid', 'notBinding'];
const parameters = parseAbiParameters('address, bytes32, bytes, uint256');

/**
 * Asks a wallet that is a contract, at one block and within bounds of gas and time. Nothing is on chain for it and
 * nothing stays.
 *
 * @fails ChainError when the chain is not there or does not have that block's state
 */
export async function askContract(chain: ChainCaller, question: ContractQuestion): Promise<ContractVerdict> {
  const { wallet, digest, signature, block } = question;
  const given = encodeAbiParameters(parameters, [
    wallet as Hex,
    digest as Hex,
    signature as Hex,
    BigInt(GAS_EACH),
  ]);
  const probe = { data: `${contractCode.SignatureProbe}${given.slice(2)}`, gas: `0x${GAS_ALL.toString(16)}` };
  try {
    const word = await chain.call('eth_call', [probe, { blockHash: block.hash }], ANSWER_MS_MAX);
    const verdict = VERDICTS[Number(word)];
    if (verdict === undefined) throw new ChainError(`The chain answered ${String(word)}.`);
    return verdict;
  } catch (error) {
    if (error instanceof ChainRefusal && isOfProbe(error)) return 'refused';
    throw error;
  }
}

/** A wrapper that cannot be taken apart ends the probe itself; a missing block does not. */
function isOfProbe({ message }: ChainRefusal): boolean {
  return /revert|OutOfGas|EVM error|out of gas/i.test(message);
}

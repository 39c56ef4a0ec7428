import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import type { Leaf, LeafPath } from '../../protocol/settlement/root.ts';
import { assert } from '../../units/assert.ts';
import { root } from '../house/sources.ts';
import { vaultSettings } from './compileVault.ts';
import { type Caller, mined } from './testChain.ts';

const SOURCE = 'engine/settlement/contracts/test/Verifier.sol';

export const verifierAbi = parseAbi([
  'struct Leaf { bytes32 sub; bytes32 detail; uint128[] entitled; }',
  'struct Path { uint256 index; bytes32[] siblings; uint128[] sums; }',
  'struct Root { bytes32 accountsRoot; bytes32 withdrawalsRoot; bytes32 stateHash; bytes32 journalHead; bytes32 metaHash; uint64 epoch; uint64 seq; uint64 engineTime; uint64 depositCursor; uint128[] sums; bytes32 parent; }',
  'struct Withdrawal { bytes32 sub; uint64 nonce; uint8 asset; uint128 amount; address to; uint64 seq; }',
  'function rootsOf(Leaf[] leaves, Path[] paths) view returns (bytes32[] roots)',
  'function isPaidBy(bytes32 root, Withdrawal it, bytes32[] proof) view returns (bool)',
  'function rootStruct(Root root) pure returns (bytes32)',
  'function ofRoot(Root root) view returns (bytes32)',
  'function ofWithdrawal(Withdrawal it) view returns (bytes32)',
  'function ofWhitelist(bytes32 sub, address to, bool allow, uint64 nonce, uint64 deadline) view returns (bytes32)',
  'function ofEscape(bytes32 sub, address to, uint64 epoch) view returns (bytes32)',
]);

interface Compiled {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
}

/** What the vault computes inside, compiled as the vault is. */
function verifierCode(): Hex {
  // The package has no types of its own.
  const solc = createRequire(import.meta.url)('solc') as {
    compile(input: string, callbacks: { import(name: string): { contents: string } }): string;
  };
  const contents = (name: string) =>
    readFileSync(path.join(root, name.startsWith('@') ? `node_modules/${name}` : name), 'utf8');
  const settings = { ...vaultSettings, outputSelection: { [SOURCE]: { Verifier: ['evm.bytecode.object'] } } };
  const input = { language: 'Solidity', sources: { [SOURCE]: { content: contents(SOURCE) } }, settings };
  const answer = solc.compile(JSON.stringify(input), { import: (name) => ({ contents: contents(name) }) });
  const { errors = [], contracts } = JSON.parse(answer) as Compiled;
  const told = errors.filter(({ severity }) => severity === 'error');
  assert(told.length === 0, told.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return `0x${contracts![SOURCE]!.Verifier!.evm.bytecode.object}`;
}

/** The vault's computations on a chain. */
export class TreeVerifier {
  readonly address: Hex;
  readonly #chain: Caller;

  private constructor(chain: Caller, address: Hex) {
    this.#chain = chain;
    this.address = address;
  }

  static async on(chain: Caller): Promise<TreeVerifier> {
    const { contractAddress, status } = await mined(chain, { data: verifierCode() });
    assert(status === '0x1' && contractAddress !== null, 'the verifier is on the chain');
    return new TreeVerifier(chain, contractAddress);
  }

  /** The root by each path; zeros where it is refused. */
  async rootsOf(cases: readonly { leaf: Leaf; path: LeafPath }[]): Promise<readonly Hex[]> {
    const leaves = cases.map(({ leaf }) => leaf as Leaf & { sub: Hex; detail: Hex });
    const paths = cases.map(({ path: { index, siblings, sums } }) => ({
      index: BigInt(index),
      siblings: siblings as Hex[],
      sums,
    }));
    const data = encodeFunctionData({ abi: verifierAbi, functionName: 'rootsOf', args: [leaves, paths] });
    return decodeFunctionResult({ abi: verifierAbi, functionName: 'rootsOf', data: await this.answer(data) });
  }

  /** To a question that is encoded already. */
  async answer(data: Hex): Promise<Hex> {
    return (await this.#chain.call('eth_call', [{ to: this.address, data }, 'latest'], 30_000)) as Hex;
  }
}

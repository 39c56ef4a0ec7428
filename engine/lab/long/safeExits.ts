import { decodeFunctionResult, encodeFunctionData, type Hex, hashTypedData, keccak256 } from 'viem';
import { vaultDomain, vaultTypes } from '../../protocol/settlement/vaultMessages.ts';
import type { ProofView } from '../../protocol/views/settlement.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { weiPerUnit } from '../../settlement/vault/terms.ts';
import { tokenAbi } from '../../settlement/vault/vaultAbi.ts';
import { assert } from '../../units/assert.ts';
import { contractCode } from '../chain/contracts/contractCode.ts';
import { type Caller, mined } from '../chain/testChain.ts';
import { type CrowdSafe, FACTORY_MAKER, SAFE_FACTORY } from '../fixtures/crowdSafe.ts';

/** One account on its way out. */
export interface Exit {
  readonly proof: ProofView;
  /** Where it leaves to: its owner, or where its owner has signed for. */
  readonly to: Hex;
  /** Its owner, where that is a contract. */
  readonly safe: CrowdSafe | undefined;
  readonly isElsewhere: boolean;
}

/** By the maker's first transaction, so that all addresses are as they were planned. */
export async function makeFactory(chain: Caller): Promise<void> {
  const data = contractCode.OwnersWalletFactory;
  const { contractAddress } = await mined(chain, { data, personIndex: FACTORY_MAKER });
  assert(contractAddress?.toLowerCase() === SAFE_FACTORY.toLowerCase(), 'the factory is where it was to be');
}

/** Puts contracts where their owners' accounts say they are; anybody can. */
export async function makeSafes(chain: Caller, safes: readonly CrowdSafe[]): Promise<void> {
  for (const safe of safes) {
    await mined(chain, { to: SAFE_FACTORY, data: safe.making, personIndex: FACTORY_MAKER });
    const code = await chain.call('eth_getCode', [safe.address, 'latest']);
    assert(code !== '0x', `${safe.address} is on the chain`);
    safe.isThere = true;
  }
}

/** Half of a contract's accounts leave to the contract, the others to an address of its owner's choice. */
export function exitOf(proof: ProofView, place: number, safe: CrowdSafe | undefined): Exit {
  const isElsewhere = safe !== undefined && place % 2 === 1;
  const owner = proof.leaf.sub.slice(0, 42) as Hex;
  return { proof, safe, isElsewhere, to: isElsewhere ? elsewhereOf(safe) : owner };
}

function elsewhereOf({ address }: CrowdSafe): Hex {
  return `0x${keccak256(address).slice(-40)}`;
}

/** What the owner's keys sign for leaving to another address; empty where the owner itself is paid. */
export async function exitSignature({ proof, to, safe, isElsewhere }: Exit, keys?: number): Promise<Hex> {
  if (safe === undefined || !isElsewhere) return '0x';
  const message = { sub: proof.leaf.sub as Hex, to, epoch: BigInt(proof.epoch) };
  const domain = vaultDomain(proof.chainId, proof.vault);
  const types = { Escape: vaultTypes.Escape };
  return await safe.sign(hashTypedData({ domain, types, primaryType: 'Escape', message }), keys);
}

/**
 * Holds what contracts and the addresses they chose have now against what left to them: nothing else ever came there.
 *
 * @fails AssertionError where it is not the same to the wei
 */
export async function requireArrived(
  chain: EmbeddedChain,
  tokens: readonly Hex[],
  exits: readonly Exit[],
): Promise<void> {
  const expected = new Map<Hex, bigint[]>();
  for (const { safe, to, proof } of exits) {
    if (safe === undefined) continue;
    const sums = expected.get(to) ?? tokens.map(() => 0n);
    expected.set(
      to,
      sums.map((sum, asset) => sum + BigInt(proof.leaf.entitled[asset]!)),
    );
  }
  for (const [to, sums] of expected)
    for (const [asset, units] of sums.entries()) {
      const wei = await balanceOf(chain, tokens[asset]!, to);
      const wanted = units * weiPerUnit(sandboxVault.assets[asset]!);
      assert(wei === wanted, `${to} has ${wei} of asset ${asset}, and ${wanted} left to it`);
    }
}

async function balanceOf(chain: EmbeddedChain, token: Hex, who: Hex): Promise<bigint> {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [who] });
  const answer = (await chain.call('eth_call', [{ to: token, data }, 'latest'])) as Hex;
  return decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: answer }) as bigint;
}

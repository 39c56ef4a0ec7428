import { encodeFunctionData, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { type DeployedVault, deployVault } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import type { VaultPlan } from '../../settlement/vault/terms.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import { VaultReader } from '../../settlement/vault/vaultReader.ts';
import { personOf } from './testChain.ts';

/** Number of a guardian among the sandbox's people. */
const RISK = 3;

/** A vault on a chain with nothing in it, and who may do what to it. */
export interface TestVault {
  readonly places: DeployedVault;
  readonly treasury: Treasury;
  readonly reader: VaultReader;
  readonly deployer: Sender;
  /** By a guardian: takes a root back that is not final. */
  reject(epoch: number): Promise<unknown>;
}

/** @param change what is not as in the sandbox */
export async function openVault(chain: EmbeddedChain, change: Partial<VaultPlan> = {}): Promise<TestVault> {
  const plan = { ...sandboxVault, ...change };
  const deployer = senderOf(chain, 0);
  const places = await deployVault(deployer, plan);
  return {
    places,
    deployer,
    treasury: new Treasury(deployer, places, plan.assets),
    reader: new VaultReader(chain, places.vault),
    reject: (epoch) => {
      const args = [BigInt(epoch)] as const;
      const data = encodeFunctionData({ abi: vaultAbi, functionName: 'rejectRoot', args });
      return senderOf(chain, RISK).send({ what: `Rejecting root ${epoch}`, to: places.vault, data });
    },
  };
}

/** Somebody of the sandbox as a sender of transactions. */
export function senderOf(chain: EmbeddedChain, personIndex: number): Sender {
  const { privateKey } = personOf(personIndex).getHdKey();
  return new Sender(chain, privateKeyToAccount(toHex(privateKey!)));
}

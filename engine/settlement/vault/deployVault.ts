import { encodeDeployData, getContractAddress, type Hex } from 'viem';
import { ChainError } from '../chain/chainError.ts';
import type { Sender } from './sender.ts';
import { requireServable, type VaultPlan, weiPerUnit } from './terms.ts';
import { timelockAbi, tokenAbi, vaultAbi } from './vaultAbi.ts';
import { vaultCode } from './vaultCode.ts';

/** Where everything of a vault is. */
export interface DeployedVault {
  readonly vault: Hex;
  readonly governor: Hex;
  /** By asset number. */
  readonly tokens: readonly Hex[];
}

/** Where the deployer's transactions put things: the vault first, because its address is known to everybody before it is there. */
const VAULT_NONCE = 0;
const GOVERNOR_NONCE = 1;
const FIRST_TOKEN_NONCE = 2;
const NOBODY = `0x${'0'.repeat(40)}` as const;

/** The addresses a plan gets from this deployer, whether anything is there or not. */
export function addressesOf(deployer: Hex, plan: VaultPlan): DeployedVault {
  const at = (nonce: number) =>
    getContractAddress({ from: deployer, nonce: BigInt(nonce) }).toLowerCase() as Hex;
  return {
    vault: at(VAULT_NONCE),
    governor: at(GOVERNOR_NONCE),
    tokens: plan.assets.map((_, asset) => at(FIRST_TOKEN_NONCE + asset)),
  };
}

/**
 * Puts the vault, its governor and its tokens where they belong; what is there already stays. It can be killed anywhere
 * and begun again.
 *
 * @fails ChainError when the deployer's first transactions were others: the addresses are gone for good then; when its terms
 *   could not be served, before anything is sent
 */
export async function deployVault(sender: Sender, plan: VaultPlan): Promise<DeployedVault> {
  requireServable(plan.terms);
  const places = addressesOf(sender.account.address, plan);
  const creations = [
    { what: 'Making the vault', address: places.vault, data: vaultCreation(places, plan) },
    { what: 'Making the governor', address: places.governor, data: governorCreation(plan) },
    ...plan.assets.map(({ name, tokenDecimals }, asset) => ({
      what: `Making the token ${name}`,
      address: places.tokens[asset]!,
      data: encodeDeployData({
        abi: tokenAbi,
        bytecode: vaultCode.SandboxToken,
        args: [`${name} (sandbox)`, name, tokenDecimals],
      }),
    })),
  ];
  const sentBefore = await sender.nonce();
  for (const [nonce, { what, address, data }] of creations.entries()) {
    const code = await sender.chain.call('eth_getCode', [address, 'latest']);
    if (code !== '0x') continue;
    if (nonce < sentBefore)
      throw new ChainError(
        `The deployer ${sender.account.address} has sent ${sentBefore} transactions and ${address} is empty: nothing can be made there any more.`,
      );
    await sender.send({ what, data }, nonce);
  }
  return places;
}

function vaultCreation({ governor, tokens }: DeployedVault, plan: VaultPlan): Hex {
  const seconds = (text: number) => BigInt(text);
  const { terms } = plan;
  const assets = plan.assets.map((asset, index) => ({
    token: tokens[index]!,
    unit: weiPerUnit(asset),
    minimum: BigInt(asset.minimum),
    window: asset.windowS,
    capOfAll: BigInt(asset.capOfAll),
    capOfEach: BigInt(asset.capOfEach),
  }));
  const config = {
    governor,
    permit2: NOBODY,
    hot: plan.hot as Hex[],
    threshold: BigInt(plan.threshold),
    guardians: plan.guardians as Hex[],
    assets,
    terms: {
      dispute: seconds(terms.dispute),
      rootTimeout: seconds(terms.rootTimeout),
      forcedGrace: seconds(terms.forcedGrace),
      whitelistDelay: seconds(terms.whitelistDelay),
      reclaimDelay: seconds(terms.reclaimDelay),
      maxPause: seconds(terms.maxPause),
      lag: seconds(terms.lag),
      lead: seconds(terms.lead),
    },
  } as const;
  return encodeDeployData({ abi: vaultAbi, bytecode: vaultCode.Vault, args: [config] });
}

/** Anybody may carry out what the proposer announced long enough before. */
function governorCreation({ governorDelayS, proposer }: VaultPlan): Hex {
  return encodeDeployData({
    abi: timelockAbi,
    bytecode: vaultCode.TimelockController,
    args: [BigInt(governorDelayS), [proposer as Hex], [NOBODY], NOBODY],
  });
}

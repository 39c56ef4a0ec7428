import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import type { BlockName } from '../../settlement/chain/savedState.ts';
import type { DepositWatcher } from '../../settlement/vault/depositWatcher.ts';
import { type VaultPlan, weiPerUnit } from '../../settlement/vault/terms.ts';
import { tokenAbi } from '../../settlement/vault/vaultAbi.ts';
import type { VaultChain } from '../../settlement/vault/vaultChain.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { OpenVault } from './openVault.ts';
import { depositedUpTo, type Holding } from './reconcile.ts';

/** What came into the vault, what left it, and what it holds at a block, by asset number. */
export async function holdingsOf(
  chain: Pick<VaultChain, 'call'>,
  { places, watcher, history }: OpenVault & { watcher: DepositWatcher; history: VaultHistory },
  { assets }: VaultPlan,
  block: BlockName,
): Promise<Holding[]> {
  const { deposits } = watcher;
  const deposited = depositedUpTo(deposits, history.reclaimed, deposits.length, assets.length);
  const left = assets.map((_, asset) => history.escaped(asset));
  for (const { asset, amount } of history.paid) left[asset]! += amount;
  const held = await Promise.all(
    places.tokens.map(async (token, asset) => {
      const wei = await balanceOf(chain, token, places.vault, block);
      return wei / weiPerUnit(assets[asset]!);
    }),
  );
  return assets.map((_, asset) => ({
    deposited: deposited[asset]!,
    left: left[asset]!,
    held: held[asset]!,
  }));
}

async function balanceOf(
  chain: Pick<VaultChain, 'call'>,
  token: Hex,
  holder: Hex,
  { hash }: BlockName,
): Promise<bigint> {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [holder] });
  const answer = (await chain.call('eth_call', [{ to: token, data }, { blockHash: hash }])) as Hex;
  return decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: answer });
}

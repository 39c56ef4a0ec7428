import { decodeFunctionResult, encodeFunctionData, hashStruct, numberToHex } from 'viem';
import { vaultTypes } from '../../engine/protocol/settlement/vaultMessages.ts';
import type { ProofView, SettlementView } from '../../engine/protocol/views/settlement.ts';
import { callWallet } from '../wallet/connect.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { WalletError } from '../wallet/walletError.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

/** What the vault itself says of a root and of one account, at one block, through the person's own wallet. */
export interface ChainReading {
  vault: string;
  block: number;
  readMs: number;
  rootHash: string;
  finalEpoch: number;
  /** Units of each asset over all deposits the vault's last root counts. */
  credited: readonly bigint[];
  /** Units of each asset paid to the account ever. */
  paid: readonly bigint[];
  isEscaped: boolean;
}

/** EIP-712 struct hash of a root's fields: what the vault keeps of it. */
export function rootHashOf({ root }: ProofView): string {
  return hashStruct({
    primaryType: 'Root',
    types: vaultTypes,
    data: {
      ...(root as { [K in keyof typeof root]: (typeof root)[K] & `0x${string}` }),
      epoch: BigInt(root.epoch),
      seq: BigInt(root.seq),
      engineTime: BigInt(root.engineTime),
      depositCursor: BigInt(root.depositCursor),
      sums: root.sums.map(BigInt),
    },
  });
}

/**
 * @fails WalletError wallet.otherChain, wallet.noVault, or what the wallet said
 */
export async function readRoot(provider: WalletProvider, proof: ProofView): Promise<ChainReading> {
  const vault = proof.vault as `0x${string}`;
  const sub = proof.leaf.sub as `0x${string}`;
  await requireChain(provider, proof.chainId);
  const block = Number(await callWallet(provider, 'eth_blockNumber'));
  const at = numberToHex(block);
  const code = await callWallet(provider, 'eth_getCode', vault, at);
  if (code === '0x')
    throw new WalletError('wallet.noVault', `On chain ${proof.chainId} there is no vault at ${vault}.`);
  const ask = vaultAsker(provider, vault, at);
  const assets = proof.leaf.entitled.map((_, asset) => BigInt(asset));
  const [rootHash, finalEpoch, isEscaped, credited, paid] = await Promise.all([
    ask('rootHash', [BigInt(proof.epoch)]),
    ask('finalEpoch', []),
    ask('escaped', [sub]),
    Promise.all(assets.map((asset) => ask('credited', [asset]))),
    Promise.all(assets.map((asset) => ask('paid', [sub, asset]))),
  ]);
  return {
    vault,
    block,
    readMs: Date.now(),
    rootHash: rootHash as string,
    finalEpoch: Number(finalEpoch),
    credited: credited as bigint[],
    paid: paid as bigint[],
    isEscaped: isEscaped as boolean,
  };
}

/** Units of each asset that an account was paid ever, as of the newest block. @fails WalletError */
export async function readPaid(provider: WalletProvider, { vault, leaf }: ProofView): Promise<bigint[]> {
  const ask = vaultAsker(provider, vault, 'latest');
  const assets = leaf.entitled.map((_, asset) => BigInt(asset));
  return (await Promise.all(assets.map((asset) => ask('paid', [leaf.sub, asset])))) as bigint[];
}

/** Units of each asset that a token refused when the account left, as of the newest block. @fails WalletError */
export async function readOwed(
  provider: WalletProvider,
  { chainId, vault, assets }: Pick<SettlementView, 'chainId' | 'vault' | 'assets'>,
  sub: string,
): Promise<bigint[]> {
  await requireChain(provider, chainId);
  const ask = vaultAsker(provider, vault, 'latest');
  return (await Promise.all(assets.map(({ asset }) => ask('owed', [sub, BigInt(asset)])))) as bigint[];
}

type Asked = Extract<(typeof vaultAbi)[number], { type: 'function'; stateMutability: 'view' }>['name'];

/** Asks the vault through a wallet, as of one block. */
function vaultAsker(provider: WalletProvider, vault: string, at: string) {
  return async (functionName: Asked, args: readonly unknown[]): Promise<unknown> => {
    const data = encodeFunctionData({ abi: vaultAbi, functionName, args } as never);
    const answer = await callWallet(provider, 'eth_call', { to: vault, data }, at);
    // A place without code answers nothing at all.
    if (answer === '0x')
      throw new WalletError('wallet.noVault', `On this chain there is no vault at ${vault}.`);
    return decodeFunctionResult({ abi: vaultAbi, functionName, data: answer as `0x${string}` } as never);
  };
}

/** What a wallet has of a token, and how much of it the vault may take, in token wei. */
export async function readToken(
  provider: WalletProvider,
  { chainId, token, owner, vault }: { chainId: number; token: string; owner: string; vault: string },
): Promise<{ balance: bigint; allowance: bigint }> {
  await requireChain(provider, chainId);
  const ask = async (functionName: 'balanceOf' | 'allowance', args: readonly string[]) => {
    const data = encodeFunctionData({ abi: tokenAbi, functionName, args } as never);
    const answer = (await callWallet(provider, 'eth_call', { to: token, data }, 'latest')) as string;
    if (answer === '0x')
      throw new WalletError('wallet.noToken', `On this chain there is no token at ${token}.`);
    return BigInt(answer);
  };
  const [balance, allowance] = await Promise.all([
    ask('balanceOf', [owner]),
    ask('allowance', [owner, vault]),
  ]);
  return { balance, allowance };
}

/** @fails WalletError wallet.otherChain */
async function requireChain(provider: WalletProvider, chainId: number): Promise<void> {
  const on = Number(await callWallet(provider, 'eth_chainId'));
  if (on === chainId) return;
  const sentence = `Your wallet is on chain ${on}, the vault on ${chainId}. Put your wallet on that chain.`;
  throw new WalletError('wallet.otherChain', sentence);
}

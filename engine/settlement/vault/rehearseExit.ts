import { decodeEventLog, decodeFunctionData, encodeFunctionData, erc20Abi, type Hex } from 'viem';
import { type Receipt, RevertError, type Sender } from './sender.ts';
import type { VaultTerms } from './terms.ts';
import { vaultAbi } from './vaultAbi.ts';
import { VaultReader } from './vaultReader.ts';

/** What became of one account's way out. */
export interface RehearsedExit {
  /** Subaccount: `0x`, 64 digits, lower case. */
  readonly sub: Hex;
  readonly to: Hex;
  /** Token wei that arrived with the receiver, by asset number. */
  readonly receivedWei: readonly bigint[];
  readonly gas: number;
  /** The vault's own name for why it refuses; empty where it paid. */
  readonly refusal: string;
}

export interface ExitRehearsal {
  /** The root everybody leaves by. */
  readonly epoch: number;
  /** How long nobody posted a root, in seconds; 0 where the vault was frozen already. */
  readonly silenceS: number;
  /** Of the freeze; 0 where it was frozen already. */
  readonly freezeGas: number;
  readonly exits: readonly RehearsedExit[];
}

/** Arguments of an exit as somebody would send it; undefined for anything else. */
export function escapeIn(data: Hex): { sub: Hex; to: Hex } | undefined {
  try {
    const call = decodeFunctionData({ abi: vaultAbi, data });
    if (call.functionName !== 'escape') return undefined;
    const [leaf, , to] = call.args;
    return { sub: leaf.sub.toLowerCase() as Hex, to: to.toLowerCase() as Hex };
  } catch {
    return undefined;
  }
}

/**
 * The desk's end as the vault would live through it: silence until a freeze is due, the freeze, and each exit as it stands
 * in a kit. Sent by somebody without any part in it. For a copy of the chain: a freeze has no way back.
 *
 * @param tokens of the vault's assets, by number
 * @param escapes data of `escape` transactions
 * @fails RevertError when the vault cannot be frozen; ChainError
 */
export async function rehearseExit(
  sender: Sender,
  { vault, tokens }: { vault: Hex; tokens: readonly Hex[] },
  terms: VaultTerms,
  escapes: readonly Hex[],
): Promise<ExitRehearsal> {
  const reader = new VaultReader(sender.chain, vault);
  const isFrozen = await reader.ask('frozen', []);
  const freezing = isFrozen ? { silenceS: 0, freezeGas: 0 } : await freeze(sender, vault, terms);
  const exits: RehearsedExit[] = [];
  for (const data of escapes) exits.push(await leave(sender, vault, tokens, data));
  return { epoch: Number(await reader.ask('finalEpoch', [])), ...freezing, exits };
}

async function freeze(sender: Sender, vault: Hex, { rootTimeout, maxPause }: VaultTerms) {
  const data = encodeFunctionData({ abi: vaultAbi, functionName: 'freeze' });
  const passAndFreeze = async (seconds: number) => {
    await sender.chain.call('evm_increaseTime', [seconds]);
    await sender.chain.call('evm_mine', []);
    return await sender.send({ what: 'Freezing the vault', to: vault, data });
  };
  try {
    const { gasUsed } = await passAndFreeze(rootTimeout + 1);
    return { silenceS: rootTimeout + 1, freezeGas: Number(gasUsed) };
  } catch (error) {
    if (!(error instanceof RevertError) || error.reason !== 'NotDue') throw error;
    // A guardian's pause makes the wait longer, by itself at most.
    const { gasUsed } = await passAndFreeze(maxPause);
    return { silenceS: rootTimeout + 1 + maxPause, freezeGas: Number(gasUsed) };
  }
}

async function leave(sender: Sender, vault: Hex, tokens: readonly Hex[], data: Hex): Promise<RehearsedExit> {
  const { sub, to } = escapeIn(data)!;
  const nothing = tokens.map(() => 0n);
  try {
    const receipt = await sender.send({ what: 'Leaving the vault', to: vault, data });
    const receivedWei = tokens.map((token) => arrivedIn(receipt, token, to));
    return { sub, to, receivedWei, gas: Number(receipt.gasUsed), refusal: '' };
  } catch (error) {
    if (!(error instanceof RevertError)) throw error;
    return { sub, to, receivedWei: nothing, gas: 0, refusal: error.reason || 'Reverted' };
  }
}

/** By the token's own events, not by what the vault says it sent. */
function arrivedIn({ logs }: Receipt, token: Hex, to: Hex): bigint {
  let wei = 0n;
  for (const { address, topics, data } of logs) {
    if (address.toLowerCase() !== token) continue;
    const { eventName, args } = decodeEventLog({ abi: erc20Abi, topics, data });
    if (eventName === 'Transfer' && args.to.toLowerCase() === to) wei += args.value;
  }
  return wei;
}

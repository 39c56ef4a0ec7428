import { decodeFunctionResult, domainSeparator, encodeFunctionData, type Hex, parseSignature } from 'viem';
import { callWallet } from '../wallet/connect.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { domainFields } from '../wallet/domainFields.ts';
import { permitAbi } from './vaultAbi.ts';

/** What an owner's allowance takes to be signed: the domain the token hashes, and the owner's next number there. */
export interface PermitTerms {
  domain: { name: string; version: string; chainId: number; verifyingContract: Hex };
  nonce: bigint;
}

/** What is allowed, in token wei. */
export interface Permit extends PermitTerms {
  owner: string;
  spender: string;
  value: bigint;
  /** Seconds since 1970. */
  deadlineSec: number;
}

/**
 * Whether an allowance of this token can be signed (EIP-2612), and how.
 *
 * @returns undefined where it has to be a transaction: a token without permits, or one that hashes another domain than it
 *   says, and an owner that is a contract, whose signature such tokens do not ask it for
 */
export async function readPermit(
  provider: WalletProvider,
  { chainId, token, owner }: { chainId: number; token: string; owner: string },
): Promise<PermitTerms | undefined> {
  const ask = async (functionName: Asked, args: readonly string[] = []): Promise<unknown> => {
    const data = encodeFunctionData({ abi: permitAbi, functionName, args } as never);
    const answer = (await callWallet(provider, 'eth_call', { to: token, data }, 'latest')) as Hex;
    return decodeFunctionResult({ abi: permitAbi, functionName, data: answer } as never);
  };
  try {
    if ((await callWallet(provider, 'eth_getCode', owner, 'latest')) !== '0x') return undefined;
    const [separator, nonce, name, version] = await Promise.all([
      ask('DOMAIN_SEPARATOR'),
      ask('nonces', [owner]),
      ask('name'),
      versionOf(ask),
    ]);
    const verifyingContract = token as Hex;
    const domain = { name: name as string, version, chainId, verifyingContract };
    return domainSeparator({ domain }) === separator ? { domain, nonce: nonce as bigint } : undefined;
  } catch {
    return undefined;
  }
}

type Asked = (typeof permitAbi)[number]['name'];

/** As its standard has it (EIP-5267), or as the tokens before it did. */
async function versionOf(ask: (functionName: Asked) => Promise<unknown>): Promise<string> {
  try {
    const [, , version] = (await ask('eip712Domain')) as readonly unknown[];
    return version as string;
  } catch {
    return (await ask('version')) as string;
  }
}

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/** As wallets take it: numbers as decimal text. */
export function permitTypedData({ domain, nonce, owner, spender, value, deadlineSec }: Permit) {
  return {
    domain,
    types: { EIP712Domain: domainFields, ...permitTypes },
    primaryType: 'Permit' as const,
    message: {
      ...{ owner, spender },
      value: String(value),
      nonce: String(nonce),
      deadline: String(deadlineSec),
    },
  };
}

/** @returns undefined for what is no signature of a key */
export function splitSignature(signature: string): { v: number; r: Hex; s: Hex } | undefined {
  try {
    const { r, s, yParity } = parseSignature(signature as Hex);
    return { v: 27 + yParity, r, s };
  } catch {
    return undefined;
  }
}

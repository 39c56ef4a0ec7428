import * as z from 'zod/mini';
import { scopeWords, utcMinute } from '../keyWords.ts';

/** Sign-in and agent keys at the door. */

const address = z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/));
const walletSignature = z.string().check(z.regex(/^0x(?:[0-9a-fA-F]{2}){65,}$/), z.maxLength(16_386));

/** POST /api/v1/session: an EIP-4361 message as signed, and the signature. */
export const signInWire = z.strictObject({
  message: z.string().check(z.maxLength(4_096)),
  signature: walletSignature,
});
export type SignInWire = z.infer<typeof signInWire>;

/** The fields of an AgentScope. */
export const agentScopeWire = {
  markets: z.array(z.string().check(z.regex(/^[A-Z0-9/-]{1,32}$/))).check(z.maxLength(64)),
  notionalPerHourUsd: z.int().check(z.nonnegative()),
  addresses: z.array(z.string().check(z.regex(/^[0-9a-fA-F.:]{2,45}$/))).check(z.maxLength(16)),
};

/** POST /api/v1/agents: a session key and the wallet's EIP-712 signature that lets it trade. */
export const approveAgentWire = z.strictObject({
  member: address,
  scheme: z.enum(['ed25519', 'p256']),
  publicKey: z.string().check(z.regex(/^[0-9a-f]{64,130}$/)),
  accounts: z.array(z.int().check(z.nonnegative())).check(z.maxLength(64)),
  expiresAtMs: z.int().check(z.positive()),
  nonce: z.int().check(z.positive()),
  /** Empty lists and 0 hold it to nothing. */
  scope: z.strictObject(agentScopeWire),
  signature: walletSignature,
});
export type ApproveAgentWire = z.infer<typeof approveAgentWire>;

/** POST /api/v1/sandbox/faucet */
export const faucetWire = z.strictObject({
  account: z.int().check(z.nonnegative()),
  asset: z.string().check(z.regex(/^[A-Z0-9]{1,12}$/)),
  /** Decimal string in whole units. */
  amount: z.string().check(z.regex(/^[0-9]{1,12}(\.[0-9]{1,8})?$/)),
});
export type FaucetWire = z.infer<typeof faucetWire>;

/**
 * The typed data a wallet signs to approve an agent; domain {name: "Ballast", version: "1", chainId,
 * verifyingContract: vault}.
 */
export const approveAgentTypes = {
  ApproveAgent: [
    { name: 'member', type: 'address' },
    { name: 'scheme', type: 'string' },
    { name: 'publicKey', type: 'bytes' },
    { name: 'accounts', type: 'uint32[]' },
    { name: 'expiresAtMs', type: 'uint64' },
    { name: 'markets', type: 'string[]' },
    { name: 'notionalPerHourUsd', type: 'uint64' },
    { name: 'addresses', type: 'string[]' },
    { name: 'nonce', type: 'uint64' },
    { name: 'summary', type: 'string' },
  ],
} as const;

/**
 * The sentence a wallet shows beside the typed data. Browser and desk build it from the same facts, and
 * the desk refuses any other text.
 *
 * @example "Let ed25519 key 3b6a…e1c9 trade accounts 4, 5 and their pots until 2026-11-22 03:50 UTC. It can never withdraw."
 */
export function approveAgentSummary(
  request: Pick<ApproveAgentWire, 'scheme' | 'publicKey' | 'accounts' | 'expiresAtMs' | 'scope'>,
): string {
  const { scheme, publicKey, accounts, scope: narrowed } = request;
  const key = `${publicKey.slice(0, 4)}…${publicKey.slice(-4)}`;
  const scope =
    accounts.length === 0 ? 'every account you may trade' : `accounts ${accounts.join(', ')} and their pots`;
  return `Let ${scheme} key ${key} trade ${scope}${scopeWords(narrowed)} until ${utcMinute(request.expiresAtMs)} UTC. It can never withdraw.`;
}

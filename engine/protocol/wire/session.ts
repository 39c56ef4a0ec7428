import * as z from 'zod/mini';

/** Sign-in and agent keys at the door. */

const address = z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/));
const walletSignature = z.string().check(z.regex(/^0x[0-9a-fA-F]{130,}$/), z.maxLength(4_096));

/** POST /api/v1/session: an EIP-4361 message as signed, and the signature. */
export const signInWire = z.strictObject({
  message: z.string().check(z.maxLength(4_096)),
  signature: walletSignature,
});
export type SignInWire = z.infer<typeof signInWire>;

/** POST /api/v1/agents: a session key and the wallet's EIP-712 signature that lets it trade. */
export const approveAgentWire = z.strictObject({
  member: address,
  scheme: z.enum(['ed25519', 'p256']),
  publicKey: z.string().check(z.regex(/^[0-9a-f]{64,130}$/)),
  accounts: z.array(z.int().check(z.nonnegative())).check(z.maxLength(64)),
  expiresAtMs: z.int().check(z.positive()),
  nonce: z.int().check(z.positive()),
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
    { name: 'nonce', type: 'uint64' },
    { name: 'summary', type: 'string' },
  ],
} as const;

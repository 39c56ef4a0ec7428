import * as z from 'zod/mini';
import { formatDecimal } from '../../units/decimal.ts';
import { MINUTE_MS } from '../../units/time.ts';

/** Sign-in and agent keys at the door. */

const address = z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/));
const walletSignature = z.string().check(z.regex(/^0x(?:[0-9a-fA-F]{2}){65,}$/), z.maxLength(16_386));

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
  /** Empty lists and 0 hold it to nothing. */
  scope: z.strictObject({
    markets: z.array(z.string().check(z.regex(/^[A-Z0-9/-]{1,32}$/))).check(z.maxLength(64)),
    notionalPerHourUsd: z.int().check(z.nonnegative()),
    addresses: z.array(z.string().check(z.regex(/^[0-9a-fA-F.:]{2,45}$/))).check(z.maxLength(16)),
  }),
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

/** Every part that is set, so that nothing is agreed to unread. */
function scopeWords({ markets, notionalPerHourUsd, addresses }: ApproveAgentWire['scope']): string {
  const parts = [
    ...(markets.length === 0 ? [] : [` in ${markets.join(', ')} only`]),
    ...(notionalPerHourUsd === 0 ? [] : [` for ${formatDecimal(notionalPerHourUsd, 6)} USD an hour at most`]),
    ...(addresses.length === 0 ? [] : [` from ${addresses.join(', ')} only`]),
  ];
  return parts.join(',');
}

/** `2026-11-22 03:50`. These floors have no Date: days are counted in the proleptic Gregorian calendar. */
function utcMinute(timeMs: number): string {
  const minutes = Math.floor(timeMs / MINUTE_MS);
  const minuteOfDay = minutes % 1_440;
  // Days since 0000-03-01, so that the leap day is the last of its year (Hinnant, days_from_civil).
  const days = (minutes - minuteOfDay) / 1_440 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

import { roleWords } from '../../engine/protocol/roleWords.ts';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';

/** Who acted, by the name the firm has for their wallet. */
export function actorWords({ actor }: AuditRecord, firm: FirmView | undefined): string {
  const { address, role } = actor;
  if (!address.startsWith('0x')) return address === '' ? 'nobody signed in' : address;
  const member = firm?.members.find(
    ({ wallets, address: first }) => first === address || wallets.includes(address),
  );
  return (
    member?.label ?? (role === '' ? shortAddress(address) : `${roleWords(role)} ${shortAddress(address)}`)
  );
}

export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** What the parameters say, in the order they stand, as one line. */
export function paramsWords({ params }: AuditRecord): string {
  if (typeof params !== 'object' || params === null) return String(params);
  return Object.entries(params)
    .filter(([key, value]) => !key.startsWith('clientId') && value !== '' && !isEmpty(value))
    .map(([key, value]) => `${key} ${plain(value)}`)
    .join(' · ');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A refusal is told by its code, which has a dot. */
export function isRefusal(result: string): boolean {
  return result.includes('.');
}

/** `waiting`, `approved` and `agreed` are on their way; the rest is how it ended. */
export function resultTone(result: string): 'plain' | 'warn' | 'info' {
  if (isRefusal(result) || result === 'failed' || result === 'vetoed') return 'warn';
  return result === 'waiting' || result === 'approved' || result === 'agreed' ? 'info' : 'plain';
}

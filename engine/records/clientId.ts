import type { ClientId } from '../protocol/commands/types.ts';

const NO_CLIENT_ID = '0'.repeat(32);

/** Four words as 32 hex digits; null when the client gave none, which no row can be found by. */
export function clientIdText(id: ClientId): string | null {
  const hex = [id.clientId0, id.clientId1, id.clientId2, id.clientId3]
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
  return hex === NO_CLIENT_ID ? null : hex;
}

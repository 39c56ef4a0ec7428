import type { ClientId } from '../../protocol/commands/types.ts';

const NO_CLIENT_ID = '0'.repeat(32);

/** 32 hex digits as four signed words; nothing is four zeros. */
export function clientIdWords(hex: string = NO_CLIENT_ID): ClientId {
  const word = (index: number) => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16) | 0;
  return { clientId0: word(0), clientId1: word(1), clientId2: word(2), clientId3: word(3) };
}

/** Four words as 32 hex digits, or empty when the client gave none. */
export function clientIdText(id: ClientId): string {
  const hex = [id.clientId0, id.clientId1, id.clientId2, id.clientId3]
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
  return hex === NO_CLIENT_ID ? '' : hex;
}

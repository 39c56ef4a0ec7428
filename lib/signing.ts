import type { CommandEnvelopeWire, CommandWire, OperationWire } from '../engine/protocol/wire/commands.ts';
import type { AgentHandle } from './stores/sessionStore.ts';

const algorithms = {
  ed25519: { name: 'Ed25519' },
  p256: { name: 'ECDSA', hash: 'SHA-256' },
} as const;

let lastNonce = 0;

/** Time in milliseconds, and always higher than the one before: two orders may leave in one millisecond. */
export function nextNonce(nowMs: number): number {
  lastNonce = Math.max(lastNonce + 1, nowMs);
  return lastNonce;
}

/** The exact text that is signed, sent and journalled. Nobody re-orders or re-prints it later. */
export function commandText(
  desk: { chainId: number; vault: string },
  nonce: number,
  operations: OperationWire[],
): string {
  const wire: CommandWire = {
    domain: 'Ballast',
    chainId: desk.chainId,
    vault: desk.vault,
    nonce,
    operations,
  };
  return JSON.stringify(wire);
}

/** Signs the text's UTF-8 bytes with the session's agent key. */
export async function signText(agent: AgentHandle, text: string): Promise<CommandEnvelopeWire> {
  const bytes = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign(algorithms[agent.scheme], agent.privateKey, bytes);
  return { text, agent: agent.publicKey, signature: hexOf(new Uint8Array(signature)) };
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 128 random bits as 32 hex digits. */
export function newClientId(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}

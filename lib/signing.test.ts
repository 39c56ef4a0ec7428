import { expect, test } from 'vitest';
import { commandWire } from '../engine/protocol/wire/commands.ts';
import { createAgentKey } from './agentKey.ts';
import { commandText, newClientId, nextNonce, signText } from './signing.ts';
import type { AgentHandle } from './stores/sessionStore.ts';

const desk = { chainId: 31_337, vault: `0x${'ab'.repeat(20)}` };

test('a nonce is the time and always higher than the one before', () => {
  const nowMs = Date.now();
  const first = nextNonce(nowMs);
  expect(first).toBeGreaterThanOrEqual(nowMs);
  expect(nextNonce(nowMs)).toBe(first + 1);
  expect(nextNonce(nowMs - 5_000)).toBe(first + 2);
});

test('the signed text is a command the door reads', () => {
  const text = commandText(desk, 7, [{ type: 'CancelOrder', account: 4, orderId: 12 }]);
  expect(commandWire.safeParse(JSON.parse(text)).success).toBe(true);
});

test('the agent key signs the UTF-8 bytes, cannot be taken out, and another key does not fit', async () => {
  const agent = await createAgentKey(Date.now() + 60_000);
  expect(agent.privateKey.extractable).toBe(false);
  const text = commandText(desk, 8, [{ type: 'CancelAll', account: 4 }]);
  const envelope = await signText(agent, text);
  expect(envelope.text).toBe(text);
  expect(envelope.signature).toMatch(/^[0-9a-f]{128}$/);
  expect(await isSignedBy(agent, envelope.signature, text)).toBe(true);
  expect(await isSignedBy(agent, envelope.signature, `${text} `)).toBe(false);
});

async function isSignedBy(agent: AgentHandle, signature: string, text: string): Promise<boolean> {
  const algorithm =
    agent.scheme === 'ed25519'
      ? { name: 'Ed25519' }
      : { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(agent.publicKey), algorithm, true, ['verify']);
  return crypto.subtle.verify(algorithm, key, bytesOf(signature), new TextEncoder().encode(text));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

test('client ids are 128 random bits', () => {
  expect(newClientId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newClientId()).not.toBe(newClientId());
});

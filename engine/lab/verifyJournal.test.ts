// Goal: a journal proves by itself who asked for what. How: journals are written as a desk would write them, with one
// thing wrong in each; a verifier that knows only the folder must name it.
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mnemonicToAccount } from 'viem/accounts';
import { afterEach, expect, test } from 'vitest';
import { agentTypedData, approveAgentCommand, approveAgentProof } from '../api/native/agentApproval.ts';
import { EngineClient } from '../host/threads/engineClient.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { type Envelope, encodeEnvelope, type Proof, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import type { ApproveAgent, Command } from '../protocol/commands/types.ts';
import type { ApproveAgentWire } from '../protocol/wire/session.ts';
import { SANDBOX_CHAIN_ID, SANDBOX_VAULT, sandboxGenesis } from '../sandbox/genesis.ts';
import { verifyJournal } from './verifyJournal.ts';

const mnemonic = 'test test test test test test test test test test test junk';
const trader = mnemonicToAccount(mnemonic, { addressIndex: 1 });
const desk = { chainId: SANDBOX_CHAIN_ID, vault: SANDBOX_VAULT };
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
/** Wallets and keys are numbered in the order they came: this one is the first after the sandbox's own. */
const AGENT =
  sandboxGenesis().filter(({ kind }) => kind === 'AddMember' || kind === 'ApproveAgent').length + 1;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function approval(change: Partial<ApproveAgent> = {}): Promise<Envelope> {
  const request: Omit<ApproveAgentWire, 'signature'> = {
    member: trader.address.toLowerCase(),
    scheme: 'ed25519',
    publicKey: key,
    accounts: [8],
    expiresAtMs: Date.now() + 3_600_000,
    nonce: Date.now(),
    scope: { markets: [], notionalPerHourUsd: 0, addresses: [] },
  };
  const typedData = agentTypedData(desk, request);
  const { message, domain } = typedData;
  const signature = await trader.signTypedData({
    ...typedData,
    domain: { ...domain, verifyingContract: domain.verifyingContract as `0x${string}` },
    message: {
      ...message,
      member: trader.address,
      publicKey: message.publicKey as `0x${string}`,
      expiresAtMs: BigInt(request.expiresAtMs),
      notionalPerHourUsd: BigInt(request.scope.notionalPerHourUsd),
      nonce: BigInt(request.nonce),
    },
  });
  const signed = { ...request, signature };
  const command = { ...approveAgentCommand(signed), ...change };
  return { actor: SYSTEM_ACTOR, nonce: 0, command, proof: approveAgentProof(typedData, signed) };
}

function cancelAll(change: { command?: Command; proof?: Partial<Proof>; nonce?: number } = {}): Envelope {
  const nonce = Date.now();
  const operations = [{ type: 'CancelAll', account: 8 }];
  const signedText = JSON.stringify({ domain: 'Ballast', ...desk, nonce, operations });
  const signature = sign(null, Buffer.from(signedText, 'utf8'), privateKey).toString('hex');
  return {
    actor: AGENT,
    nonce: change.nonce ?? nonce,
    command: change.command ?? { kind: 'CancelAll', account: 8, instrument: 65_535 },
    proof: { scheme: 'ed25519', key, signature, signedText, ...change.proof },
  };
}

async function journalOf(...envelopes: Envelope[]): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-verify-'));
  folders.push(dir);
  const engine = new EngineClient(dir, { durable: () => {}, alarm: () => {}, died: () => {} });
  await engine.recovered;
  const genesis = sandboxGenesis().map((command) => ({
    actor: SYSTEM_ACTOR,
    nonce: 0,
    command,
    proof: undefined,
  }));
  await Promise.all([...genesis, ...envelopes].map((envelope) => engine.submit(encodeEnvelope(envelope))));
  await engine.stop();
  return dir;
}

test('P12: an honest journal verifies', async () => {
  const dir = await journalOf(await approval(), cancelAll());
  const found = await verifyJournal(nodeDisk, dir);
  expect(found).toMatchObject({ from: 'genesis', sequence: sandboxGenesis().length + 2, signatureCount: 2 });
  expect(found.stateHash).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  ['another text than the one signed', { proof: { signedText: '{}' } }, /not of key/],
  ['a signature of somebody else', { proof: { signature: '00'.repeat(64) } }, /not of key/],
  [
    'another command',
    { command: { kind: 'CancelAll', account: 9, instrument: 65_535 } as const },
    /not the one that was signed/,
  ],
  ['another nonce', { nonce: Date.now() + 5_000 }, /not the one that was signed/],
])('a command with %s is found', async (_, change, sentence) => {
  const dir = await journalOf(await approval(), cancelAll(change));
  await expect(verifyJournal(nodeDisk, dir)).rejects.toThrow(sentence);
});

test('a command of an outside key without a signature is found', async () => {
  const dir = await journalOf(await approval(), { ...cancelAll(), proof: undefined });
  await expect(verifyJournal(nodeDisk, dir)).rejects.toThrow(/must sign, and has no signature/);
});

test('an order of the desk itself is found: the engine asks it for no right', async () => {
  const { command } = cancelAll();
  const dir = await journalOf({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
  await expect(verifyJournal(nodeDisk, dir)).rejects.toThrow(/is the desk's own, of no key/);
});

test('an approval wider than the one a wallet signed is found', async () => {
  const dir = await journalOf(await approval({ accounts: [8, 9] }));
  await expect(verifyJournal(nodeDisk, dir)).rejects.toThrow(/not the approval/);
});

test('an approval that no wallet signed is found', async () => {
  const { command } = await approval();
  const dir = await journalOf({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
  await expect(verifyJournal(nodeDisk, dir)).rejects.toThrow(/without a wallet's signature/);
});

test('P12: one flipped bit is found', async () => {
  const dir = await journalOf(await approval(), cancelAll());
  const segment = readdirSync(dir).find((name) => name.endsWith('.seg'))!;
  const bytes = readFileSync(path.join(dir, segment));
  bytes[1_000]! ^= 4;
  writeFileSync(path.join(dir, segment), bytes);
  await expect(verifyJournal(nodeDisk, dir)).rejects.toMatchObject({ code: 'journal.corrupt' });
});

import { assert } from '../../units/assert.ts';
import { ByteReader, ByteWriter } from '../bytes.ts';
import {
  createOrderScratch,
  readOrderCommand,
  readReportPrices,
  writeBatch,
  writeOrderCommand,
  writeReportPrices,
} from './hotCodec.ts';
import { commandKindName, isOrderKind, tagOf } from './kinds.ts';
import type { Batch, Command } from './types.ts';

/** Who asks when nobody outside does: the host itself. */
export const SYSTEM_ACTOR = 0;

/**
 * One command as it is journalled: who asked, what, and how they proved it.
 *
 * `proof` is the exact signed bytes and the signature over them, so that an auditor can check who
 * asked; the engine never reads it.
 */
export interface Envelope {
  /** Agent number, or SYSTEM_ACTOR. */
  actor: number;
  /** Nonce of the agent; 0 where none is asked (system, local agents). */
  nonce: number;
  command: Command;
  proof: Proof | undefined;
}

export interface Proof {
  /** eip1271: the wallet is a contract, and `block` is where the chain was asked; nobody can check it without one. */
  scheme: 'ed25519' | 'p256' | 'eip712' | 'eip1271';
  /** Raw public key or address, lower case hex. */
  key: string;
  signature: string;
  /** The signed text: JSON of the command as sent, or of the typed data. */
  signedText: string;
  /** Of eip1271 alone. */
  block?: { readonly number: number; readonly hash: string };
}

/** Whether a wallet signed, be it a key or a contract, and not a session's key. */
export function isOfWallet({ scheme }: Proof): boolean {
  return scheme === 'eip712' || scheme === 'eip1271';
}

/** kind u8, hasProof u8, actor u32, nonce f64: 14 bytes before the body. */
const writer = new ByteWriter();

/** The bytes of an envelope, as the journal's frame holds them. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const { command, proof } = envelope;
  writer.reset();
  writer.u8(tagOf(command));
  writer.u8(proof === undefined ? 0 : 1);
  writer.u32(envelope.actor);
  writer.f64(envelope.nonce);
  writeBody(writer, command);
  if (proof !== undefined) writer.text(JSON.stringify(proof));
  return writer.take();
}

function writeBody(to: ByteWriter, command: Command): void {
  switch (command.kind) {
    case 'PlaceOrder':
    case 'PlaceScale':
    case 'AmendOrder':
    case 'CancelOrder':
    case 'CancelByClientId':
    case 'CancelAll':
      return writeOrderCommand(to, command);
    case 'Batch':
      return writeBatch(to, command);
    case 'ReportPrices':
      return writeReportPrices(to, command);
    case 'Tick':
      return;
    default:
      // The rest comes once in a while and is kept readable.
      return to.text(JSON.stringify(command));
  }
}

export interface EnvelopeHead {
  kind: number;
  actor: number;
  nonce: number;
  hasProof: boolean;
}

/** Reads the 14 bytes before the body into `into` and leaves the reader at the body. */
export function readHead(from: ByteReader, into: EnvelopeHead): EnvelopeHead {
  into.kind = from.u8();
  into.hasProof = from.u8() === 1;
  into.actor = from.u32();
  into.nonce = from.f64();
  return into;
}

/** A whole envelope as fresh objects: for gateways, verifiers and tests; the engine reads bodies in place. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  const from = new ByteReader(bytes);
  const head = readHead(from, { kind: 0, actor: 0, nonce: 0, hasProof: false });
  const command = readCommand(from, head.kind);
  const proof = head.hasProof ? (JSON.parse(from.text()) as Proof) : undefined;
  return { actor: head.actor, nonce: head.nonce, command, proof };
}

function readCommand(from: ByteReader, kind: number): Command {
  const name = commandKindName(kind);
  assert(name !== undefined, `unknown command kind ${kind}`);
  if (name === 'Tick') return { kind: 'Tick' };
  if (name === 'ReportPrices') return readReportPrices(from);
  if (name === 'Batch') return readBatch(from);
  if (isOrderKind(kind)) {
    return readOrderCommand(from, kind, createOrderScratch());
  }
  return JSON.parse(from.text()) as Command;
}

function readBatch(from: ByteReader): Batch {
  const count = from.u16();
  const operations = [];
  for (let k = 0; k < count; k++) operations.push(readOrderCommand(from, from.u8(), createOrderScratch()));
  return { kind: 'Batch', operations };
}

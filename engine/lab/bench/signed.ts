import { sign } from 'node:crypto';
import { SignaturesClient } from '../../host/threads/signaturesClient.ts';
import type { OperationResult } from '../../protocol/stream.ts';
import type { CommandEnvelopeWire, OperationWire } from '../../protocol/wire/commands.ts';
import { assert } from '../../units/assert.ts';
import { type BenchDoor, openDoor } from './door.ts';

/** Signed orders through the desk's own door: read, verified, matched, synced and answered. */
export interface SignedResult {
  readonly perSecond: number;
  /** From the door to the durable answer, with so many on the way. */
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
}

const COUNT = 20_000;
/** Not counted: a desk has answered all day, its doors and its engine are compiled. */
const WARM_UP = 5_000;
/** As many members, each waiting for an answer before the next order. */
const ON_THE_WAY = 256;
/** Orders that rest before all are taken off, in a command that is signed as well: an account may have a thousand. */
const RESTING_MAX = 500;

/**
 * The desk's gateway, its thread for signatures, its engine and its journal, asked from the same process: what HTTP
 * costs is measured by the ack section. Everything is signed beforehand, as members do on their own machines.
 *
 * @param dir an empty folder on the disk to measure
 */
export async function measureSigned(dir: string, count = COUNT): Promise<SignedResult> {
  const signatures = new SignaturesClient((sentence) => {
    throw new Error(sentence);
  });
  await signatures.ready;
  const door = await openDoor(dir, signatures);
  try {
    const envelopes = Array.from({ length: WARM_UP + count }, (_, index) => signed(door, index));
    await sendAll(door, envelopes.slice(0, WARM_UP));
    const start = performance.now();
    const answersMs = await sendAll(door, envelopes.slice(WARM_UP));
    const elapsedMs = performance.now() - start;
    answersMs.sort((a, b) => a - b);
    return {
      perSecond: Math.round((count * 1_000) / elapsedMs),
      answerP50Ms: answersMs[Math.floor(count * 0.5)]!,
      answerP99Ms: answersMs[Math.floor(count * 0.99)]!,
    };
  } finally {
    await door.stop();
    await signatures.terminate();
  }
}

/** An order far below the market, or the command that takes all of them off. */
function signed(
  { account, chainId, vault, agent, privateKey }: BenchDoor,
  index: number,
): CommandEnvelopeWire {
  const operation: OperationWire = isCancel(index)
    ? { type: 'CancelAll', account }
    : {
        type: 'PlaceOrder',
        order: {
          account,
          instrument: 'BTC-PERP',
          side: 'buy',
          type: 'limit',
          size: '0.01',
          price: String(59_000 - (index % RESTING_MAX)),
        },
      };
  const nonce = Date.now() + index;
  const text = JSON.stringify({ domain: 'Ballast', chainId, vault, nonce, operations: [operation] });
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey).toString('hex');
  return { text, agent, signature };
}

function isCancel(index: number): boolean {
  return index % RESTING_MAX === RESTING_MAX - 1;
}

/** @returns how long each waited for its answer */
async function sendAll({ gateway }: BenchDoor, envelopes: readonly CommandEnvelopeWire[]): Promise<number[]> {
  const answersMs: number[] = [];
  let next = 0;
  const member = async (): Promise<void> => {
    for (let at = next++; at < envelopes.length; at = next++) {
      const start = performance.now();
      const { results } = await gateway.submitSigned(envelopes[at]!, '127.0.0.1');
      answersMs.push(performance.now() - start);
      expectDone(results[0], isCancel(at));
    }
  };
  await Promise.all(Array.from({ length: ON_THE_WAY }, member));
  return answersMs;
}

function expectDone(result: OperationResult | undefined, isOfCancel: boolean): void {
  const wanted = isOfCancel ? 'cancelled' : 'resting';
  assert(result?.status === wanted, `not the answer that was expected: ${JSON.stringify(result)}`);
}

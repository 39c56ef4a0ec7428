import type { Worker } from 'node:worker_threads';
import type { Proof } from '../../protocol/commands/envelope.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import { limits } from '../limits.ts';
import { deferred } from './deferred.ts';
import { READY, type SignatureAnswer, type SignatureCall } from './messages.ts';
import { CallError, PendingCalls } from './pendingCalls.ts';
import { startWorker } from './startWorker.ts';

/** Main's end of the thread that checks signatures: half a millisecond of mathematics is not main's business. */
export class SignaturesClient {
  readonly #worker: Worker;
  readonly #calls = new PendingCalls<SignatureAnswer['value']>(
    limits.signatures.answerTimeoutMs,
    'engine.busy',
  );
  readonly #ready = deferred<void>();
  #isStopping = false;

  constructor(died: (sentence: string) => void) {
    this.#worker = startWorker('signaturesWorker');
    this.#worker.on('message', ({ id, value }: SignatureAnswer) => {
      if (id === READY) this.#ready.resolve();
      else this.#calls.resolve(id, value);
    });
    const end = (sentence: string) => {
      this.#calls.close(new CallError('engine.halted'), new CallError('engine.halted'));
      this.#ready.reject(new CallError('engine.halted', sentence));
      if (!this.#isStopping) died(sentence);
      this.#isStopping = true;
    };
    this.#worker.on('error', (error) => end(error.stack ?? error.message));
    this.#worker.on('exit', () => end('The signatures thread ended.'));
    this.#ready.promise.catch(() => {});
  }

  /** Its code is loaded: calls are answered in their time from here on. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Whether the proof's key signed the proof's text. */
  async isProven({ scheme, key, signature, signedText }: Proof): Promise<boolean> {
    if (scheme === 'eip712' || scheme === 'eip1271')
      throw new TypeError('typed data is checked by its signer');
    return (await this.#ask({ kind: 'text', scheme, key, signature, text: signedText })) === true;
  }

  /** Lower case address that signed a plain message. */
  async signerOfMessage(message: string, signature: string): Promise<string | undefined> {
    const signer = await this.#ask({ kind: 'message', message, signature });
    return typeof signer === 'string' ? signer : undefined;
  }

  /** Lower case address that signed typed data. */
  async signerOfTypedData(typedData: TypedData, signature: string): Promise<string | undefined> {
    const signer = await this.#ask({ kind: 'typedData', typedData: JSON.stringify(typedData), signature });
    return typeof signer === 'string' ? signer : undefined;
  }

  async terminate(): Promise<void> {
    this.#isStopping = true;
    await this.#worker.terminate();
  }

  #ask(call: SignatureCall['call']): Promise<SignatureAnswer['value']> {
    if (this.#calls.count >= limits.signatures.waitingMax)
      return Promise.reject(new CallError('engine.busy'));
    return this.#calls.open((id) => this.#worker.postMessage({ id, call } satisfies SignatureCall));
  }
}

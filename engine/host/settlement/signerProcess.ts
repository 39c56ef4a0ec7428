import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Hex } from 'viem';
import type { HexAddress, RootDraft } from '../../protocol/settlement/root.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { SignerView } from '../../protocol/views/settlement.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { rootOfDraft } from '../../settlement/roots/rootOfDraft.ts';
import type { RootSignature, RootSigner } from '../../settlement/roots/rootSigner.ts';
import type { FromSigner, SignerStart, ToSigner } from '../../signer/messages.ts';
import { SECOND_MS } from '../../units/time.ts';
import { startSigner } from './startSigner.ts';

/** Seconds a root may be behind and ahead of the chain's clock. */
type Bounds = Pick<SignerStart, 'lagS' | 'leadS'>;

export interface SignerProcessOptions {
  readonly address: HexAddress;
  readonly domain: VaultDomain;
  readonly start: Omit<SignerStart, 'type' | keyof Bounds>;
  /** Where the chain answers now. */
  chainUrl(): string | undefined;
  log(sentence: string): void;
}

/** Longer than a signer waits for its own replay. */
const ANSWER_MS_MAX = 4 * SECOND_MS;
/** One that dies again at once is started again after a while only. */
const RESTART_MS_MIN = 500;
const RESTART_MS_MAX = 15 * SECOND_MS;
const GOOD_LIFE_MS = 30 * SECOND_MS;
const CHAIN_LOOK_MS = SECOND_MS;
const ERRORS_MAX = 400;

interface Asked {
  resolve(signature: Hex): void;
  reject(error: Error): void;
}

/**
 * A signer in a process of its own, that is started again when it dies. Its number stands in `pid` of its folder. It ends
 * with this process, which it notices by the end of their pipe.
 */
export class SignerProcess implements RootSigner {
  readonly address: HexAddress;
  readonly #options: SignerProcessOptions;
  readonly #asked = new Map<number, Asked>();
  #bounds: Bounds | undefined;
  #child: ChildProcess | undefined;
  #view: Pick<SignerView, 'state' | 'seq' | 'sentence'> = {
    state: 'down',
    seq: 0,
    sentence: 'It has not been started.',
  };
  #url: string | undefined;
  /** Why it ended the last time, until it stands again. */
  #why = '';
  #lastId = 0;
  #restartMs = RESTART_MS_MIN;
  #restart: NodeJS.Timeout | undefined;
  #looks: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: SignerProcessOptions) {
    this.#options = options;
    this.address = options.address;
  }

  get view(): SignerView {
    return { address: this.address, ...this.#view };
  }

  start(bounds: Bounds): void {
    if (this.#isStopped || this.#looks !== undefined) return;
    this.#bounds = bounds;
    this.#looks = setInterval(() => this.#tellChain(), CHAIN_LOOK_MS);
    this.#live();
  }

  /** At once: what it keeps stands a kill anywhere. */
  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#looks);
    clearTimeout(this.#restart);
    this.#child?.kill('SIGKILL');
  }

  async sign(draft: RootDraft): Promise<RootSignature> {
    const { digest } = rootOfDraft(draft, this.#options.domain);
    const { epoch, parent, seq } = draft;
    const id = ++this.#lastId;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<Hex>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      timer = setTimeout(() => reject(this.#error('It does not answer.')), ANSWER_MS_MAX);
    });
    try {
      this.#send({ type: 'sign', id, request: { epoch, parent, seq, digest } });
      return { signer: this.address, signature: await answer };
    } finally {
      clearTimeout(timer);
      this.#asked.delete(id);
    }
  }

  #live(): void {
    const startedMs = performance.now();
    const child = startSigner();
    this.#child = child;
    this.#url = undefined;
    this.#set('starting', this.#why === '' ? 'It is starting.' : `It is started again. ${this.#why}`);
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-ERRORS_MAX);
    });
    child.on('message', (message: FromSigner) => this.#receive(message));
    child.on('error', () => undefined);
    child.once('close', () => this.#ended(errors.trim(), performance.now() - startedMs));
    this.#writePid(child.pid);
    this.#send({ type: 'start', ...this.#options.start, ...this.#bounds! });
    this.#tellChain();
  }

  #ended(words: string, livedMs: number): void {
    this.#child = undefined;
    const sentence = words === '' ? 'Its process ended.' : `Its process ended: ${words}`;
    for (const { reject } of this.#asked.values()) reject(this.#error(sentence));
    if (this.#isStopped) return;
    this.#why = sentence;
    this.#set('down', sentence);
    this.#options.log(`${this.#name()}: ${sentence} It is started again.`);
    this.#restartMs = livedMs > GOOD_LIFE_MS ? RESTART_MS_MIN : Math.min(RESTART_MS_MAX, this.#restartMs * 2);
    this.#restart = setTimeout(() => this.#live(), this.#restartMs);
  }

  #receive(message: FromSigner): void {
    switch (message.type) {
      case 'status':
        this.#view = { state: message.state, seq: message.seq, sentence: message.sentence };
        this.#why = '';
        return;
      case 'signed':
        return this.#asked.get(message.id)?.resolve(message.signature as Hex);
      case 'refused':
        return this.#asked.get(message.id)?.reject(this.#error(message.sentence));
    }
  }

  #tellChain(): void {
    const url = this.#options.chainUrl();
    if (url === this.#url || this.#child === undefined) return;
    this.#url = url;
    this.#send({ type: 'chain', url });
  }

  #send(message: ToSigner): void {
    const child = this.#child;
    if (child?.connected !== true) {
      if (message.type === 'sign') throw this.#error(this.#view.sentence);
      return;
    }
    child.send(message, () => undefined);
  }

  #writePid(pid: number | undefined): void {
    const { ownDir } = this.#options.start;
    mkdirSync(ownDir, { recursive: true, mode: 0o700 });
    const file = path.join(ownDir, 'pid');
    if (pid === undefined) rmSync(file, { force: true });
    else writeFileSync(file, `${pid}\n`, { mode: 0o600 });
  }

  #set(state: SignerView['state'], sentence: string): void {
    this.#view = { ...this.#view, state, sentence };
  }

  #error(sentence: string): ChainError {
    return new ChainError(`${this.#name()}: ${sentence}`);
  }

  #name(): string {
    return `${this.#options.start.role} ${this.address.slice(0, 8)}`;
  }
}

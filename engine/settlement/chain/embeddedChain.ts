import { setTimeout as delay } from 'node:timers/promises';
import { type AnvilProcess, startAnvil } from './anvilProcess.ts';
import { type AskChain, bringBack, headOf } from './bringBack.ts';
import { type ChainCopy, onChainCopy } from './chainCopy.ts';
import { ChainError } from './chainError.ts';
import { callRpc } from './jsonRpc.ts';
import { type BlockName, readState, writeState } from './savedState.ts';
import { stillState } from './stillState.ts';

export interface EmbeddedChainOptions {
  /** Folder of the saved state. */
  readonly dir: string;
  /** Undefined where there is none for this machine. */
  readonly binary: string | undefined;
  readonly chainId: number;
  readonly log: (sentence: string) => void;
  /** As `AnvilOptions` has it: for histories of many blocks. */
  readonly statesKept?: number;
}

export type ChainStatus = 'starting' | 'ok' | 'down' | 'stopped';

const START_MS_MAX = 10_000;
const ANSWER_MS_MAX = 5_000;
/** Of a whole state: 4 MB after a thousand transactions. */
const STATE_BYTES_MAX = 512 * 1_024 * 1_024;
const ANSWER_BYTES_MAX = 4 * 1_024 * 1_024;
/** How often it is looked at without a reason: for blocks nobody told us of, and whether it answers at all. */
const LOOK_MS = 5_000;
const LOOKS_MISSED_MAX = 3;
/** Calls that make blocks: they wait while a state is taken. */
const MINING = /^(eth_send|evm_mine|anvil_mine|anvil_reorg)/;
/** A chain that dies again at once is started again after a while only. */
const RESTART_MS_MIN = 200;
const RESTART_MS_MAX = 10_000;
/** Its last save when the desk stops. */
const LAST_SAVE_MS_MAX = 700;
const MINED_MS_MAX = 2_000;

/**
 * The sandbox's own chain: started, watched, started again from its last save, ended. It lives in memory and forgets what
 * is not saved, so it is saved after every block, and only what is saved is final.
 */
export class EmbeddedChain {
  readonly chainId: number;
  readonly #options: EmbeddedChainOptions;
  #status: ChainStatus = 'starting';
  #sentence = 'The chain is starting.';
  #process: AnvilProcess | undefined;
  #finalBlock: BlockName | undefined;
  #saving: Promise<void> | undefined;
  #isSaveWanted = false;
  /** Settles once a state that is being taken is there. */
  #taken: Promise<unknown> = Promise.resolve();
  #isStopped = false;
  #lives: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looksMissed = 0;
  readonly #stopping = new AbortController();

  constructor(options: EmbeddedChainOptions) {
    this.#options = options;
    this.chainId = options.chainId;
  }

  get status(): ChainStatus {
    return this.#status;
  }

  /** What an operator should know of it. */
  get sentence(): string {
    return this.#sentence;
  }

  /** Last block that survives anything; undefined before the first save. */
  get finalBlock(): BlockName | undefined {
    return this.#finalBlock;
  }

  /** Number of the program's process, while one runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Where it answers while one runs; each life has another place. */
  get url(): string | undefined {
    return this.#status === 'ok' ? this.#process?.url : undefined;
  }

  /** Begins its lives, and returns at once: nobody has to wait for it. */
  start(): void {
    this.#lives ??= this.#live();
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Waits while it is starting for the first time, and no longer than this. */
  async begun(waitMsMax: number): Promise<void> {
    const lateMs = performance.now() + waitMsMax;
    while (this.#status === 'starting' && performance.now() < lateMs) await delay(20);
  }

  /** Saves what is not saved yet, if that is quick, and ends it. Bounded. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const isRunning = this.#status === 'ok';
    this.#isStopped = true;
    if (isRunning) await Promise.race([this.#lastSave(), delay(LAST_SAVE_MS_MAX)]);
    this.#set('stopped', 'The chain has stopped with the desk.');
    this.#stopping.abort();
    await this.#process?.end();
    await this.#lives;
  }

  /**
   * One call, of whatever kind.
   *
   * @fails ChainRefusal with the chain's own words; ChainError when it is not there
   */
  async call(method: string, params: readonly unknown[], timeoutMs = ANSWER_MS_MAX): Promise<unknown> {
    if (MINING.test(method)) await this.#taken;
    if (this.#status !== 'ok' || this.#process === undefined) throw new ChainError(this.#sentence);
    return await callRpc(this.#process.url, method, params, { timeoutMs, answerBytesMax: ANSWER_BYTES_MAX });
  }

  /** Takes a signed transaction. Its block is saved soon after, and final only then. @returns its hash */
  async sendRawTransaction(params: readonly unknown[]): Promise<unknown> {
    const hash = await this.call('eth_sendRawTransaction', params);
    void this.#saveOnceMined(hash);
    return hash;
  }

  /**
   * The chain's last block, made final when it was not.
   *
   * @fails ChainError when the chain is not there
   */
  async settledHead(): Promise<BlockName> {
    const head = await this.#head();
    if (this.#finalBlock?.hash !== head.hash) await this.save();
    if (this.#finalBlock === undefined) throw new ChainError('The chain’s state could not be saved.');
    return this.#finalBlock;
  }

  /**
   * Tries something on a copy of the chain as it is now. @fails ChainError when there is none, or whatever `use` fails with
   */
  async onCopy<T>(use: (copy: ChainCopy) => Promise<T>): Promise<T> {
    const { dir, binary, chainId } = this.#options;
    if (binary === undefined) throw new ChainError(this.#sentence);
    await this.settledHead();
    return await onChainCopy({ dir, binary, chainId, startMsMax: START_MS_MAX }, use);
  }

  /** Saves the state as it is now; saves that are wanted meanwhile are one. @fails ChainError */
  async save(): Promise<void> {
    while (this.#saving !== undefined) await this.#saving.catch(() => undefined);
    this.#saving = this.#save();
    try {
      await this.#saving;
    } finally {
      this.#saving = undefined;
    }
  }

  async #save(): Promise<void> {
    this.#isSaveWanted = false;
    const anvil = this.#process;
    if (anvil === undefined) throw new ChainError(this.#sentence);
    if (this.#finalBlock?.hash === (await this.#head()).hash) return;
    const bounds = { timeoutMs: ANSWER_MS_MAX, answerBytesMax: STATE_BYTES_MAX };
    const taking = stillState((method, params) => callRpc(anvil.url, method, params, bounds));
    this.#taken = taking.catch(() => undefined);
    const { block, state } = await taking;
    await writeState(this.#options.dir, { v: 1, chainId: this.chainId, block, state });
    this.#finalBlock = block;
  }

  async #lastSave(): Promise<void> {
    try {
      await this.save();
    } catch (error) {
      this.#options.log(`The chain's last blocks are not saved: ${(error as Error).message}`);
    }
  }

  /** The transaction is in the pool when its hash comes; its block follows within milliseconds. */
  async #saveOnceMined(hash: unknown): Promise<void> {
    try {
      for (let waitedMs = 0; waitedMs < MINED_MS_MAX; waitedMs += 10) {
        if ((await this.call('eth_getTransactionReceipt', [hash])) !== null) break;
        await delay(10);
      }
      if (this.#isSaveWanted) return;
      this.#isSaveWanted = true;
      await this.save();
    } catch (error) {
      // What is not saved is not final, and the next look tries again.
      if (!this.#isStopped) this.#options.log(`The chain is not saved: ${(error as Error).message}`);
    }
  }

  #head(): Promise<BlockName> {
    return headOf((method, params) => this.call(method, params));
  }

  async #look(): Promise<void> {
    if (this.#status !== 'ok') return;
    const anvil = this.#process;
    try {
      if ((await this.#head()).hash !== this.#finalBlock?.hash) await this.save();
      this.#looksMissed = 0;
      this.#set('ok', 'The chain answers.');
    } catch (error) {
      // Another life has begun meanwhile.
      if (this.#process !== anvil) return;
      this.#looksMissed += 1;
      // Asked on: it may come back, and is started again when it does not.
      if (this.#status === 'ok') this.#set('ok', `${(error as Error).message} It is asked again.`);
      if (this.#looksMissed < LOOKS_MISSED_MAX || this.#isStopped) return;
      this.#options.log(`The chain is started again: ${(error as Error).message}`);
      await anvil?.end();
    }
  }

  /** One life after another, until the desk stops. */
  async #live(): Promise<void> {
    let restartMs = RESTART_MS_MIN;
    while (!this.#isStopped) {
      const startedMs = performance.now();
      try {
        await this.#oneLife();
      } catch (error) {
        this.#set('down', `The chain cannot be used: ${(error as Error).message}`);
      }
      if (this.#isStopped) return;
      if (performance.now() - startedMs > RESTART_MS_MAX) restartMs = RESTART_MS_MIN;
      await delay(restartMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      restartMs = Math.min(RESTART_MS_MAX, restartMs * 2);
    }
  }

  async #oneLife(): Promise<void> {
    const { binary, chainId, statesKept } = this.#options;
    if (binary === undefined) throw new ChainError('Its program is not there for this kind of machine.');
    const anvil = await startAnvil({
      ...{ binary, chainId, startMsMax: START_MS_MAX },
      ...(statesKept !== undefined && { statesKept }),
    });
    this.#process = anvil;
    try {
      if (this.#isStopped) return;
      await this.#restore(anvil);
      this.#looksMissed = 0;
      this.#set('ok', 'The chain answers.');
      await anvil.ended;
      if (!this.#isStopped) this.#set('down', 'The chain’s program ended. It is started again.');
    } finally {
      this.#process = undefined;
      await anvil.end();
    }
  }

  /** Brings back what was saved; a chain that never was saved is, so that its beginning stays the same. */
  async #restore({ url }: AnvilProcess): Promise<void> {
    const bounds = { timeoutMs: START_MS_MAX, answerBytesMax: STATE_BYTES_MAX };
    const ask: AskChain = (method, params) => callRpc(url, method, params, bounds);
    const saved = await readState(this.#options.dir);
    if (saved !== undefined) {
      if (saved.chainId !== this.chainId)
        throw new ChainError(`Its saved state is of chain ${saved.chainId}, not ${this.chainId}.`);
      await bringBack(ask, saved);
    }
    const block = await headOf(ask);
    if (saved === undefined) {
      const state = (await ask('anvil_dumpState', [])) as string;
      await writeState(this.#options.dir, { v: 1, chainId: this.chainId, block, state });
    } else if (block.hash !== saved.block.hash && block.number <= saved.block.number)
      throw new ChainError(`It came back with another block ${block.number} than was saved.`);
    this.#finalBlock = block;
  }

  #set(status: ChainStatus, sentence: string): void {
    if (this.#isStopped && status !== 'stopped') return;
    if (status === this.#status && sentence === this.#sentence) return;
    this.#status = status;
    this.#sentence = sentence;
    if (status !== 'stopped') this.#options.log(sentence);
  }
}

import path from 'node:path';
import { type CapturedLine, captureLines } from './captureLines.ts';
import { type CaptureMessage, type NoMessage, readMessage } from './captureMessage.ts';
import { type DefectLog, MarketFileError } from './defects.ts';
import type { Grid } from './grid.ts';

/** A recording that begins again. */
export interface Rewind {
  readonly kind: 'rewind';
}

export type FeedMessage = (CaptureMessage | Rewind) & { readonly file: string };

interface Timed {
  readonly atMs: number;
  readonly message: FeedMessage;
}

/** Between the last message of a recording and its first one again. */
const LOOP_PAUSE_MS = 100;

/**
 * A recording as an endless stream: its files one after another, then from the beginning again, on one
 * clock that starts at the first snapshot. Reads ahead of its reader by as much as it is asked, never
 * the whole file.
 */
export class CaptureFeed {
  readonly #files: readonly string[];
  readonly #grid: Grid;
  readonly #log: DefectLog;
  #lines: AsyncGenerator<CapturedLine[]> | undefined;
  #fileAt = 0;
  #queue: Timed[] = [];
  #taken = 0;
  #reading: Promise<void> | undefined;
  /** Until the first snapshot nothing plays, and what does not fit is refused rather than left out. */
  #hasSnapshot = false;
  #loopStartMs = 0;
  #originMs: number | undefined;
  #lastReceivedMs = 0;
  #lastMs = 0;

  constructor(files: readonly string[], grid: Grid, log: DefectLog) {
    this.#files = files;
    this.#grid = grid;
    this.#log = log;
  }

  /** Everything up to this time on the feed's clock has been read. */
  get readUntilMs(): number {
    return this.#lastMs;
  }

  /**
   * Reads until the first snapshot, so that what cannot be played is known before the market opens.
   *
   * @fails MarketFileError when there is none, or when prices or sizes do not fit the instrument
   */
  async open(): Promise<void> {
    while (!this.#hasSnapshot) await this.#readSome();
  }

  /** Reads on until `untilMs` of the feed's clock is in memory. One reading at a time. */
  async fill(untilMs: number): Promise<void> {
    while (this.#lastMs <= untilMs) {
      this.#reading ??= this.#readSome().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  /** Messages up to `untilMs`, each once. */
  take(untilMs: number): FeedMessage[] {
    const messages: FeedMessage[] = [];
    while (this.#taken < this.#queue.length && this.#queue[this.#taken]!.atMs <= untilMs) {
      messages.push(this.#queue[this.#taken++]!.message);
    }
    if (this.#taken > 1_000) {
      this.#queue = this.#queue.slice(this.#taken);
      this.#taken = 0;
    }
    return messages;
  }

  async #readSome(): Promise<void> {
    const file = this.#files[this.#fileAt]!;
    this.#lines ??= captureLines(file, this.#log);
    const next = await this.#lines.next();
    if (next.done === true) return this.#openNextFile();
    const name = path.basename(file);
    for (const line of next.value) this.#onLine(name, line);
  }

  #openNextFile(): void {
    this.#lines = undefined;
    this.#fileAt += 1;
    if (this.#fileAt < this.#files.length) return;
    const file = path.basename(this.#files[0]!);
    if (!this.#hasSnapshot) {
      const done = 'It holds no snapshot of the book, so nothing can be rebuilt from it.';
      throw new MarketFileError({ file, line: 0, code: 'market.fileUnreadable', done });
    }
    this.#fileAt = 0;
    this.#loopStartMs = this.#lastMs + LOOP_PAUSE_MS;
    this.#originMs = undefined;
    this.#lastReceivedMs = 0;
    this.#push(this.#loopStartMs, { kind: 'rewind', file });
  }

  #onLine(file: string, { line, text, isUnended }: CapturedLine): void {
    const message = readMessage(line, text, this.#grid);
    if (isMessage(message)) this.#onMessage(file, message);
    else if (message === 'malformed') this.#onMalformed(file, line, isUnended);
    else if (message !== 'unused') this.#onOffGrid(file, line, message.offGrid);
  }

  #onMalformed(file: string, line: number, isUnended: boolean): void {
    const code = isUnended ? 'market.fileTruncated' : 'market.fileUnreadable';
    this.#log.report({ file, line, code, done: 'The line was left out.' });
  }

  #onOffGrid(file: string, line: number, what: string): void {
    const code = 'market.fileUnreadable';
    if (!this.#hasSnapshot) {
      const done = `${what} is not a whole number of ticks and lots of the instrument.`;
      throw new MarketFileError({ file, line, code, done });
    }
    this.#log.report({
      file,
      line,
      code,
      done: `The line was left out: ${what} is off the instrument's steps.`,
    });
  }

  #onMessage(file: string, message: CaptureMessage): void {
    if (message.receivedMs < this.#lastReceivedMs) {
      const done = 'It was taken as if it came with the message before it.';
      this.#log.report({ file, line: message.line, code: 'market.fileReordered', done });
    }
    this.#lastReceivedMs = Math.max(this.#lastReceivedMs, message.receivedMs);
    if (message.kind === 'snapshot') {
      this.#hasSnapshot = true;
      this.#originMs ??= this.#lastReceivedMs;
    }
    // What comes before the first snapshot waits for it: both belong to the first moment.
    const sinceStartMs = this.#originMs === undefined ? 0 : this.#lastReceivedMs - this.#originMs;
    this.#push(this.#loopStartMs + sinceStartMs, { ...message, file });
  }

  #push(atMs: number, message: FeedMessage): void {
    this.#lastMs = atMs;
    this.#queue.push({ atMs, message });
  }
}

function isMessage(read: CaptureMessage | NoMessage): read is CaptureMessage {
  return typeof read === 'object' && 'kind' in read;
}

import path from 'node:path';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { type CapturedLine, captureLines } from './captureLines.ts';
import { type DefectLog, MarketFileError } from './defects.ts';
import { ChainReader, type OptionQuote } from './optionChain.ts';

interface Timed {
  readonly atMs: number;
  readonly quote: OptionQuote;
}

/** What is recorded of this long is read before the market opens: it says which contracts there are. */
export const OPENING_MS = MINUTE_MS;

/** A chain may be of a single moment: it begins again no sooner than this. */
const LOOP_MS_MIN = MINUTE_MS;
const LOOP_PAUSE_MS = 100;

/** Lines of one moment come in any order. */
const MOMENT_MS = SECOND_MS;

/**
 * A recorded option chain as an endless stream on one clock that starts at its first line: from the
 * beginning again when it ends. Reads ahead of its reader by as much as it is asked.
 */
export class ChainFeed {
  readonly file: string;
  readonly #place: string;
  readonly #log: DefectLog;
  #lines: AsyncGenerator<CapturedLine[]> | undefined;
  #reader: ChainReader;
  #queue: Timed[] = [];
  #taken = 0;
  #reading: Promise<void> | undefined;
  #loopStartMs = 0;
  #originMs: number | undefined;
  #latestMs = 0;
  #lastMs = 0;
  #count = 0;

  constructor(file: string, log: DefectLog) {
    this.file = path.basename(file);
    this.#log = log;
    this.#place = file;
    this.#reader = new ChainReader(this.file, log);
  }

  /** Everything before this time on the feed's clock has been read. */
  get readUntilMs(): number {
    return this.#lastMs;
  }

  /**
   * Reads the opening of the recording.
   *
   * @fails MarketFileError when it is no chain, or holds no quote
   */
  async open(): Promise<void> {
    await this.fill(OPENING_MS - 1);
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

  /** What was read up to `untilMs`, without taking it. */
  peek(untilMs: number): OptionQuote[] {
    return this.#queue.slice(this.#taken).flatMap(({ atMs, quote }) => (atMs <= untilMs ? [quote] : []));
  }

  /** Quotes up to `untilMs`, each once. */
  take(untilMs: number): OptionQuote[] {
    const quotes: OptionQuote[] = [];
    while (this.#taken < this.#queue.length && this.#queue[this.#taken]!.atMs <= untilMs) {
      quotes.push(this.#queue[this.#taken++]!.quote);
    }
    if (this.#taken > 1_000) {
      this.#queue = this.#queue.slice(this.#taken);
      this.#taken = 0;
    }
    return quotes;
  }

  async #readSome(): Promise<void> {
    this.#lines ??= captureLines(this.#place, this.#log);
    const next = await this.#lines.next();
    if (next.done === true) this.#beginAgain();
    else for (const quote of this.#reader.read(next.value)) this.#push(quote);
  }

  #beginAgain(): void {
    this.#reader.end();
    if (this.#count === 0) {
      const done = 'It holds no quote of an option.';
      throw new MarketFileError({ file: this.file, line: 0, code: 'market.fileUnreadable', done });
    }
    this.#lines = undefined;
    this.#reader = new ChainReader(this.file, this.#log);
    this.#loopStartMs = Math.max(this.#lastMs + LOOP_PAUSE_MS, this.#loopStartMs + LOOP_MS_MIN);
    this.#lastMs = this.#loopStartMs;
    this.#originMs = undefined;
    this.#latestMs = 0;
  }

  #push(quote: OptionQuote): void {
    if (quote.atMs < this.#latestMs - MOMENT_MS) {
      const done = 'It was taken as if it came with the line before it.';
      this.#log.report({ file: this.file, line: quote.line, code: 'market.fileReordered', done });
    }
    this.#latestMs = Math.max(this.#latestMs, quote.atMs);
    this.#originMs ??= this.#latestMs;
    this.#lastMs = this.#loopStartMs + this.#latestMs - this.#originMs;
    this.#queue.push({ atMs: this.#lastMs, quote });
    this.#count += 1;
  }
}

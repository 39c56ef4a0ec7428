import { listCheckpoints, writeCheckpoint } from './checkpointFile.ts';
import type { Database } from './database.ts';
import { dumpTables } from './dump.ts';
import { Fold, type Standing } from './fold.ts';
import type { KeptAccounts, People } from './keptAccounts.ts';
import { writeMarginWindows } from './marginWindows.ts';
import { type Answers, answerFrom, type Question } from './questions.ts';
import { forgetAccounts, letGoOfOld, vacuum } from './upkeep.ts';
import type { MarginWindowRecord } from './views.ts';
import { writeBatch } from './writeBatch.ts';

/** A checkpoint that is on disk. */
export interface Written {
  readonly seq: number;
  /** See `Records.coveredSeq`. */
  readonly coveredSeq: number;
  readonly bytes: number;
}

/**
 * The tables with what waits to be written into them. Events are taken in at once and written together; every
 * question writes first, so its answer holds everything taken in before it.
 */
export class Records {
  readonly #dir: string;
  readonly #database: Database;
  readonly #fold: Fold;
  readonly #kept: KeptAccounts;
  /** Everything that touches the tables, one after the other. One that failed fails all behind it. */
  #work: Promise<unknown> = Promise.resolve();
  #writtenSeq: number;
  #timeMs: number;
  #checkpointSeq = 0;

  /** @param dir folder of the checkpoints */
  constructor(dir: string, database: Database, standing: Standing, kept: KeptAccounts) {
    this.#dir = dir;
    this.#database = database;
    this.#fold = new Fold(standing, kept);
    this.#kept = kept;
    this.#writtenSeq = standing.seq;
    this.#timeMs = standing.timeMs;
  }

  /** Last command taken in. */
  get seq(): number {
    return this.#fold.seq;
  }

  /** Last command in the tables. */
  get writtenSeq(): number {
    return this.#writtenSeq;
  }

  get checkpointSeq(): number {
    return this.#checkpointSeq;
  }

  /**
   * The older checkpoint kept, 0 while there is only one: up to here the records never ask for events again,
   * even when the newer one is damaged.
   */
  get coveredSeq(): number {
    const kept = listCheckpoints(this.#dir);
    return kept.length > 1 ? kept.at(-1)!.seq : 0;
  }

  /** Rows that wait to be written, about. */
  get waitingCount(): number {
    return this.#fold.rowCount;
  }

  /**
   * Takes in events of whole commands, in order; those it has are passed over.
   *
   * @fails AssertionError when commands between are missing
   */
  apply(lanes: Float64Array): void {
    this.#fold.add(lanes);
  }

  /** Writes what waits, in one transaction. */
  flush(): Promise<void> {
    return this.#next(async () => {
      if (this.#fold.isEmpty) return;
      const batch = this.#fold.take();
      await writeBatch(this.#database, batch);
      this.#writtenSeq = batch.seq;
      this.#timeMs = batch.timeMs;
    });
  }

  /**
   * Answers with everything taken in so far.
   *
   * @fails AssertionError when the question asks for too much or makes no sense
   */
  async ask<Q extends Question>(question: Q): Promise<Answers[Q['kind']]> {
    await this.flush();
    return (await answerFrom(this.#database, question)) as Answers[Q['kind']];
  }

  /** Writes where accounts stood, behind everything that was asked for before. */
  noteMargins(windows: readonly MarginWindowRecord[]): Promise<void> {
    return this.#next(() => writeMarginWindows(this.#database, windows));
  }

  /** A newer list of people's accounts. Rows of accounts that turned out not to be people's are deleted. */
  async setPeople(people: People): Promise<void> {
    const dropped = this.#kept.know(people);
    if (dropped.length === 0) return;
    this.#fold.forget(new Set(dropped));
    await this.#next(() => forgetAccounts(this.#database, dropped));
  }

  /**
   * Goes on behind `seq` though events up to there are missing and nobody has them any more. The gap is noted. At
   * once, because the events behind it may be the next thing that comes.
   */
  acceptGap(seq: number): void {
    this.#fold.skipTo(seq);
  }

  /** Writes everything into one synced file, from which the tables can be made again. */
  async checkpoint(): Promise<Written> {
    await this.flush();
    return await this.#next(async () => {
      await letGoOfOld(this.#database, this.#timeMs);
      await vacuum(this.#database);
      const seq = this.#writtenSeq;
      const bytes = await dumpTables(this.#database);
      writeCheckpoint(this.#dir, seq, bytes);
      this.#checkpointSeq = seq;
      return { seq, coveredSeq: this.coveredSeq, bytes: bytes.length };
    });
  }

  /** Writes what waits and lets the database go. */
  async close(): Promise<void> {
    await this.flush();
    await this.#next(() => this.#database.$client.close());
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done;
    return done;
  }
}

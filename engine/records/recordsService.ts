import type { People } from './keptAccounts.ts';
import type { Question } from './questions.ts';
import type { Records, Written } from './records.ts';
import type { MarginWindowRecord } from './views.ts';

/** What the service needs of the records. */
export type ServedRecords = Pick<
  Records,
  | 'apply'
  | 'acceptGap'
  | 'ask'
  | 'checkpoint'
  | 'checkpointSeq'
  | 'close'
  | 'coveredSeq'
  | 'flush'
  | 'noteMargins'
  | 'seq'
  | 'setPeople'
  | 'waitingCount'
  | 'writtenSeq'
>;

/** How the service opens the records: `openRecords` with all but its way to announce. */
export type Opening = (
  announce: (seq: number) => void,
) => Promise<{ records: ServedRecords; sentences: readonly string[] }>;

/** To the records, in any order; events among themselves in order. */
export type ToRecords =
  | { type: 'events'; lanes: Float64Array; seq: number }
  | { type: 'people'; people: People }
  /** Where accounts stood, as the desk saw it. */
  | { type: 'margins'; windows: readonly MarginWindowRecord[] }
  | { type: 'ask'; id: number; question: Question }
  | { type: 'acceptGap'; seq: number }
  | { type: 'checkpoint' }
  | { type: 'stop' };

export type FromRecords =
  /** Events of every command behind `seq` are wanted. Comes once, before the tables are there. */
  | { type: 'wanted'; seq: number }
  /** The tables are there. Up to `coveredSeq` the journal is never asked for again. */
  | { type: 'opened'; seq: number; coveredSeq: number; sentences: readonly string[] }
  /** Everything up to `seq` is in the tables. */
  | { type: 'written'; seq: number }
  | ({ type: 'checkpointWritten' } & Written)
  | { type: 'answer'; id: number; value: unknown }
  /** The question makes no sense, in a sentence. */
  | { type: 'refused'; id: number; sentence: string }
  /** Nothing more is recorded; the next start heals it. */
  | { type: 'failed'; sentence: string }
  | { type: 'stopped' };

/** Rows that are written before the next tick, so that a long replay does not gather them all. */
const WAITING_MAX = 5_000;

/** Ticks come once a second: a checkpoint every ten minutes. */
const CHECKPOINT_TICKS = 600;

/** The records behind messages. Whoever owns the thread hands in messages and ticks, and sends what comes out. */
export class RecordsService {
  readonly #send: (message: FromRecords) => void;
  #records: ServedRecords | undefined;
  #early: ToRecords[] = [];
  #ticks = 0;
  #hasFailed = false;

  constructor(send: (message: FromRecords) => void) {
    this.#send = send;
  }

  /** @param open opens the records; told where they stand it says so at once */
  async start(open: Opening): Promise<void> {
    await this.#orFail(async () => {
      const { records, sentences } = await open((seq) => this.#send({ type: 'wanted', seq }));
      this.#records = records;
      const { seq, coveredSeq } = records;
      this.#send({ type: 'opened', seq, coveredSeq, sentences });
    });
    const early = this.#early;
    this.#early = [];
    // All at once: the first part of handling, which takes events in, must not wait behind newer ones.
    await Promise.all(early.map((message) => this.handle(message)));
  }

  /** Never rejects: what goes wrong is a message. */
  async handle(message: ToRecords): Promise<void> {
    const records = this.#records;
    if (this.#hasFailed) return this.#afterFailure(message);
    if (records === undefined) this.#early.push(message);
    else if (message.type === 'ask') await this.#answer(records, message);
    else await this.#orFail(() => this.#perform(records, message));
  }

  /** Once a second. */
  async tick(): Promise<void> {
    const records = this.#records;
    if (records === undefined || this.#hasFailed) return;
    this.#ticks += 1;
    await this.#orFail(async () => {
      await this.#write(records);
      if (this.#ticks % CHECKPOINT_TICKS === 0) await this.#checkpoint(records);
    });
  }

  async #perform(records: ServedRecords, message: Exclude<ToRecords, { type: 'ask' }>): Promise<void> {
    switch (message.type) {
      case 'events':
        records.apply(message.lanes);
        if (records.waitingCount > WAITING_MAX) await this.#write(records);
        return;
      case 'people':
        return await records.setPeople(message.people);
      case 'margins':
        return await records.noteMargins(message.windows);
      case 'acceptGap':
        return records.acceptGap(message.seq);
      case 'checkpoint':
        return await this.#checkpoint(records);
      case 'stop':
        await this.#checkpoint(records);
        await records.close();
        this.#records = undefined;
        this.#send({ type: 'stopped' });
        return;
    }
  }

  async #write(records: ServedRecords): Promise<void> {
    if (records.seq === records.writtenSeq) return;
    await records.flush();
    this.#send({ type: 'written', seq: records.writtenSeq });
  }

  async #checkpoint(records: ServedRecords): Promise<void> {
    if (records.seq > records.checkpointSeq)
      this.#send({ type: 'checkpointWritten', ...(await records.checkpoint()) });
  }

  async #answer(
    records: ServedRecords,
    { id, question }: Extract<ToRecords, { type: 'ask' }>,
  ): Promise<void> {
    try {
      this.#send({ type: 'answer', id, value: await records.ask(question) });
    } catch (error) {
      this.#send({ type: 'refused', id, sentence: sentenceOf(error) });
    }
  }

  #afterFailure(message: ToRecords): void {
    if (message.type === 'ask')
      this.#send({ type: 'refused', id: message.id, sentence: 'The records have stopped.' });
    if (message.type === 'stop') this.#send({ type: 'stopped' });
  }

  async #orFail(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#hasFailed) return;
      this.#hasFailed = true;
      this.#send({ type: 'failed', sentence: sentenceOf(error) });
    }
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

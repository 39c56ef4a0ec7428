// Goal: the records behind messages say where they stand, answer in order, and fail in the open. How: a service over
// records that only remember what they were told; messages and ticks are ours.
import { expect, test } from 'vitest';
import { assert } from '../units/assert.ts';
import { type FromRecords, RecordsService, type ServedRecords } from './recordsService.ts';

/** Records without tables: `apply` takes lanes that hold one sequence each. */
class Remembering implements ServedRecords {
  readonly told: string[] = [];
  readonly coveredSeq = 3;
  seq = 5;
  writtenSeq = 5;
  checkpointSeq = 0;
  waitingCount = 0;

  apply(lanes: Float64Array): void {
    const [seq] = lanes;
    assert(seq === this.seq + 1, `given seq ${seq} at seq ${this.seq}`);
    this.seq = seq;
    this.told.push(`events ${seq}`);
  }

  async flush(): Promise<void> {
    this.writtenSeq = this.seq;
  }

  async ask(): Promise<never> {
    this.told.push('question');
    if (this.told.length > 5) throw new Error('a page has 1 to 1000 rows');
    return [] as never;
  }

  async setPeople({ seq }: { seq: number }): Promise<void> {
    this.told.push(`people ${seq}`);
  }

  async noteMargins(windows: readonly unknown[]): Promise<void> {
    this.told.push(`margins ${windows.length}`);
  }

  acceptGap(seq: number): void {
    this.seq = seq;
  }

  async checkpoint() {
    this.checkpointSeq = this.seq;
    return { seq: this.seq, coveredSeq: 4, bytes: 10 };
  }

  async close(): Promise<void> {
    this.told.push('close');
  }
}

function service() {
  const sent: FromRecords[] = [];
  const records = new Remembering();
  const kept = new RecordsService((message) => sent.push(message));
  const start = () =>
    kept.start(async (announce) => {
      announce(5);
      return { records, sentences: ['made anew'] };
    });
  return { sent, records, kept, start };
}

const events = (seq: number) => ({ type: 'events', lanes: Float64Array.of(seq), seq }) as const;
const ask = (id: number) => ({ type: 'ask', id, question: { kind: 'gaps' } }) as const;

test('messages that come before the tables are there are handled in their order', async () => {
  const { sent, records, kept, start } = service();
  await kept.handle(events(6));
  await kept.handle({ type: 'people', people: { seq: 6, accounts: [] } });
  await kept.handle(events(7));
  await kept.handle(ask(1));
  await kept.tick();
  expect(sent).toEqual([]);
  await start();
  expect(records.told).toEqual(['events 6', 'people 6', 'events 7', 'question']);
  expect(sent).toEqual([
    { type: 'wanted', seq: 5 },
    { type: 'opened', seq: 5, coveredSeq: 3, sentences: ['made anew'] },
    { type: 'answer', id: 1, value: [] },
  ]);
});

test('a tick writes what waits, and says so once', async () => {
  const { sent, kept, start } = service();
  await start();
  await kept.handle(events(6));
  await kept.tick();
  await kept.tick();
  expect(sent.slice(2)).toEqual([{ type: 'written', seq: 6 }]);
});

test('events of a long replay are written before the next tick', async () => {
  const { sent, records, kept, start } = service();
  await start();
  records.waitingCount = 5_001;
  await kept.handle(events(6));
  expect(sent.at(-1)).toEqual({ type: 'written', seq: 6 });
});

test('a checkpoint is made every ten minutes and on request, when there is something new', async () => {
  const { sent, kept, start } = service();
  await start();
  for (let tick = 0; tick < 1_199; tick++) await kept.tick();
  const written = { type: 'checkpointWritten', seq: 5, coveredSeq: 4, bytes: 10 };
  expect(sent.slice(2)).toEqual([written]);
  await kept.handle(events(6));
  await kept.handle({ type: 'checkpoint' });
  await kept.handle({ type: 'checkpoint' });
  expect(sent.slice(3)).toEqual([{ ...written, seq: 6 }]);
});

test('a question that makes no sense is refused, and the next one is answered', async () => {
  const { sent, records, kept, start } = service();
  await start();
  records.told.push('1', '2', '3', '4', '5');
  await kept.handle(ask(1));
  records.told.length = 0;
  await kept.handle(ask(2));
  expect(sent.slice(2)).toMatchObject([
    { type: 'refused', id: 1 },
    { type: 'answer', id: 2 },
  ]);
});

test('a missing command stops the records with a sentence, and questions are refused from then on', async () => {
  const { sent, kept, start } = service();
  await start();
  await kept.handle(events(8));
  await kept.handle(events(9));
  await kept.handle(ask(1));
  await kept.tick();
  await kept.handle({ type: 'stop' });
  expect(sent.slice(2).map(({ type }) => type)).toEqual(['failed', 'refused', 'stopped']);
  expect(sent[2]).toHaveProperty('sentence', expect.stringContaining('given seq 8 at seq 5'));
});

test('events go on behind a gap that the host accepts', async () => {
  const { sent, records, kept, start } = service();
  await start();
  // The events are there before anything of the gap could be written.
  const handled = [kept.handle({ type: 'acceptGap', seq: 7 }), kept.handle(events(8))];
  await Promise.all(handled);
  expect(records.seq).toBe(8);
  expect(sent.length).toBe(2);
});

test('an opening that fails says so', async () => {
  const { sent, kept } = service();
  await kept.start(async () => {
    throw new Error('no room on the disk');
  });
  expect(sent).toMatchObject([{ type: 'failed' }]);
});

test('a stop makes a checkpoint, closes the records and says so', async () => {
  const { sent, records, kept, start } = service();
  await start();
  await kept.handle(events(6));
  await kept.handle({ type: 'stop' });
  expect(records.told).toEqual(['events 6', 'close']);
  expect(sent.slice(2).map(({ type }) => type)).toEqual(['checkpointWritten', 'stopped']);
});

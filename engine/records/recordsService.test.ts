// Goal: the records behind messages say where they stand, answer, and fail in the open. How: a service on a real
// database in memory, messages in, messages out; ticks are ours.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASIS } from '../lab/fixtures/desk.ts';
import { RecordedFlow } from '../lab/fixtures/recordedFlow.ts';
import { createTables, type Database, openDatabase } from './database.ts';
import { KeptAccounts } from './keptAccounts.ts';
import { Records } from './records.ts';
import { type FromRecords, RecordsService } from './recordsService.ts';

const flow = new RecordedFlow().trade(12, 200);
const PEOPLE = { seq: flow.seq, accounts: [8, 9, 10] };
let database: Database;

beforeAll(async () => {
  database = await openDatabase();
  await createTables(database);
});

afterAll(() => database.$client.close());

function opened() {
  const standing = { seq: 0, timeMs: 0, openOrders: [] };
  return { records: new Records('', database, standing, new KeptAccounts(PEOPLE)), sentences: ['made anew'] };
}

const events = (from: number, to = flow.seq) =>
  ({ type: 'events', lanes: flow.slice(from, to), seq: to }) as const;
const askFills = (id: number, limit = 10) =>
  ({ type: 'ask', id, question: { kind: 'fills', account: BASIS, page: { limit } } }) as const;

test('messages that come before the tables are there are handled in their order', async () => {
  const sent: FromRecords[] = [];
  const service = new RecordsService((message) => sent.push(message));
  await service.handle(events(0, 100));
  await service.handle(events(100));
  await service.handle(askFills(1));
  await service.tick();
  expect(sent).toEqual([]);

  await service.start(async (announce) => {
    announce(0);
    return opened();
  });
  expect(sent.slice(0, 2)).toEqual([
    { type: 'wanted', seq: 0 },
    { type: 'opened', seq: 0, sentences: ['made anew'] },
  ]);
  expect(sent[2]).toMatchObject({ type: 'answer', id: 1 });

  await service.handle(askFills(2, 0));
  expect(sent[3]).toMatchObject({ type: 'refused', id: 2 });
  expect(sent[3]).toHaveProperty('sentence', expect.stringContaining('a page has 1 to 1000 rows'));

  flow.trade(13, 10);
  await service.handle(events(flow.seq - 10));
  await service.tick();
  await service.tick();
  expect(sent.slice(4)).toEqual([{ type: 'written', seq: flow.seq }]);
});

test('a missing command stops the records with a sentence, and questions are refused from then on', async () => {
  const sent: FromRecords[] = [];
  const service = new RecordsService((message) => sent.push(message));
  await service.start(async () => opened());
  await service.handle(events(1));
  await service.handle(events(2));
  await service.handle(askFills(1));
  await service.tick();
  await service.handle({ type: 'stop' });
  expect(sent.map(({ type }) => type)).toEqual(['opened', 'failed', 'refused', 'stopped']);
  expect(sent[1]).toHaveProperty('sentence', expect.stringContaining('stand at seq 0 and were given seq 2'));
});

test('an opening that fails says so', async () => {
  const sent: FromRecords[] = [];
  const service = new RecordsService((message) => sent.push(message));
  await service.start(async () => {
    throw new Error('no room on the disk');
  });
  expect(sent).toMatchObject([{ type: 'failed' }]);
});

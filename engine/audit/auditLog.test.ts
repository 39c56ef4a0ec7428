// Goal: the log holds every decision once and in order, whatever ended the desk. How: a log on a real disk is left in
// the middle, torn, replayed and damaged, and opened again.
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportText, openLog, sampleEntry } from '../lab/audit/sampleLog.ts';
import { cleaned } from './cleaned.ts';
import { segmentPath } from './folder.ts';
import { spanOf } from './lines.ts';
import { auditPage } from './page.ts';
import { AuditError } from './tail.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-audit-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** As a kill leaves it: nothing is closed, the next process reads what is there. */
async function written(count: number, from = 1): Promise<void> {
  const log = await openLog(dir);
  for (let seq = from; seq < from + count; seq++) log.append([sampleEntry(seq)]);
  await log.close();
}

const recordsIn = (text: string) => text.split('\n').slice(0, -2);

test('what a restart brings again is not written twice', async () => {
  await written(5);
  const log = await openLog(dir);
  expect([log.size, log.wantedSeq]).toEqual([5, 4]);
  log.append([sampleEntry(4), sampleEntry(5), sampleEntry(6)]);
  await log.settled();
  expect(log.size).toBe(6);
  await log.close();
});

test('of a command with several records, those that a kill took come again', async () => {
  const log = await openLog(dir);
  log.append([sampleEntry(7), sampleEntry(7, { result: 'expired' })]);
  await log.close();
  truncateSync(segmentPath(dir, 1), readFileSync(segmentPath(dir, 1), 'utf8').indexOf('\n') + 20);
  const again = await openLog(dir);
  expect([again.size, again.wantedSeq]).toEqual([1, 6]);
  again.append([sampleEntry(7), sampleEntry(7, { result: 'expired' }), sampleEntry(8)]);
  await again.settled();
  const page = await auditPage(again, { filter: {}, beforeSeq: undefined, rowsMax: 9 }, () => true);
  expect(page.records.map((record) => 'result' in record && [record.engineSeq, record.result])).toEqual([
    [8, 'applied'],
    [7, 'expired'],
    [7, 'policy.denied'],
  ]);
  await again.close();
});

test('a torn last line is cut, and the log goes on where it was whole', async () => {
  await written(3);
  appendFileSync(segmentPath(dir, 1), '{"action":"Propose.Tra');
  const log = await openLog(dir);
  expect(log.size).toBe(3);
  log.append([sampleEntry(4)]);
  await log.settled();
  expect(recordsIn(await exportText(log, 1, 4))).toHaveLength(4);
  await log.close();
});

test('a file that fills is closed with a checkpoint, wherever the desk is killed', async () => {
  await written(1_030);
  expect(readdirSync(dir).filter((name) => name.startsWith('checkpoint'))).toHaveLength(1);
  await written(1_100, 1_031);
  // Killed between the last record of a file and its checkpoint.
  rmSync(path.join(dir, 'checkpoint-000000002048.json'));
  rmSync(segmentPath(dir, 2_049));
  const log = await openLog(dir);
  expect(log.size).toBe(2_048);
  expect(readdirSync(dir).filter((name) => name.startsWith('checkpoint'))).toHaveLength(2);
  log.append([sampleEntry(2_049)]);
  await log.settled();
  expect(log.size).toBe(2_049);
  await log.close();
});

test('a record that was changed, or is gone though it was synced, is not written behind', async () => {
  const log = await openLog(dir);
  log.append([sampleEntry(1), sampleEntry(2), sampleEntry(3)], 3);
  await log.close();
  const file = segmentPath(dir, 1);
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, whole.replace('"amount":2000', '"amount":2001'));
  await expect(openLog(dir)).rejects.toThrow(AuditError);
  writeFileSync(file, whole.slice(0, whole.indexOf('\n') + 1));
  await expect(openLog(dir)).rejects.toThrow('damaged at record 2');
});

test('how far the journal was read is known once it is on disk, and nothing before it is wanted again', async () => {
  const covered: number[] = [];
  const log = await openLog(dir, (seq) => covered.push(seq));
  log.append([sampleEntry(3)], 3);
  log.append([], 900);
  await log.close();
  expect(covered.at(-1)).toBe(900);
  const again = await openLog(dir);
  expect(again.wantedSeq).toBe(900);
  await again.close();
});

test('who agreed before stands in the record of who agrees last', async () => {
  const log = await openLog(dir);
  const approval = (approver: string) => [{ approver, sigHash: '00' }];
  log.append([sampleEntry(1, { proposal: 4, result: 'waiting' })]);
  log.append([sampleEntry(2, { proposal: 4, result: 'approved', approvals: approval('0xa') })]);
  await log.close();
  const again = await openLog(dir);
  again.append([sampleEntry(3, { proposal: 4, result: 'applied', approvals: approval('0xb') })]);
  await again.settled();
  const { records } = await auditPage(
    again,
    { filter: { proposal: 4 }, beforeSeq: undefined, rowsMax: 1 },
    () => true,
  );
  expect(records[0]).toMatchObject({ approvals: [...approval('0xa'), ...approval('0xb')] });
  await again.close();
});

test('rows are found by who, what, whose account, when and how it ended, a page after the other', async () => {
  await written(50);
  const log = await openLog(dir);
  const find = async (filter: object, beforeSeq?: number) =>
    (await auditPage(log, { filter, beforeSeq, rowsMax: 3 }, () => true)).records.map(({ seq }) => seq);
  expect(await find({})).toEqual([50, 49, 48]);
  expect(await find({}, 48)).toEqual([47, 46, 45]);
  expect(await find({ result: 'refused' })).toEqual([49, 42, 35]);
  expect(await find({ result: 'policy.denied', account: 8 })).toEqual([42, 21]);
  expect(await find({ role: 'trader' })).toEqual([]);
  expect(await find({ action: 'Transfer', toMs: Date.UTC(2026, 10, 21) + 2_500 })).toEqual([10, 9, 8]);
  const span = await spanOf(log, Date.UTC(2026, 10, 21) + 5_000, Date.UTC(2026, 10, 21) + 6_000);
  expect(span).toEqual({ first: 20, last: 24, day: '20261121' });
  await log.close();
});

test('the key and the log are for the desk’s own user alone', async () => {
  await written(1);
  for (const name of ['engine-key.pem', path.basename(segmentPath(dir, 1))])
    expect(statSync(path.join(dir, name)).mode & 0o777).toBe(0o600);
});

test('nothing that is sent can look like another line of the log', () => {
  expect(cleaned({ 'a\nb': 'x\u202ey\u0000\u2028z\ud800', n: 1.5, list: [true, null, undefined] })).toEqual({
    'a\ufffdb': 'x\ufffdy\ufffd\ufffdz\ufffd',
    n: '1.5',
    list: [true, null, null],
  });
});

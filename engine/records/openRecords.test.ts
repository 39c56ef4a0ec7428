// Goal: whatever is left in the folder, an opening ends with tables that are those of a run from the first command.
// How: a real folder, damaged in the ways we know and by a process that is killed; events then bring it up to date.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RecordedFlow } from '../lab/fixtures/recordedFlow.ts';
import { listCheckpoints, readCheckpoint } from './checkpointFile.ts';
import { openRecords } from './openRecords.ts';
import type { Records } from './records.ts';

const [SEED, COUNT] = [11, 600];
const KILLS = 3;
const OUR_BOOT = 'ours';
const ACCOUNT = 8;
const PEOPLE = { seq: Number.MAX_SAFE_INTEGER, accounts: [ACCOUNT, 9, 10] };

const flow = new RecordedFlow().trade(SEED, COUNT);
const half = Math.floor(flow.seq / 2);
const root = mkdtempSync(path.join(tmpdir(), 'ballast-records-'));
/** Kept up to half of the flow, with checkpoints at 100 and 200, and closed: what every test starts from. */
const closed = path.join(root, 'closed');
const dir = path.join(root, 'records');

/** What somebody reads from records that nothing happened to. */
let undisturbed: unknown;

beforeAll(async () => {
  const first = path.join(root, 'first');
  const { records } = await open({ folder: first });
  for (const seq of [100, 200]) {
    records.apply(flow.slice(0, seq));
    await records.checkpoint();
  }
  records.apply(flow.slice(0, half));
  await records.close();
  cpSync(first, closed, { recursive: true });
  const { records: reopened } = await open({ folder: first });
  undisturbed = await readingsOf(reopened);
  await reopened.close();
});

beforeEach(() => {
  rmSync(dir, { recursive: true, force: true });
  cpSync(closed, dir, { recursive: true });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function open({ folder = dir, boot = OUR_BOOT, seqMax = flow.seq } = {}) {
  const wanted: number[] = [];
  const input = { dir: folder, people: PEOPLE, seqMax, boot, announce: (seq: number) => wanted.push(seq) };
  return { ...(await openRecords(input)), wanted };
}

/** Everything that can be asked, after all events. */
async function readingsOf(records: Records): Promise<unknown> {
  records.apply(flow.slice(records.seq));
  const [account, page] = [ACCOUNT, { limit: 1_000 }];
  const range = { intervalMs: 60_000, fromMs: 0, toMs: 4e12 };
  const markets = [0, 1, 2].map(async (instrument) => [
    await records.ask({ kind: 'candles', instrument, ...range }),
    await records.ask({ kind: 'trades', instrument, limit: 500 }),
    await records.ask({ kind: 'fundingRates', instrument, limit: 500 }),
  ]);
  return [
    await records.ask({ kind: 'fills', account, page }),
    await records.ask({ kind: 'funding', account, page }),
    await records.ask({ kind: 'ledger', account, page }),
    await records.ask({ kind: 'orders', account, ...page }),
    await Promise.all(markets),
    await records.ask({ kind: 'gaps' }),
  ];
}

test('records go on where they stood when nothing but the desk was restarted', async () => {
  const { records, wanted, sentences } = await open();
  expect({ wanted, sentences }).toEqual({ wanted: [half], sentences: [] });
  expect(await readingsOf(records)).toEqual(undisturbed);
  await records.close();
});

test('after the machine was restarted the records are made anew from the newest checkpoint', async () => {
  const { records, wanted, sentences } = await open({ boot: 'another' });
  expect(wanted).toEqual([200]);
  expect(sentences.join(' ')).toMatch(/The machine was started again.*records-200\.checkpoint/);
  expect(await readingsOf(records)).toEqual(undisturbed);
  await records.close();
});

test('a damaged database and a damaged checkpoint leave the older one', async () => {
  truncateSync(path.join(dir, 'database/global/pg_control'), 100);
  const newest = path.join(dir, 'records-200.checkpoint');
  const bytes = readFileSync(newest);
  bytes[bytes.length >> 1]! ^= 4;
  writeFileSync(newest, bytes);
  const { records, wanted, sentences } = await open();
  expect(wanted).toEqual([100]);
  expect(sentences.join(' ')).toMatch(/does not open.*records-200\.checkpoint is damaged/s);
  expect(await readingsOf(records)).toEqual(undisturbed);
  await records.close();
});

test('records of commands that the journal does not have are thrown away', async () => {
  const { records, wanted } = await open({ seqMax: 150 });
  expect(wanted).toEqual([100]);
  expect(listCheckpoints(dir).map(({ seq }) => seq)).toEqual([100]);
  expect(records.seq).toBe(100);
  await records.close();
});

test('two checkpoints are kept, and the older one says what is covered', async () => {
  const { records } = await open();
  const written = await records.checkpoint();
  expect(written).toMatchObject({ seq: half, coveredSeq: 200 });
  expect(listCheckpoints(dir).map(({ seq }) => seq)).toEqual([half, 200]);
  await records.close();
});

test('a process that is killed at any moment leaves records that heal', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const said = await runAndKill(100 + kill * 350);
    const newest = listCheckpoints(dir)[0]!;
    expect(newest.seq).toBeGreaterThanOrEqual(said.checkpoint);
    expect(readCheckpoint(dir, newest)).toBeDefined();
    // The system holds what a killed process wrote: nothing that was written is lost.
    const { records, sentences } = await openRecords({ dir, people: PEOPLE, seqMax: flow.seq });
    expect(sentences).toEqual([]);
    expect(records.seq).toBeGreaterThanOrEqual(said.written);
    expect(readdirSync(dir).filter((name) => name.includes('unfinished'))).toEqual([]);
    if (kill === KILLS - 1) expect(await readingsOf(records)).toEqual(undisturbed);
    await records.close();
  }
});

/** Lets a process keep records and kills it `afterMs` behind its first write. @returns the last it said */
async function runAndKill(afterMs: number): Promise<{ written: number; checkpoint: number }> {
  const entry = fileURLToPath(new URL('../lab/fixtures/recordsWriter.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, dir, `${SEED}`, `${COUNT}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = { written: 0, checkpoint: 0 };
  let isCounting = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, number] = line.split(' ');
    if (word === 'written' || word === 'checkpoint') said[word] = Number(number);
    if (word === 'written' && !isCounting) {
      isCounting = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    }
  }
  await ended(child);
  return said;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

// Goal: a damaged file is told with file, line and what was done, and plays on. How: small files are written with one
// defect each, and everything the feed gives for two of its loops is looked at.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaptureFixture, smallCapture } from '../../lab/fixtures/captureFixture.ts';
import { CaptureFeed, type FeedMessage } from './captureFeed.ts';
import { DefectLog, MarketFileError, sentenceOf } from './defects.ts';
import { Grid } from './grid.ts';

const btc = new Grid({ ticksPerUsd: 10, lotsPerUnit: 10_000 });
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-capture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function play(files: string[], untilMs: number): Promise<{ messages: FeedMessage[]; log: DefectLog }> {
  const log = new DefectLog();
  const feed = new CaptureFeed(files, btc, log);
  await feed.open();
  await feed.fill(untilMs);
  return { messages: feed.take(untilMs), log };
}

function at(name: string): string {
  return path.join(folder, name);
}

test('a recording plays in its own time and begins again after its last message', async () => {
  const file = smallCapture(20).bestQuote().write(at('binance-usdm-btcusdt_whole.jsonl.gz'));
  const { messages, log } = await play([file], 2_099);
  expect(messages.map(({ kind }) => kind)).toEqual(['snapshot', ...Array(20).fill('diff')]);
  expect(log.defects).toEqual([]);
  const twice = await play([file], 2_200);
  expect(twice.messages.slice(21).map(({ kind }) => kind)).toEqual(['rewind', 'snapshot', 'diff']);
});

test('pieces of one recording play one after another', async () => {
  const whole = smallCapture(20);
  const first = at('piece-1.jsonl');
  const second = at('piece-2.jsonl');
  writeFileSync(first, `${whole.lines.slice(0, 9).join('\n')}\n`);
  writeFileSync(second, whole.lines.slice(9).join('\n'));
  const { messages, log } = await play([first, second], 2_000);
  expect(messages.map((message) => message.kind === 'diff' && message.lastId).slice(1)).toEqual(
    Array.from({ length: 20 }, (_, k) => 101 + k),
  );
  expect(log.defects).toEqual([]);
});

describe('a file that is', () => {
  test('compressed and cut gives the whole lines before the cut', async () => {
    const file = smallCapture(400).write(at('cut.jsonl.gz'), 0.6);
    const { messages, log } = await play([file], 60_000);
    const [defect] = log.defects;
    expect(log.defects).toHaveLength(1);
    expect(defect).toMatchObject({ file: 'cut.jsonl.gz', code: 'market.fileTruncated' });
    expect(defect!.line).toBeGreaterThan(50);
    expect(messages.filter(({ kind }) => kind === 'rewind').length).toBeGreaterThan(0);
  });

  test('plain and cut leaves out its last line', async () => {
    const file = smallCapture(10).write(at('cut.jsonl'), 0.97);
    const { log } = await play([file], 3_000);
    expect(log.defects).toEqual([
      { file: 'cut.jsonl', line: 11, code: 'market.fileTruncated', done: 'The line was left out.' },
    ]);
  });

  test('damaged in the middle leaves out the line and plays on', async () => {
    const capture = smallCapture(3).raw('1723161255319702566 {"e":"depthUp').diff(104, 104, 103, [], []);
    const { messages, log } = await play([capture.write(at('middle.jsonl'))], 500);
    expect(log.defects.map(sentenceOf)).toEqual([
      'middle.jsonl:5: The market data file cannot be read. The line was left out. (market.fileUnreadable)',
    ]);
    expect(messages.some((message) => message.kind === 'diff' && message.lastId === 104)).toBe(true);
  });

  test('no gzip although its name says so cannot be opened', async () => {
    writeFileSync(at('not.jsonl.gz'), 'this is not compressed');
    await expect(play([at('not.jsonl.gz')], 0)).rejects.toThrow(MarketFileError);
  });

  test('out of order in its receive times is played in its own order', async () => {
    const capture = smallCapture(2)
      .shift(-5_000)
      .diff(103, 103, 102, [], [])
      .shift(5_000)
      .diff(104, 104, 103, [], []);
    const { messages, log } = await play([capture.write(at('times.jsonl'))], 400);
    expect(log.defects).toMatchObject([{ line: 4, code: 'market.fileReordered' }]);
    expect(messages.map((message) => message.kind === 'diff' && message.lastId)).toContain(104);
  });

  test('without a snapshot cannot be played', async () => {
    const file = new CaptureFixture().diff(1, 2, 0, [], []).write(at('none.jsonl'));
    await expect(play([file], 0)).rejects.toThrow(/no snapshot/);
  });

  test('off the ticks or lots of its instrument is refused with the price it names', async () => {
    const file = new CaptureFixture().snapshot(1, [['61800.25', '1.0']], []).write(at('off.jsonl'));
    await expect(play([file], 0)).rejects.toThrow(/off\.jsonl:1: .*1\.0 at 61800\.25 is not a whole number/);
    const later = smallCapture(1)
      .diff(102, 102, 101, [['61800.00', '0.00001']], [])
      .write(at('later.jsonl'));
    const { log } = await play([later], 300);
    expect(log.defects).toMatchObject([{ line: 3, code: 'market.fileUnreadable' }]);
  });
});

test('a looped file tells each defect once, and hardly more than is asked is in memory', async () => {
  const file = smallCapture(50).raw('broken').write(at('loop.jsonl'));
  const log = new DefectLog();
  const feed = new CaptureFeed([file], btc, log);
  await feed.open();
  let count = 0;
  for (let untilMs = 1_000; untilMs <= 60_000; untilMs += 1_000) {
    await feed.fill(untilMs + 1_000);
    count += feed.take(untilMs).length;
  }
  expect(count).toBeGreaterThan(500);
  expect(log.defects).toHaveLength(1);
  expect(feed.readUntilMs).toBeLessThan(70_000);
});

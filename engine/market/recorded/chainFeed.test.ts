// Goal: a chain plays in its own time, again and again, and what is wrong with its file is told once. How: small files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAIN_START_MS, ChainFixture } from '../../lab/fixtures/chainFixture.ts';
import { ChainFeed } from './chainFeed.ts';
import { DefectLog } from './defects.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-chain-feed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function open(file: string): Promise<{ feed: ChainFeed; log: DefectLog }> {
  const log = new DefectLog();
  const feed = new ChainFeed(file, log);
  await feed.open();
  return { feed, log };
}

const at = (name: string) => path.join(folder, name);
const CONTRACTS = 42;

test('quotes come at their own times, and from the beginning again after a minute', async () => {
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .moment(CHAIN_START_MS + 20_000, 2_010)
    .write(at('1.csv'));
  const { feed } = await open(file);
  await feed.fill(70_000);
  expect(feed.take(0)).toHaveLength(CONTRACTS);
  expect(feed.take(19_999)).toEqual([]);
  expect(feed.take(20_000).map(({ index }) => index)).toEqual(Array(CONTRACTS).fill(2_010));
  expect(feed.take(59_999)).toEqual([]);
  expect(feed.take(60_000).map(({ index }) => index)).toEqual(Array(CONTRACTS).fill(2_000));
});

test('a longer recording begins again after its last line', async () => {
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .moment(CHAIN_START_MS + 90_000, 2_010)
    .write(at('2.csv.gz'));
  const { feed } = await open(file);
  await feed.fill(200_000);
  expect(feed.take(90_099)).toHaveLength(2 * CONTRACTS);
  expect(feed.take(90_100)).toHaveLength(CONTRACTS);
});

test('a looped file tells each defect once, and hardly more than is asked is in memory', async () => {
  const file = new ChainFixture().moment(CHAIN_START_MS, 2_000).raw('broken').write(at('3.csv'));
  const { feed, log } = await open(file);
  let count = 0;
  for (let untilMs = 60_000; untilMs <= 3_600_000; untilMs += 60_000) {
    await feed.fill(untilMs);
    count += feed.take(untilMs - 1).length;
  }
  expect(count).toBe(60 * CONTRACTS);
  expect(log.defects).toMatchObject([{ file: '3.csv', line: 44, code: 'market.fileUnreadable' }]);
  expect(feed.readUntilMs).toBeLessThan(3_800_000);
});

test('a compressed file that is cut gives the whole lines before the cut', async () => {
  const file = new ChainFixture().moment(CHAIN_START_MS, 2_000).write(at('4.csv.gz'));
  writeFileSync(file, readFileSync(file).subarray(0, 900));
  const { feed, log } = await open(file);
  const whole = feed.peek(0).length;
  expect(whole).toBeGreaterThan(5);
  expect(whole).toBeLessThan(CONTRACTS);
  expect(log.defects[0]!.code).toBe('market.fileTruncated');
});

test.each([
  ['no line', '', 'It is empty.'],
  ['only columns', new ChainFixture().lines[0]!, 'It holds no quote of an option.'],
])('a file with %s cannot be played', async (name, content, sentence) => {
  writeFileSync(at(`${name}.csv`), content);
  await expect(open(at(`${name}.csv`))).rejects.toThrow(sentence);
});

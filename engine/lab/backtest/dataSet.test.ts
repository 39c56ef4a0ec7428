// Goal: every bar is counted once, and what cannot be read is named. How: small files in the recorded forms.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../units/time.ts';
import { missingParts, readDataSet } from './dataSet.ts';
import { DataError, readTape } from './readTape.ts';
import { FIXTURE_START_MS, tapeOf, writeBars } from './tapeFixture.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-backtest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, lines: string[]): string {
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, gzipSync(lines.join('\n')));
  return whole;
}

function read(file: string, dropLast = false) {
  return readTape({ file, asset: 'X', source: 'here', barMs: HOUR_MS, dropLast });
}

describe('a file of bars', () => {
  test('has its times in milliseconds, with a zone or without one', () => {
    const rows = ['Open,High,Low,Close,Volume', '1,2,1,2,5', '2,3,1,1,7'];
    const forms = [
      ['1757754000000', '1757757600000'],
      ['2025-09-13 09:00:00+00:00', '2025-09-13 10:00:00+00:00'],
      ['2025-09-13 09:00:00.000000', '2025-09-13 10:00:00.000000'],
    ];
    for (const times of forms) {
      const tape = read(
        write('times.csv.gz', [`Date,${rows[0]}`, `${times[0]},${rows[1]}`, `${times[1]},${rows[2]}`]),
      );
      expect([...tape.timesMs]).toEqual([1_757_754_000_000, 1_757_757_600_000]);
      expect([...tape.close]).toEqual([2, 1]);
      expect([...tape.turnoverUsd]).toEqual([10, 7]);
    }
  });

  test('loses its unfinished last bar when it is said to have one', () => {
    const file = write('last.csv.gz', ['date,open,high,low,close,volume', '1,1,1,1,1,1', '2,1,1,1,1,1']);
    expect(read(file, true).close).toHaveLength(1);
  });

  test.each([
    ['a column is missing', ['date,open,high,low,volume', '1,1,1,1,1'], 'no column "close"'],
    ['there is no time', ['open,high,low,close,volume', '1,1,1,1,1'], 'no column of time'],
    ['time goes back', ['date,high,low,close,volume', '2,1,1,1,1', '1,1,1,1,1'], 'line 3'],
    ['a close lies outside its bar', ['date,high,low,close,volume', '1,1,1,2,1'], 'line 2'],
    ['a price is no number', ['date,high,low,close,volume', '1,1,1,x,1'], 'line 2'],
  ])('is refused by name when %s', (_what, lines, words) => {
    expect(() => read(write('bad.csv.gz', lines))).toThrow(words);
  });
});

describe('tapes of one asset', () => {
  const hours = (from: number, until: number) =>
    tapeOf(
      Array.from({ length: until - from }, () => 100),
      {
        timesMs: Array.from(
          { length: until - from },
          (_, hour) => FIXTURE_START_MS + (from + hour) * HOUR_MS,
        ),
      },
    );

  test('do not overlap: a worse source fills what is before, between and behind the better ones', () => {
    const parts = missingParts(hours(0, 2_000), [hours(300, 600), hours(1_000, 1_200)]);
    expect(parts.map(({ timesMs }) => timesMs.length)).toEqual([300, 400, 800]);
  });

  test('are not made of scraps under a week', () => {
    expect(missingParts(hours(0, 400), [hours(100, 300)])).toEqual([]);
  });
});

test('a folder without prices is said to be one, with the way out', () => {
  const nowhere = path.join(folder, 'nowhere');
  expect(() => readDataSet(nowhere)).toThrow(DataError);
  expect(() => readDataSet(nowhere)).toThrow('npm run backtest -- --data DIR');
});

test('stable coins are collateral and are left out', () => {
  const data = path.join(folder, 'coins');
  const calm = Array.from({ length: 200 }, () => 1);
  for (const asset of ['BTC', 'USDC']) writeBars(data, asset, calm);
  expect(readDataSet(data).assets.map(({ asset }) => asset)).toEqual(['BTC']);
});

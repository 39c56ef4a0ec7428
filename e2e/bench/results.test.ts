import { expect, test } from 'vitest';
import { Results } from './results.ts';

const quiet = { tookMs: 200, cpuMs: 200 };

function judge(kind: 'clock' | 'processor' | 'count', values: readonly number[], calibration = quiet) {
  const results = new Results(quiet);
  results.calibrated(calibration);
  for (const value of values) results.add('measured', value, 10, kind);
  return results.report();
}

test('of times the best repetition is judged, of counts the worst', () => {
  expect(judge('clock', [30, 10, 20]).exceeded).toEqual([]);
  expect(judge('processor', [30, 11, 20]).exceeded).toEqual(['measured']);
  expect(judge('count', [0, 0, 11]).exceeded).toEqual(['measured']);
  expect(judge('count', [0, 10, 3]).exceeded).toEqual([]);
});

test('a slow machine excuses times and no count', () => {
  const slow = { tookMs: 400, cpuMs: 300 };
  expect(judge('clock', [20], slow).exceeded).toEqual([]);
  expect(judge('processor', [20], slow).exceeded).toEqual(['measured']);
  expect(judge('count', [11], slow).exceeded).toEqual(['measured']);
});

test('what was not measured in one repetition holds nothing where it is a count', () => {
  expect(judge('count', [0, Number.NaN]).exceeded).toEqual(['measured']);
  expect(judge('clock', [Number.NaN]).exceeded).toEqual(['measured']);
});

test('what is only noted is never exceeded', () => {
  const results = new Results(quiet);
  results.calibrated(quiet);
  results.note('seen', 1_000);
  expect(results.report()).toMatchObject({ exceeded: [], rows: [{ name: 'seen', value: 1_000 }] });
});

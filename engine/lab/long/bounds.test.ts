import { expect, test } from 'vitest';
import { held, killFaults, soakFaults } from './bounds.ts';
import type { KillReport } from './kill.ts';
import { riseOf, type SoakReport } from './soak.ts';

/** An hour at the edge of every bound. */
const soaked: SoakReport = {
  minutes: 60,
  cpuShare: 0.3,
  rssFirstMb: 400,
  rssLastMb: 520,
  rssRiseMb: 48,
  heapRiseMb: 10,
  journalMbPerHour: 100,
  booksSeen: 8_000,
  crossed: 0,
  complaints: [],
  samples: [],
};

const killed: KillReport = {
  cycles: 5,
  acknowledgedCount: 900,
  lostCount: 0,
  restartMsMax: 3_000,
  bareStartMsMax: 60,
  stopMs: 2_000,
  sequence: 10_000,
  stateHash: 'ab',
};

test('a soak at the edge of its bounds holds, and each bound that is passed is told alone', () => {
  expect(soakFaults(soaked)).toEqual([]);
  const broken: [Partial<SoakReport>, string][] = [
    [{ cpuShare: 0.31 }, 'processor: 0.31 of one core (≤ 0.3)'],
    [{ journalMbPerHour: 100.1 }, 'journal: 100.1 MB an hour (≤ 100)'],
    [{ heapRiseMb: 10.1 }, 'heap rose in the last quarter by: 10.1 MB (≤ 10)'],
    [{ rssRiseMb: 49 }, 'resident memory rose in the last quarter by: 49 MB (≤ 48)'],
    [{ booksSeen: 0 }, 'no book was seen'],
    [{ crossed: 1 }, '1 of 8000 books were crossed'],
    [{ complaints: ['an unhandled rejection'] }, 'the desk complained: an unhandled rejection'],
  ];
  for (const [change, sentence] of broken) expect(soakFaults({ ...soaked, ...change })).toEqual([sentence]);
});

test('what was not measured holds nothing', () => {
  expect(soakFaults({ ...soaked, cpuShare: Number.NaN, heapRiseMb: Number.NaN })).toHaveLength(2);
});

test('a shorter run is allowed less growth', () => {
  expect(soakFaults({ ...soaked, minutes: 12 })).toEqual([
    'heap rose in the last quarter by: 10 MB (≤ 6)',
    'resident memory rose in the last quarter by: 48 MB (≤ 35.2)',
  ]);
});

test('growth is that of the lowest: what is collected again is none, a leak is', () => {
  const saw = Array.from({ length: 120 }, (_, at) => 100 + (at % 10) * 8);
  expect(riseOf(saw)).toBe(0);
  expect(riseOf(saw.map((mb, at) => mb + at))).toBe(30);
});

test('a restart and a stop keep their bounds, which stretch with a machine that starts everything slowly', () => {
  expect(killFaults(killed)).toEqual([]);
  expect(killFaults({ ...killed, restartMsMax: 3_001 })).toEqual(['slowest restart: 3001 ms (≤ 3000)']);
  expect(killFaults({ ...killed, stopMs: 2_001 })).toEqual(['stop: 2001 ms (≤ 2000)']);
  expect(killFaults({ ...killed, restartMsMax: 6_000, stopMs: 4_000, bareStartMsMax: 160 })).toEqual([]);
  expect(killFaults({ ...killed, lostCount: 1 })).toEqual(['1 acknowledged orders were lost']);
  expect(killFaults({ ...killed, acknowledgedCount: 0 })).toEqual(['nothing was acknowledged before a kill']);
});

test('a run that broke a bound ends with its sentence, and its report is said all the same', () => {
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);
  expect(held(soaked, soakFaults, say)).toBe(soaked);
  expect(said).toEqual([]);
  expect(() => held({ ...soaked, crossed: 2 }, soakFaults, say)).toThrow('2 of 8000 books were crossed');
  expect(said.join()).toContain('"crossed": 2');
});

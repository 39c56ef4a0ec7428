// Goal: what we say of a security standard is about tests that are there. How: docs/asvs.csv is read; its rows are those
// security 4.2 names, each is held by tests of the project or says why not.
import { expect, test } from 'vitest';
import { projectFiles, read } from './sources.ts';

const [head, ...rows] = read('docs/asvs.csv').trim().split('\n').map(cellsOf);

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, 5).map(([, cell = '']) => cell);
}

/** How many requirements security 4.2 lists by number in each part; some parts with gaps. */
const NAMED: Readonly<Record<string, readonly number[]>> = {
  'V2.1': [3],
  'V2.2': [1, 2, 3],
  'V2.3': [1, 2, 3, 4, 5],
  'V2.4': [1],
  'V3.2': [1, 2],
  'V3.3': [1, 2, 3, 4],
  'V3.4': [1, 2, 3, 4, 5, 6, 7],
  'V3.5': [1, 2, 3, 5],
  'V3.7': [2],
  'V4.1': [1, 3, 4, 5],
  'V4.2': [1],
  'V4.4': [1, 2, 3, 4],
  'V7.1': [1, 2, 3],
  'V7.2': [1, 2, 3, 4],
  'V7.3': [1, 2],
  'V7.4': [1, 2, 3, 4, 5],
  'V7.5': [1, 2, 3],
  'V16.2': [1, 2, 3, 4, 5],
  'V16.3': [1, 2, 3, 4],
  'V16.4': [1, 2, 3],
  'V16.5': [1, 2, 3, 4],
};

test('every requirement the spec names has a row, and no other', () => {
  expect(head).toEqual(['id', 'level', 'state', 'how', 'test']);
  const named = Object.entries(NAMED).flatMap(([part, numbers]) => numbers.map((n) => `${part}.${n}`));
  expect(rows.map(([id]) => id)).toEqual(named);
});

test('what holds is held by tests that are there; what does not says why', () => {
  const files = new Set(projectFiles());
  for (const [id, level, state, how = '', tests = ''] of rows) {
    expect(['1', '2', '3'], id).toContain(level);
    expect(['holds', 'partly', 'not here'], id).toContain(state);
    expect(how.length, id).toBeGreaterThan(5);
    const named = tests.split(' ').filter((file) => file !== '');
    expect(
      named.filter((file) => !files.has(file)),
      id,
    ).toEqual([]);
    if (state === 'holds') expect(named.length, id).toBeGreaterThan(0);
  }
});

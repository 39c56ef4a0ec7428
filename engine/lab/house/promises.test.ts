// Goal: no promise of the reliability specification is without a test that says which one it is. How: the title of a
// test, or of the group it stands in, begins with the promise's number (`P1: …`, `P1, P10: …`).
import { expect, test } from 'vitest';
import { isTest, read, sourceFiles } from './sources.ts';

/** P1 to P12 as the specification lists them; P11, old journals under new code, is for when there is a second version. */
const PROMISES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P12'];

/** `test('P1: `, `describe('P5: `, `test.each(…)(\n 'P2: `. */
const TITLE = /\b(?:test|describe)(?:\.each\([^)]*\)+)?\(\s*['"`]((?:P\d+(?:, )?)+): /g;

const named = new Map<string, string[]>();
for (const file of sourceFiles().filter(isTest)) {
  for (const [, promises] of read(file).matchAll(TITLE))
    for (const promise of promises!.split(', ')) named.set(promise, [...(named.get(promise) ?? []), file]);
}

test.each(PROMISES)('%s has a test that names it', (promise) => {
  expect(named.get(promise) ?? []).not.toEqual([]);
});

test('no test names a promise that is not listed', () => {
  expect([...named.keys()].filter((name) => !PROMISES.includes(name))).toEqual([]);
});

import { expect, test } from 'vitest';
import { isTest, read, sourceFiles } from './sources.ts';

const OWN_BOUND = /\btimeout: [\d_]+/;

/** A bound that a test sets itself outranks the command line's, and ends a full count on a busy machine. */
test('a test that is run at a full count has no bound in time that ends it there', () => {
  const counted = sourceFiles().filter((file) => isTest(file) && read(file).includes('BALLAST_LONG_COUNT'));
  expect(counted.length).toBeGreaterThan(5);
  expect(counted.filter((file) => OWN_BOUND.test(read(file)))).toEqual([]);
});

test('each long run of tests takes the seed it is told', () => {
  const calls = read('engine/lab/long/main.ts').match(/vitestRun\(\s*\[[^\]]*\],[^)]*\)/g) ?? [];
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter((call) => !/,\s*count,\s*seed,?\s*\)$/.test(call))).toEqual([]);
});

// Goal: T18. Whatever history the chain takes back, at whatever depth, and whether or not the desk believed in it: each
// deposit is credited once and each withdrawal paid once. How: the short form of `npm run long -- reorg`.
import { expect, test } from 'vitest';
import { reorgRun } from './reorg.ts';

test('a deposit, a claim and a root that are taken back and come again count once each', {
  timeout: 180_000,
}, async () => {
  const report = await reorgRun({ depths: [1, 3], say: () => undefined });
  // Three stories at each depth, final at once and never within reach.
  expect(report).toMatchObject({ reorgs: 12, deposits: 12, credits: 12, creditedTwice: 0, lost: 0 });
  expect(report).toMatchObject({ claims: 12, paidTwice: 0 });
  // A claim that was seen is taken back with nothing else, or after its deposit has come again: in each story that has one.
  expect(report.reopened).toBeGreaterThan(0);
  expect(report.rootsPosted).toBeGreaterThan(report.roots);
});

// Goal: whoever waits for the vault's buckets is told until when, others before them included. How: buckets as a vault
// would tell them.
import { expect, test } from 'vitest';
import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { bucketsOf, readBuckets, waitOf } from './buckets.ts';

const OWN = `0x${'11'.repeat(20)}${'0'.repeat(24)}`;
const OTHER = `0x${'22'.repeat(20)}${'0'.repeat(24)}`;
const caps = [{ asset: 0, windowS: 100, ofAll: 1_000n, ofEach: 400n }];
const directory = {} as DirectoryView;
const block = { number: 1, hash: `0x${'33'.repeat(32)}` } as const;
const open = (nonce: number, sub: string, amount: number): WithdrawalFacts => ({
  ...{ nonce, account: -1, sub, asset: 0, amount, to: OWN.slice(0, 42), seq: nonce, authorisedMs: 0 },
});
const nameOf = ({ sub }: WithdrawalFacts) => sub!;

async function pairAfter(withdrawals: WithdrawalFacts[], freeOf: Record<string, [bigint, bigint]>) {
  const asked: string[] = [];
  const ask = (async (_name: string, [, sub]: [number, string]) => {
    asked.push(sub);
    return freeOf[sub] ?? freeOf[OWN];
  }) as never;
  const buckets = await readBuckets({ ask }, directory, withdrawals, { paid: [], caps }, block);
  return { asked, pair: bucketsOf(buckets, { caps }, 0, OWN)! };
}

test('only buckets that somebody draws from are asked about, each once; any other one is full', async () => {
  const { asked, pair } = await pairAfter([open(1, OTHER, 5), open(2, OTHER, 6)], { [OWN]: [700n, 9n] });
  expect(asked).toHaveLength(2);
  expect([pair.ofAll.free, pair.ofEach.free]).toEqual([700n, 400n]);
});

test('one waits for its own bucket and for that of all, behind those with a smaller number that can be paid', async () => {
  const withdrawals = [open(1, OTHER, 400), open(2, OTHER, 401), open(3, OWN, 300), open(4, OWN, 200)];
  const { pair } = await pairAfter(withdrawals, { [OWN]: [500n, 400n] });
  const waits = withdrawals.map((each) => waitOf(each, withdrawals, nameOf, pair));
  // 10 a second into all, 4 into each: the third waits for 200 of all, the fourth for 400 of all and 100 of its own.
  expect(waits).toEqual([0, undefined, 20_000, 40_000]);
});

test('of an asset the vault has said nothing of, nothing is said', () => {
  expect(bucketsOf(new Map(), { caps: [] }, 0, OWN)).toBeUndefined();
});

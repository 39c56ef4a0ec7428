import { expect, test } from 'vitest';
import type { ProofView } from '../../../../engine/protocol/views/settlement.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import { testNowMs, testSettlement, testVault } from '../../../../lib/testSettlement.ts';
import { spanOf } from '../spans.ts';
import { exitAmounts, freezeWays, keptWords, kitStand } from './Exit.state.ts';

function keptOf(epoch: number, entitled: string[], paid?: string[], sub = '0x1'): KeptProof {
  const proof = { epoch, leaf: { sub, entitled } } as unknown as ProofView;
  return { proof, label: '', keptMs: testNowMs, paid };
}

test('what is left is what leaves entitle to, less what the vault paid each, never less than nothing', () => {
  const kept = [keptOf(6, ['5000000', '7'], ['1000000', '9']), keptOf(6, ['2000000', '3'])];
  expect(exitAmounts(testSettlement, kept).map(({ asset, units }) => [asset.name, units])).toEqual([
    ['USDC', 6_000_000n],
    ['WETH', 3n],
  ]);
});

test('a kit is current when every account is in it by the newest final root', () => {
  const both = [keptOf(6, []), keptOf(6, [], [], '0x2')];
  expect([kitStand(both, 2, 6), kitStand(both, 3, 6), kitStand(both, 2, 7)]).toEqual([
    'current',
    'not the newest root',
    'not the newest root',
  ]);
  expect(kitStand(both, 2, undefined)).toBe('not final yet');
  expect(keptWords(both, 3)).toBe('2 of 3 accounts, root #6');
  expect(keptWords([keptOf(5, []), keptOf(6, [], [], '0x2')], 2)).toBe('2 of 2 accounts, roots #6, #5');
  // One account by a final root and by the one behind it.
  expect(keptWords([keptOf(6, []), keptOf(7, [])], 1)).toBe('1 of 1 account, roots #7, #6');
  expect(keptWords([], 1)).toBe('0 of 1 account');
});

const labelOf = (account: number) => `A${account}`;
const waysOf = (change: object, nowMs: number) =>
  freezeWays({ ...testSettlement, ...change }, nowMs, labelOf);

test('silence freezes once it is longer than the vault allows, not while it is paused, and once', () => {
  const late = testNowMs + 86_400_000;
  expect(waysOf({}, testNowMs)[0]).toMatchObject({ words: 'last root 1 min ago', due: undefined });
  expect(waysOf({}, late)[0]).toMatchObject({ share: 1, due: { is: 'silence' } });
  expect(waysOf({ pausedUntilMs: late + 1 }, late)[0]?.due).toBeUndefined();
  expect(waysOf({ frozenEpoch: 6 }, late)[0]?.due).toBeUndefined();
  expect(waysOf({ roots: [] }, late)[0]).toMatchObject({ words: 'none posted yet', due: undefined });
});

test('how near a freeze is follows the chain’s clock where that is ahead', () => {
  const block = { ...testSettlement.block!, timeMs: testNowMs + 86_400_000 };
  expect(waysOf({ block }, testNowMs)[0]).toMatchObject({ share: 1, due: { is: 'silence' } });
});

test('a demand is told with what is left of its time, and freezes once it is overdue', () => {
  const sub = `${testVault}${'8'.padStart(24, '0')}`;
  const demand = { account: 8, sub, asset: 0, amount: '250000000', missing: '250000000', onTheWay: '0' };
  const held = { heldBy: null, unwindMs: testNowMs + 30_000 };
  const demands = [{ ...demand, ...held, askedMs: testNowMs - 30_000, dueMs: testNowMs + 90_000 }];
  expect(waysOf({}, testNowMs)[1]).toMatchObject({ words: 'none open', side: 'anyone may' });
  expect(waysOf({ demands }, testNowMs)[1]).toMatchObject({
    words: 'A8: 250.00 USDC, 1:30 left',
    share: 0.25,
    due: undefined,
  });
  expect(waysOf({ demands }, testNowMs + 90_001)[1]).toMatchObject({
    words: 'A8: 250.00 USDC, overdue',
    due: { is: 'demand', sub },
  });
  const served = demands.map((each) => ({ ...each, onTheWay: '250000000' }));
  expect(waysOf({ demands: served }, testNowMs)[1]?.words).toBe('A8: 250.00 USDC, 1:30 left, on its way');
  const stuck = demands.map((each) => ({ ...each, heldBy: 'Nothing of it is free.' }));
  expect(waysOf({ demands: stuck }, testNowMs)[1]?.words).toBe(
    'A8: 250.00 USDC, 1:30 left, margin holds it: closed in 0:30',
  );
  expect(waysOf({ demands: stuck }, testNowMs + 30_000)[1]?.words).toBe(
    'A8: 250.00 USDC, 1:00 left, margin holds it: being closed',
  );
});

test('spans are said in the unit they are whole in', () => {
  expect([259_200, 86_400, 600, 120, 5].map(spanOf)).toEqual(['3 d', '24 h', '10 min', '120 s', '5 s']);
});

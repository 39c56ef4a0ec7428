import { expect, test } from 'vitest';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { LimitChangeView } from '../../engine/protocol/views/firm.ts';
import { limitChanges } from './limitChanges.ts';

const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1 };
const limit = (terms: Partial<LimitChangeView>): LimitChangeView => ({
  node: 1,
  kind: 'gross',
  of: '',
  used: 0,
  usedAfter: 0,
  soft: 80,
  hard: 100,
  ...terms,
});

test('what changes is told, what is passed first, and what stays within is left out', () => {
  const limits = [
    limit({ node: 1, used: 50, usedAfter: 50 }),
    limit({ node: 2, used: 10, usedAfter: 20 }),
    limit({ node: 3, used: 79, usedAfter: 81 }),
    limit({ node: 4, used: 100, usedAfter: 120 }),
    limit({ node: 5, used: 90, usedAfter: 90 }),
  ];
  const found = limitChanges(transfer, limits);
  expect(found.map(({ after }) => after.node)).toEqual([4, 5, 3, 2]);
  expect(found.filter(({ isCrossed }) => isCrossed).map(({ after }) => after.node)).toEqual([3]);
});

test('new limits are held against what is used already, and one that is taken away stands before those that hold', () => {
  const action: Action = {
    kind: 'SetLimits',
    node: 1,
    limits: { soft: { grossUsd: 20 }, hard: { grossUsd: 40, assets: [{ underlying: 'BTC', netUsd: 500 }] } },
  };
  const limits = [
    limit({ used: 50, usedAfter: 50 }),
    limit({ kind: 'assetNet', of: 'BTC', used: 50, usedAfter: 50, soft: null, hard: null }),
    limit({ kind: 'assetGross', of: 'BTC', used: 50, usedAfter: 50, soft: null, hard: null }),
    limit({ kind: 'net', used: 5, usedAfter: 5 }),
  ];
  const found = limitChanges(action, limits);
  expect(found.map(({ after: { kind, soft, hard } }) => [kind, soft, hard])).toEqual([
    ['gross', 20, 40],
    ['net', null, null],
    ['assetNet', null, 500],
  ]);
  expect(found.map(({ isCrossed }) => isCrossed)).toEqual([true, false, false]);
});

import { expect, test } from 'vitest';
import type { Approvals } from '../../engine/protocol/commands/policy.ts';
import type { ActionTrialView, LimitChangeView } from '../../engine/protocol/views/firm.ts';
import type { PreviewSideView } from '../../engine/protocol/views/preview.ts';
import { dropWords } from './dropWords.ts';

const USD = 1_000_000;
const names = {
  accountLabel: (account: number) => `Account ${account}`,
  labelOf: (node: number) => `Place ${node}`,
};
const side = (ratioPpm: number, distanceSigmas: number) => ({ ratioPpm, distanceSigmas }) as PreviewSideView;
const limit = (terms: Partial<LimitChangeView>): LimitChangeView => ({
  node: 1,
  kind: 'gross',
  of: '',
  used: 0,
  usedAfter: 0,
  soft: null,
  hard: 2_000_000 * USD,
  ...terms,
});
const trial = (terms: Partial<ActionTrialView>) =>
  ({
    verdict: 'allow',
    rules: [],
    needs: null,
    refusal: null,
    accounts: [],
    limits: [],
    ...terms,
  }) as ActionTrialView;

test('both sides are told before and after, and what stays is said to', () => {
  const accounts = [
    { account: 8, before: side(412_000, 2.61), after: side(380_000, 2.9) },
    { account: 9, before: side(100_000, 12), after: side(100_000, 12) },
  ];
  expect(dropWords(trial({ accounts }), names).accounts).toEqual([
    'Account 8: MM ÷ equity 41.20% → 38.00%, distance 2.61σ → 2.90σ',
    'Account 9: MM ÷ equity 10.00% as before, distance 12.00σ as before',
  ]);
});

test('limits that would be used otherwise are told, what would be passed first, and no more than three', () => {
  const limits = [
    limit({ node: 1, used: 5e11, usedAfter: 4e11 }),
    limit({ node: 2, kind: 'assetNet', of: 'BTC', used: 1e12, usedAfter: 21e11 }),
    limit({ node: 3, used: 1e12, usedAfter: 1e12 }),
    limit({ node: 4, used: 0, usedAfter: 1e12, soft: 8e11 }),
    limit({ node: 5, used: 0, usedAfter: 1e11 }),
  ];
  expect(dropWords(trial({ limits }), names).limits).toEqual([
    'Place 2 Net BTC: 1.00m → 2.10m of 2.00m, at hard',
    'Place 4 Gross: 0 → 1.00m of 2.00m, over soft',
    'Place 1 Gross: 500k → 400k of 2.00m, within',
  ]);
});

test('the outcome names the rule, who must agree, or why not', () => {
  const said = (terms: Partial<ActionTrialView>) => dropWords(trial(terms), names).outcome;
  const needs: Approvals = { is: 'approve', groups: [], vetoRoles: [], delayMs: 0, expiryMs: 3_600_000 };
  const refusal = { code: 'policy.denied', message: 'The policy forbids it.' } as never;
  expect(said({ rules: ['TREE'] })).toBe('Allowed by rule TREE: done at once.');
  expect(said({ verdict: 'approve', rules: ['PORT'], needs })).toBe(
    'Needs approval by rule PORT: nobody must agree · expires 1 h.',
  );
  expect(said({ verdict: 'deny', rules: ['NIGHT'], refusal })).toBe(
    'Refused by rule NIGHT: The policy forbids it.',
  );
  expect(said({ verdict: 'approve', rules: ['PORT'], needs, refusal })).toBe(
    'Refused: The policy forbids it.',
  );
  expect(dropWords(trial({ refusal }), names).isRefused).toBe(true);
});

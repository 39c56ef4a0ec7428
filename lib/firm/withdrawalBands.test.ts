import { expect, test } from 'vitest';
import type { Approvals, Rule } from '../../engine/protocol/commands/policy.ts';
import { Role } from '../../engine/protocol/enums.ts';
import { bandAnswers, bandWords, questionOf, withdrawalBands } from './withdrawalBands.ts';

const rule = (when: Rule['when']): Rule => ({ id: 'R', when, verdict: { is: 'allow' } });
const words = (rules: readonly Rule[]) => withdrawalBands(rules).map(bandWords);

/** Small, large and what lies between, as a firm's policy has them. */
const tiers = [
  rule({ actions: ['Withdraw'], upToUsd: 50_000 }),
  rule({ actions: ['Withdraw'], overUsd: 50_000, upToUsd: 1_000_000 }),
  rule({ actions: ['Withdraw'], overUsd: 1_000_000 }),
];

test('three tiers are three bands, each from where the one before ends', () => {
  expect(words(tiers)).toEqual(['up to 50,000', 'over 50,000, up to 1,000,000', 'over 1,000,000']);
});

test('amounts of other actions make no band, those of a rule for everything do', () => {
  expect(words([rule({ actions: ['Transfer'], overUsd: 7 }), rule({ actions: ['Withdraw'] })])).toEqual([
    'any amount',
  ]);
  expect(words([rule({ upToUsd: 7 })])).toEqual(['up to 7', 'over 7']);
  expect(words([])).toEqual(['any amount']);
});

test('edges that rules share are one, in order of amount whatever the order of rules', () => {
  const rules = [
    rule({ actions: ['Withdraw'], overUsd: 900 }),
    rule({ actions: ['Withdraw'], overUsd: 20, upToUsd: 900 }),
    rule({ actions: ['Withdraw'], upToUsd: 20, overUsd: 0 }),
  ];
  expect(words(rules)).toEqual(['up to 20', 'over 20, up to 900', 'over 900']);
});

test('the amount that is asked about lies in the band and in no other', () => {
  const bands = withdrawalBands(tiers);
  const asked = bands.map((band) => questionOf(band, 3).movedUsd);
  expect(asked).toEqual([50_000, 1_000_000, 1_000_001]);
  for (const [index, usd] of asked.entries())
    expect(
      bands.findIndex(({ overUsd, upToUsd = Number.POSITIVE_INFINITY }) => usd > overUsd && usd <= upToUsd),
    ).toBe(index);
  expect(questionOf({ overUsd: 0, upToUsd: undefined }, 3)).toMatchObject({ node: 3, movedUsd: 1 });
});

test('roles of which the same is said are one answer, and those that are refused none', () => {
  const needs: Approvals = { is: 'approve', groups: [], vetoRoles: [], delayMs: 0, expiryMs: 1 };
  const answers = bandAnswers([
    { role: Role.trader, verdict: { is: 'deny' }, rules: [], hasPeople: true },
    { role: Role.portfolioManager, verdict: needs, rules: ['A'], hasPeople: true },
    { role: Role.opsMaker, verdict: { ...needs }, rules: ['A'], hasPeople: false },
    { role: Role.admin, verdict: needs, rules: ['A', 'B'], hasPeople: true },
  ]);
  expect(answers.map(({ roles, hasPeople }) => [roles, hasPeople])).toEqual([
    [[Role.portfolioManager, Role.opsMaker], false],
    [[Role.admin], true],
  ]);
  expect(bandAnswers([])).toEqual([]);
});

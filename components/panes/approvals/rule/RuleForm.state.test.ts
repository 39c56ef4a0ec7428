import { expect, test } from 'vitest';
import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import { isOf, verdictOf, withAmount, withCondition } from './RuleForm.state.ts';

const rule: Rule = { id: 'A', when: { overUsd: 5 }, verdict: { is: 'deny' } };

test('what is left out of a condition is not there, so that two rules that read the same are the same', () => {
  expect(withCondition(rule, 'reach', 'ownFirm').when).toEqual({ overUsd: 5, reach: 'ownFirm' });
  expect(withAmount(rule, 'overUsd', '').when).toEqual({});
  expect(withAmount(rule, 'overUsd', '250,000').when).toEqual({ overUsd: 250_000 });
  expect(withAmount(rule, 'overUsd', '2x')).toBe(rule);
});

test('who is asked is written out from the first', () => {
  expect(verdictOf('allow')).toEqual({ is: 'allow' });
  expect(verdictOf('approve')).toMatchObject({ groups: [{ min: 1 }], expiryMs: 86_400_000 });
});

test('an id is of one rule', () => {
  expect(isOf([rule], rule)).toBe(true);
  expect(isOf([rule, { ...rule }], rule)).toBe(false);
  expect(isOf([{ ...rule, id: '' }], { ...rule, id: '' })).toBe(false);
});

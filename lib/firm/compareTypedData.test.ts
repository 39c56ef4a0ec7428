import { expect, test } from 'vitest';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import { proposeTypedData } from '../../engine/protocol/typed/firmTypedData.ts';
import { differenceOf } from './compareTypedData.ts';

const desk = { chainId: 31_337, vault: `0x${'5f'.repeat(20)}` };
const signer = { wallet: `0x${'a1'.repeat(20)}`, nonce: 7 };
const move: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1 };

const terms = { policyHash: `0x${'d1'.repeat(32)}`, seqMin: 3, deadlineMs: 9 };

const asking = (action: Action, firm = 1, of = desk, other: Partial<typeof terms> = {}) =>
  proposeTypedData(of, { kind: 'Propose', firm, action, terms: { ...terms, ...other } }, 'Move it.', signer);

test('what is drafted as asked differs nowhere', () => {
  expect(differenceOf(asking(move), JSON.parse(JSON.stringify(asking(move))))).toBeUndefined();
});

test('another policy, sequence or deadline than the page gave is found at its place', () => {
  const other = (of: Partial<typeof terms>) => differenceOf(asking(move), asking(move, 1, desk, of));
  expect(other({ policyHash: `0x${'d2'.repeat(32)}` })).toBe('message.policyHash');
  expect(other({ seqMin: 0 })).toBe('message.minSeq');
  expect(other({ deadlineMs: 10 })).toBe('message.deadline');
});

test('another action, firm, desk or signer is found at its place', () => {
  expect(differenceOf(asking(move), asking({ ...move, to: 10 }))).toBe('message.action.to');
  expect(differenceOf(asking(move), asking(move, 2))).toBe('message.firm');
  expect(differenceOf(asking(move), asking(move, 1, { ...desk, chainId: 1 }))).toBe('domain.chainId');
  const flatten: Action = { kind: 'Flatten', node: 1 };
  expect(differenceOf(asking(move), asking(flatten))).toMatch(/^types\./);
  const more = { ...asking(move), message: { ...asking(move).message, also: '1' } };
  expect(differenceOf(asking(move), more)).toBe('message.also');
});

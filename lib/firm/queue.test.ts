import { expect, test } from 'vitest';
import type { ProposalsView } from '../../engine/protocol/views/firm.ts';
import { openQuestionOf, passes, queueOf } from './queue.ts';

const [ME, OTHER] = [3, 4];
const NOW = 1_000_000_000;
const open = (proposal: number, terms: object) => ({
  proposal,
  maker: OTHER,
  comments: [] as object[],
  approvers: [] as number[],
  dueAtMs: 0,
  expiresAtMs: NOW + 3_600_000,
  ...terms,
});
const view = {
  proposals: [
    open(1, { maker: ME }),
    open(2, { dueAtMs: NOW + 5 }),
    open(3, { approvers: [ME] }),
    open(4, { expiresAtMs: NOW + 60_000 }),
  ],
  closed: [{ proposal: open(5, { maker: ME, expiresAtMs: NOW + 1 }), end: 'vetoed' }],
} as unknown as ProposalsView;

const queue = queueOf(view, ME);

test('what waits for me comes first, then for others, then for time, then what is over', () => {
  expect(queue.map(({ group, proposal }) => [group, proposal.proposal])).toEqual([
    ['toSign', 3],
    ['waiting', 1],
    ['waiting', 4],
    ['held', 2],
    ['decided', 5],
  ]);
});

test('each filter passes what it names', () => {
  const shown = (filter: Parameters<typeof passes>[1]) =>
    queue.filter((entry) => passes(entry, filter, ME, NOW)).map(({ proposal }) => proposal.proposal);
  expect(shown('all')).toHaveLength(5);
  expect(shown('toSign')).toEqual([3]);
  expect(shown('mine')).toEqual([1, 5]);
  expect(shown('expiring')).toEqual([4]);
});

test('a question waits for who asked until they say something, and stands first for them', () => {
  const say = (member: number, isQuestion = false) => ({ member, timeMs: 1, text: 'Why?', isQuestion });
  const comments = [say(OTHER), say(OTHER, true)];
  const asked = { ...view, proposals: [open(1, { maker: ME, comments })] } as unknown as ProposalsView;
  expect(queueOf(asked, ME)[0]).toMatchObject({ group: 'toAnswer' });
  expect(queueOf(asked, OTHER)[0]).toMatchObject({ group: 'waiting' });
  expect(openQuestionOf({ maker: ME, comments: [...comments, say(ME)] })).toBeUndefined();
  expect(openQuestionOf({ maker: ME, comments: [say(OTHER, true), say(ME), say(OTHER)] })).toBeUndefined();
});

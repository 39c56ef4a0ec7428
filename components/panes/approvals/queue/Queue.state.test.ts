import { expect, test } from 'vitest';
import type { OpenProposalView } from '../../../../engine/protocol/views/firm.ts';
import type { QueueEntry } from '../../../../lib/firm/queue.ts';
import { clockOf, squaresOf } from './Queue.state.ts';

const [ME, OTHER] = [3, 4];
const open = (eligible: number[][]) => {
  const members = [null, OTHER, null];
  const seats = members.map((member, group) => ({ group, member, eligible: eligible[group]! }));
  return { seats } as unknown as OpenProposalView;
};

test('a square is filled, mine or open, and I have one voice', () => {
  expect(squaresOf(open([[ME], [], []]), ME)).toEqual(['mine', 'agreed', 'open']);
  expect(squaresOf(open([[OTHER], [], [ME]]), ME)).toEqual(['open', 'agreed', 'mine']);
  expect(squaresOf(open([[ME], [], [ME]]), ME)).toEqual(['mine', 'agreed', 'open']);
  expect(squaresOf(open([[OTHER], [], []]), ME)).toEqual(['open', 'agreed', 'open']);
});

test('the clock says what is left to agree, then what the delay holds, then how it ended', () => {
  const entry = (terms: object, closed?: object) =>
    ({ proposal: { dueAtMs: 0, expiresAtMs: 3_600_000, ...terms }, closed }) as unknown as QueueEntry;
  expect(clockOf(entry({}), 0)).toEqual({ text: '01:00:00', isUrgent: false });
  expect(clockOf(entry({}), 3_000_000)).toEqual({ text: '00:10:00', isUrgent: true });
  expect(clockOf(entry({ dueAtMs: 60_000 }), 0)).toEqual({ text: '00:01:00', isUrgent: false });
  expect(clockOf(entry({}, { end: 'policyChanged' }), 0).text).toBe('void: policy changed');
});

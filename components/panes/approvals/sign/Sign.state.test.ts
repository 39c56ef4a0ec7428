import { expect, test } from 'vitest';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import { blockOf, noteOf } from './Sign.state.ts';

const [ME, OTHER] = [3, 4];
const fresh = { face: 'fresh', ageMs: 5 } as const;
const groups = [{ roles: [5], side: 'from', min: 1 }];

function looking(terms: object, closed?: object): Approvals {
  const proposal = { maker: OTHER, approvers: [], vetoers: [], approvals: [], needs: { groups }, ...terms };
  return { firm: { member: ME }, entry: { proposal, closed } } as unknown as Approvals;
}

test('who is asked may agree and veto', () => {
  const asked = looking({ approvers: [ME], vetoers: [ME] });
  expect(blockOf(asked, fresh, 'Too large.')).toEqual({ agree: undefined, veto: undefined, say: undefined });
  expect(noteOf({ is: 'idle' }, undefined)).toContain('Your wallet opens next.');
});

test('everybody else reads why not', () => {
  expect(blockOf(looking({ vetoers: [ME] }), fresh, 'No.')).toEqual({
    agree: 'It asks for 1 risk; not for you.',
    veto: undefined,
    say: undefined,
  });
  expect(blockOf(looking({ maker: ME }), fresh, '').agree).toBe('Who asks does not agree.');
  expect(blockOf(looking({ approvals: [{ member: ME, agent: 1 }] }), fresh, '').agree).toContain(
    'You have agreed.',
  );
  expect(blockOf(looking({}, { end: 'done' }), fresh, '').veto).toBe('It is decided.');
});

test('a desk that does not answer is not agreed with, and may still be told no', () => {
  const asked = looking({ approvers: [ME], vetoers: [ME] });
  const block = blockOf(asked, { face: 'stale', ageMs: 9_000, reason: 'slow' }, 'No.');
  expect(block.agree).toContain('not answering');
  expect(block.veto).toBeUndefined();
});

test('a veto and a comment want words first, and strangers have none', () => {
  const asked = looking({ vetoers: [ME] });
  expect(blockOf(asked, fresh, '')).toMatchObject({
    veto: 'Write why first.',
    say: 'Write something first.',
  });
  expect(blockOf(looking({ maker: ME }), fresh, 'Because.').say).toBeUndefined();
  expect(blockOf(looking({}), fresh, 'Because.').say).toBe('It does not ask for you.');
});

import { expect, test } from 'vitest';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import type { TrialState } from '../../../../lib/stores/proposalTrialStore.ts';
import { blockOf, noteOf } from './Sign.state.ts';

const [ME, OTHER] = [3, 4];
const fresh = { face: 'fresh', ageMs: 5 } as const;
const groups = [{ roles: [5], side: 'from', min: 1 }];

const passed = { key: 'a', line: 'a', words: 'Alts Gross over soft' };

/** What it would do, as the engine said. */
function tried(terms: object = {}, refusal: object | null = null): TrialState {
  const look = { proposal: 1, view: { refusal }, receivedMs: 0, crossings: [], fresh: [], ...terms };
  return { proposal: 1, look, error: undefined } as unknown as TrialState;
}

function looking(terms: object, closed?: object): Approvals {
  const proposal = { maker: OTHER, approvers: [], vetoers: [], approvals: [], needs: { groups }, ...terms };
  return { firm: { member: ME }, entry: { proposal, closed } } as unknown as Approvals;
}

test('who is asked may agree and veto', () => {
  const asked = looking({ approvers: [ME], vetoers: [ME] });
  expect(blockOf(asked, fresh, 'Too large.', tried())).toEqual({
    agree: undefined,
    veto: undefined,
    say: undefined,
  });
  expect(noteOf({ is: 'idle' }, undefined)).toContain('Your wallet opens next.');
});

test('everybody else reads why not', () => {
  expect(blockOf(looking({ vetoers: [ME] }), fresh, 'No.', tried())).toEqual({
    agree: 'It asks for 1 risk; not for you.',
    veto: undefined,
    say: undefined,
  });
  expect(blockOf(looking({ maker: ME }), fresh, '', tried()).agree).toBe('Who asks does not agree.');
  expect(blockOf(looking({ approvals: [{ member: ME, agent: 1 }] }), fresh, '', tried()).agree).toContain(
    'You have agreed.',
  );
  expect(blockOf(looking({}, { end: 'done' }), fresh, '', tried()).veto).toBe('It is decided.');
});

test('a desk that does not answer is not agreed with, and may still be told no', () => {
  const asked = looking({ approvers: [ME], vetoers: [ME] });
  const block = blockOf(asked, { face: 'stale', ageMs: 9_000, reason: 'slow' }, 'No.', tried());
  expect(block.agree).toContain('not answering');
  expect(block.veto).toBeUndefined();
});

test('a veto and a comment want words first, and strangers have none', () => {
  const asked = looking({ vetoers: [ME] });
  expect(blockOf(asked, fresh, '', tried())).toMatchObject({
    veto: 'Write why first.',
    say: 'Write something first.',
  });
  expect(blockOf(looking({ maker: ME }), fresh, 'Because.', tried()).say).toBeUndefined();
  expect(blockOf(looking({}), fresh, 'Because.', tried()).say).toBe('It does not ask for you.');
});

test('what passes a limit is agreed to with a word why, and not in the second in which it changed', () => {
  const asked = looking({ approvers: [ME], vetoers: [ME] });
  const agree = (words: string, trial: TrialState) => blockOf(asked, fresh, words, trial).agree;
  expect(agree('', tried({ crossings: [passed] }))).toBe('Write why first: Alts Gross over soft.');
  expect(agree('It is hedged.', tried({ crossings: [passed] }))).toBeUndefined();
  const changed = tried({ crossings: [passed], fresh: [passed] });
  expect(agree('It is hedged.', changed)).toBe('It has just changed, read it again: Alts Gross over soft.');
  expect(blockOf(asked, fresh, 'No.', changed).veto).toBeUndefined();
});

test('what would be refused now is not agreed to, unless it is done later', () => {
  const refusal = { code: 'balance.insufficient', message: 'Too little.' };
  const needs = { groups, delayMs: 0 };
  const now = looking({ approvers: [ME], needs });
  const later = looking({ approvers: [ME], needs: { ...needs, delayMs: 1 } });
  expect(blockOf(now, fresh, '', tried({}, refusal)).agree).toBe('It would be refused now: Too little.');
  expect(blockOf(later, fresh, '', tried({}, refusal)).agree).toBeUndefined();
});

test('nobody agrees before it was tried out, unless the desk cannot say', () => {
  const asked = looking({ approvers: [ME] });
  const none = { proposal: 1, look: undefined, error: undefined };
  const error = { code: 'desk.starting', message: 'Later.' } as never;
  expect(blockOf(asked, fresh, '', none).agree).toBe('Asking what it would do.');
  expect(blockOf(asked, fresh, '', { ...none, error }).agree).toBeUndefined();
});

// Goal: a guardian objects to what the journal does not make, and to nothing it cannot know. How: what a witness has been to,
// held against roots before, at and behind it. That it rejects on a real vault: engine/host/settlement/signers.test.ts.
import { expect, test } from 'vitest';
import { verdictOn } from './guardian.ts';
import { NoteBook, type OwnRoot } from './notes.ts';

const word = (digit: string) => `0x${digit.repeat(64)}`;
const own: OwnRoot = {
  ...{ epoch: 3, parent: word('1'), seq: 50, timeMs: 0, depositCursor: 0 },
  ...{ hash: word('a'), digest: word('d'), sums: [], withdrawals: [] },
};

function witness(change: { seq?: number; isAtEnd?: boolean; believedSeq?: number } = {}) {
  const book = new NoteBook({ roots: [own], credits: [], payments: [], demands: [], proofs: [] });
  return { book, seq: 60, isAtEnd: true, believedSeq: 0, ...change };
}

const root = { epoch: 3, seq: 50, hash: word('a') };

test('the root its replay makes is the journal’s, any other is not', () => {
  expect(verdictOn(root, witness()).verdict).toBe('true');
  const other = verdictOn({ ...root, hash: word('b') }, witness());
  expect([other.verdict, other.sentence]).toEqual([
    'false',
    'At seq 50 the journal makes 0xaaaaaaaa…, and root 3 is 0xbbbbbbbb….',
  ]);
  expect(verdictOn({ ...root, seq: 51 }, witness()).sentence).toContain(
    'At seq 51 the journal makes no root',
  );
});

test('one of a sequence the journal does not have yet is not the journal’s', () => {
  expect(verdictOn({ ...root, seq: 61 }, witness()).verdict).toBe('false');
});

test('a root its replay makes is false all the same where nobody gave a command it speaks of', () => {
  const at = witness();
  const bad = {
    seq: 50,
    verdict: 'bad',
    sentence: 'The CancelAll at seq 50 has no key’s signature.',
  } as const;
  at.book.proof(bad);
  expect(verdictOn(root, at)).toEqual({ verdict: 'false', sentence: bad.sentence });
  const later = witness();
  later.book.proof({ ...bad, seq: 51 });
  later.book.proof({ ...bad, seq: 49, verdict: 'asked' });
  expect(verdictOn(root, later).verdict).toBe('true');
});

test('while it is behind, or did not replay that far back, it cannot say', () => {
  const lie = { ...root, hash: word('b') };
  expect(verdictOn(lie, witness({ seq: 40, isAtEnd: false })).verdict).toBe('unknown');
  expect(verdictOn(lie, witness({ believedSeq: 50 })).verdict).toBe('unknown');
  expect(verdictOn(lie, witness({ believedSeq: 49 })).verdict).toBe('false');
});

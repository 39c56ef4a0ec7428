import { expect, test } from 'vitest';
import type { AuditPageView, AuditRecord } from '../../engine/protocol/views/audit.ts';
import { joinedNewest, joinedOlder, type KnownAudit, questionText } from './knownAudit.ts';

const nothing: KnownAudit = { records: [], beforeSeq: undefined, head: undefined, error: undefined };

function page(seqs: readonly number[], beforeSeq: number | null): AuditPageView {
  const records = seqs.map((seq) => ({ seq, action: 'PlaceOrder' }) as AuditRecord);
  return { records, beforeSeq, size: seqs[0] ?? 0, head: 'aa', publicKey: 'bb' };
}

const seqsOf = ({ records }: KnownAudit) => records.map(({ seq }) => seq);

test('new records stand on top, older ones below, each once', () => {
  const first = joinedNewest(nothing, page([9, 8, 7], 7));
  const older = joinedOlder(first, page([6, 5], null));
  const newer = joinedNewest(older, page([11, 10, 9], 9));
  expect([seqsOf(newer), newer.beforeSeq]).toEqual([[11, 10, 9, 8, 7, 6, 5], null]);
});

test('while nothing is new the rows stay the same ones', () => {
  const first = joinedNewest(nothing, page([9, 8], 8));
  expect(joinedNewest(first, page([9, 8], 8)).records).toBe(first.records);
});

test('a newest page that does not reach what is known starts the list anew', () => {
  const first = joinedNewest(nothing, page([9, 8], 8));
  const far = joinedNewest(first, page([300, 299], 299));
  expect([seqsOf(far), far.beforeSeq]).toEqual([[300, 299], 299]);
});

test('records that are sealed are no rows', () => {
  const sealed = { ...page([9], null), records: [{ seq: 9, hash: 'cc' }] };
  expect(seqsOf(joinedNewest(nothing, sealed))).toEqual([]);
});

test('what is not asked is not in the address', () => {
  expect(questionText({ actor: '', action: 'SetLimits', result: 'refused', account: '' })).toBe(
    'action=SetLimits&result=refused',
  );
});

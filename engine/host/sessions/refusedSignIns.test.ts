// Goal: each refused sign-in is on record, and nobody fills the log with them. How: minutes by hand, what is told kept.
import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../units/time.ts';
import { RefusedSignIns } from './refusedSignIns.ts';

function sinkAt() {
  const at = { nowMs: 10 * MINUTE_MS };
  const told: string[] = [];
  const refused = new RefusedSignIns({
    nowMs: () => at.nowMs,
    refused: ({ ipAddress }, code, { wallet }) => told.push(`${ipAddress} ${code} ${wallet}`),
    summed: ({ ipAddress }, code, { count, codes, fromMs }) =>
      told.push(`${ipAddress} ${code} ×${count} ${codes.join('+')} from ${fromMs / MINUTE_MS}`),
  });
  const from = (ipAddress: string) => ({ session: undefined, ipAddress });
  return { at, told, refused, from };
}

test('the first of an address in a minute is told whole, the others as one line when the minute is over', () => {
  const { at, told, refused, from } = sinkAt();
  for (let index = 0; index < 10_000; index++) refused.note(from('1.1.1.1'), 'session.nonceInvalid', '0xa');
  refused.note(from('1.1.1.1'), 'session.messageInvalid', '');
  refused.note(from('2.2.2.2'), 'session.notMember', '0xb');
  expect(told).toEqual(['1.1.1.1 session.nonceInvalid 0xa', '2.2.2.2 session.notMember 0xb']);
  at.nowMs += MINUTE_MS;
  refused.sweep();
  expect(told.slice(2)).toEqual([
    '1.1.1.1 session.messageInvalid ×10000 session.messageInvalid+session.nonceInvalid from 10',
  ]);
  refused.note(from('1.1.1.1'), 'session.nonceInvalid', '0xa');
  expect(told.at(-1)).toBe('1.1.1.1 session.nonceInvalid 0xa');
});

test('addresses beyond count share one line, however many there are', () => {
  const { at, told, refused, from } = sinkAt();
  for (let index = 0; index < 10_000; index++) refused.note(from(`ip${index}`), 'session.nonceInvalid', '');
  expect(told).toHaveLength(4_097);
  at.nowMs += MINUTE_MS;
  refused.sweep();
  expect(told.slice(4_097)).toEqual([' session.nonceInvalid ×5903 session.nonceInvalid from 10']);
});

test('what was counted is told when the desk stops', () => {
  const { told, refused, from } = sinkAt();
  refused.note(from('1.1.1.1'), 'session.nonceInvalid', '');
  refused.note(from('1.1.1.1'), 'session.nonceInvalid', '');
  refused.close();
  expect(told.at(-1)).toBe('1.1.1.1 session.nonceInvalid ×1 session.nonceInvalid from 10');
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CallError, PendingCalls } from './pendingCalls.ts';

test('an answer ends its call and no other', async () => {
  const calls = new PendingCalls<string>(1_000, 'outcome.unknown');
  const ids: number[] = [];
  const [first, second] = [calls.open((id) => ids.push(id)), calls.open((id) => ids.push(id))];
  calls.resolve(ids[1]!, 'second');
  calls.resolve(ids[0]!, 'first');
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  expect(calls.count).toBe(0);
});

test('a call without an answer ends in its time', async () => {
  const calls = new PendingCalls<string>(5, 'outcome.unknown');
  await expect(calls.open(() => {})).rejects.toMatchObject({ error: { code: 'outcome.unknown' } });
  calls.resolve(1, 'too late');
  await delay(1);
  expect(calls.count).toBe(0);
});

test('a thread that dies ends every call, and later ones at once', async () => {
  const calls = new PendingCalls<string>(10_000, 'outcome.unknown');
  const waiting = calls.open(() => {});
  calls.close(new CallError('outcome.unknown'), new CallError('engine.halted'));
  await expect(waiting).rejects.toMatchObject({ error: { code: 'outcome.unknown' } });
  await expect(calls.open(() => {})).rejects.toMatchObject({ error: { code: 'engine.halted' } });
});

test('a thread that stood still waits once more for what it could not hear', async () => {
  const calls = new PendingCalls<string>(20, 'engine.busy');
  let asked = 0;
  const answer = calls.open((id) => {
    asked = id;
  });
  const untilMs = performance.now() + 700;
  while (performance.now() < untilMs);
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.count).toBe(1);
  calls.resolve(asked, 'here');
  await expect(answer).resolves.toBe('here');
});

// Goal: an order that is gone in a snapshot is asked about until somebody knows. How: a desk of our own behind `fetch`,
// which is first busy, then has not seen the end itself, then says it. The clock is ours.
import { afterEach, expect, test, vi } from 'vitest';
import type { AccountSnapshotMessage } from '../engine/protocol/stream.ts';
import type { OrderView } from '../engine/protocol/views/account.ts';
import { askEnds } from './askEnds.ts';
import { accounts } from './stores/accountStore.ts';
import { fromSnapshot } from './stores/mergeAccount.ts';
import { toasts } from './stores/toastStore.ts';

vi.useFakeTimers();
afterEach(() => vi.unstubAllGlobals());

const order = (orderId: number) =>
  ({ orderId, clientId: '', instrument: 0, sizeLots: 10, openLots: 10, acceptedSeq: orderId }) as OrderView;
const snapshot = (seq: number, orders: OrderView[]) =>
  ({ account: { account: 4, seq, orders }, fills: [] }) as unknown as AccountSnapshotMessage;

/** Comes back without order 1, while the desk answers these, one after the other. */
async function comeBack(answers: readonly object[]): Promise<string[]> {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const answer = answers[asked.push(path) - 1]!;
    return new Response(JSON.stringify(answer), { status: 'error' in answer ? 403 : 200 });
  });
  const before = fromSnapshot(snapshot(10, [order(1), order(2)]), undefined);
  const back = snapshot(20, [order(2)]);
  accounts.setNow(4, fromSnapshot(back, before));
  const asking = askEnds(before, back);
  expect(accounts.latest(4)?.ended.get('1')).toEqual({ end: 'asking' });
  await vi.advanceTimersByTimeAsync(2_000);
  await asking;
  return asked;
}

const outcome = { orderId: 1, sizeLots: 10, filledLots: 4, cancelReason: '' };

test('it is asked again until the desk has seen the end', async () => {
  const works = { account: 4, outcomes: [{ ...outcome, state: 'open' }] };
  const ended = { account: 4, outcomes: [{ ...outcome, state: 'cancelled', cancelReason: 'expired' }] };
  const asked = await comeBack([{ error: { code: 'engine.busy', message: 'Ask again.' } }, works, ended]);
  expect(asked).toEqual(Array(3).fill('/api/v1/accounts/4/outcomes?orders=1'));
  expect(accounts.latest(4)?.ended.get('1')).toEqual({ end: 'expired', filledLots: 4 });
});

test('a desk without a record of it says so', async () => {
  await comeBack([{ account: 4, outcomes: [] }]);
  expect(accounts.latest(4)?.ended.get('1')).toEqual({ end: 'unknown' });
  expect(toasts.latest('all')?.at(-1)?.text).toBe('How order 1 ended is not known.');
});

test.each(['session.required', 'actor.outOfScope', 'request.malformed', 'engine.halted'])(
  'a refusal that stays, %s, is not asked again',
  async (code) => {
    expect(await comeBack([{ error: { code, message: 'No.' } }])).toHaveLength(1);
    expect(accounts.latest(4)?.ended.get('1')).toEqual({ end: 'unknown' });
  },
);

// Goal: the kill switch says what it will do and reports what it did, from the same account. The journey through the
// engine is `e2e/keys.spec.ts`.
import { expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { OrderView } from '../engine/protocol/views/account.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { RequestError } from './http.ts';
import { breakWords, killFailure, killPlan, killReport, sendParts } from './killSwitch.ts';
import type { EndedOrder } from './orderEnds.ts';
import type { AccountState } from './stores/mergeAccount.ts';
import { btcPerp } from './testMarket.ts';

const order = (orderId: number, state: OrderView['state']) => ({ orderId, clientId: '', state }) as OrderView;
const position = (lots: number) =>
  ({ instrument: btcPerp.instrument, lots }) as AccountState['view']['positions'][0];

test('the plan tells resting orders from triggers and counts what can be traded out of', () => {
  const orders = [order(1, 'open'), order(2, 'parked'), order(3, 'open')];
  const plan = killPlan(orders, { account: 4, positions: [position(-5)] }, [btcPerp]);
  expect(plan).toMatchObject({ restingCount: 2, parkedCount: 1, held: [{ account: 4, lots: -5 }] });
});

const stateOf = (orders: OrderView[], ended: Record<string, EndedOrder> = {}, positions: object[] = []) =>
  ({ orders, ended: new Map(Object.entries(ended)), view: { positions } }) as unknown as AccountState;
const report = (before: AccountState, after: AccountState, results: OperationResult[] = []) =>
  killReport({ seq: 88, isSeen: true, before, after, results, broken: undefined });

test('the report counts what was cancelled, and names what is left and what was refused', () => {
  const before = stateOf([order(1, 'open'), order(2, 'parked'), order(3, 'open')]);
  const after = stateOf([order(3, 'open')], { 1: { end: 'cancelled' }, 2: { end: 'cancelled' } }, [
    position(0),
    position(7),
  ]);
  const refused = errorView('margin.initialInsufficient');
  const told = report(before, after, [{ status: 'refused', clientId: '', error: refused }]);
  expect(told).toMatchObject({ seq: 88, cancelledCount: 2, filledCount: 0, positionsLeft: [{ lots: 7 }] });
  expect(told.ordersLeft.map(({ orderId }) => orderId)).toEqual([3]);
  expect(told.refusals.map(({ code }) => code)).toEqual(['margin.initialInsufficient']);
});

test('an order that filled on the way is not told as cancelled', () => {
  const before = stateOf([1, 2, 3, 4].map((id) => ({ ...order(id, 'open'), sizeLots: 10, openLots: 8 })));
  const after = stateOf([], {
    1: { end: 'filled', filledLots: 10 },
    2: { end: 'cancelled', filledLots: 5 },
    3: { end: 'cancelled', filledLots: 2 },
  });
  expect(report(before, after)).toMatchObject({
    cancelledCount: 2,
    filledCount: 1,
    partFilledCount: 1,
    // The fourth is gone and nobody told how.
    unknownCount: 1,
  });
});

const operations = Array.from(
  { length: 120 },
  (_, orderId): OperationWire => ({ type: 'CancelOrder', account: 4, orderId: orderId + 1 }),
);
const sendOnce = (failure: RequestError) => {
  let count = 0;
  return async (part: readonly OperationWire[]) => {
    if (count++ > 0) throw failure;
    return { seq: 88, results: part.map(() => ({ status: 'done' }) as OperationResult) };
  };
};

test('a later part that fails leaves standing what the first did', async () => {
  const refused = new RequestError(errorView('engine.full'));
  const sent = await sendParts(operations, sendOnce(refused));
  expect(sent).toMatchObject({ seq: 88, broken: { doneCount: 100, askedCount: 120 } });
  expect(sent.results).toHaveLength(100);
  expect(breakWords(sent.broken!)).toMatch(/^100 of 120 steps were done.* The rest was refused: /);
  const lost = await sendParts(operations, sendOnce(new RequestError(errorView('outcome.unknown'))));
  expect(breakWords(lost.broken!)).toContain('may or may not have been done');
});

test('a first part that fails is a failure of the whole', async () => {
  const refused = new RequestError(errorView('engine.notReady'));
  await expect(sendParts(operations, () => Promise.reject(refused))).rejects.toBe(refused);
});

test('an unknown outcome is not told as a refusal', () => {
  expect(killFailure(new RequestError(errorView('outcome.unknown')))).toContain('may or may not');
  expect(killFailure(new RequestError(errorView('session.required')))).toMatch(/^Nothing was done/);
});

// Goal: the kill switch says what it will do and reports what it did, from the same account. The journey through the
// engine is `e2e/keys.spec.ts`.
import { expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { OrderView } from '../engine/protocol/views/account.ts';
import { RequestError } from './http.ts';
import { killFailure, killPlan, killReport } from './killSwitch.ts';
import type { AccountState } from './stores/mergeAccount.ts';
import { btcPerp } from './testMarket.ts';

const order = (orderId: number, state: OrderView['state']) => ({ orderId, state }) as OrderView;
const position = (lots: number) =>
  ({ instrument: btcPerp.instrument, lots }) as AccountState['view']['positions'][0];

test('the plan tells resting orders from triggers and counts what can be traded out of', () => {
  const orders = [order(1, 'open'), order(2, 'parked'), order(3, 'open')];
  const plan = killPlan(orders, { account: 4, positions: [position(-5)] }, [btcPerp]);
  expect(plan).toMatchObject({ restingCount: 2, parkedCount: 1, held: [{ account: 4, lots: -5 }] });
});

test('the report counts what is gone, and names what is left and what was refused', () => {
  const after = { orders: [order(3, 'open')], view: { positions: [position(0), position(7)] } };
  const report = killReport({
    seq: 88,
    isSeen: true,
    before: [order(1, 'open'), order(2, 'parked'), order(3, 'open')],
    after: after as unknown as AccountState,
    results: [{ status: 'refused', clientId: '', error: errorView('margin.initialInsufficient') }],
  });
  expect(report).toMatchObject({ seq: 88, cancelledCount: 2, positionsLeft: [{ lots: 7 }] });
  expect(report.ordersLeft.map(({ orderId }) => orderId)).toEqual([3]);
  expect(report.refusals.map(({ code }) => code)).toEqual(['margin.initialInsufficient']);
});

test('an unknown outcome is not told as a refusal', () => {
  expect(killFailure(new RequestError(errorView('outcome.unknown')))).toContain('may or may not');
  expect(killFailure(new RequestError(errorView('session.required')))).toMatch(/^Nothing was done/);
});

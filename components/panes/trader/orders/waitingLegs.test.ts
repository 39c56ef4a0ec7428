import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { legEndText, legText, orderToCome, shortLegText, waitingLegs } from './waitingLegs.ts';

const entry = {
  orderId: 12,
  side: 'sell',
  isReduceOnly: false,
  openLots: 40,
  takeProfit: { triggerTicks: 590_000, priceTicks: 591_000 },
} as OrderView;
const opened = { orderId: 14, entryOrderId: 12, role: 'takeProfit' } as OrderView;
const rolesOf = (order: OrderView, orders: readonly OrderView[], isAmending = false) =>
  waitingLegs(order, btcPerp, orders, isAmending).map(({ role }) => role);

test('what waits is what was asked for and no fill has opened; while amended also what could be', () => {
  expect(rolesOf(entry, [entry])).toEqual(['takeProfit']);
  expect(rolesOf(entry, [entry, opened])).toEqual([]);
  expect(rolesOf(entry, [entry], true)).toEqual(['takeProfit', 'stopLoss']);
  expect(rolesOf(entry, [entry, opened], true)).toEqual(['stopLoss']);
});

test('what only reduces, an exit and spot can have none', () => {
  const { takeProfit: _, ...bare } = entry;
  expect(rolesOf({ ...bare, isReduceOnly: true }, [], true)).toEqual([]);
  expect(rolesOf({ ...bare, role: 'stopLoss' }, [], true)).toEqual([]);
  expect(waitingLegs(bare, { ...btcPerp, kind: 'spot' }, [], true)).toEqual([]);
});

test('it is the order it will be: the other side, parked at its trigger, as large as what may fill', () => {
  const [leg] = waitingLegs(entry, btcPerp, [], false);
  expect(orderToCome(leg!)).toMatchObject({
    side: 'buy',
    type: 'takeLimit',
    timeInForce: 'gtc',
    isReduceOnly: true,
    triggerTicks: 590_000,
    priceTicks: 591_000,
    openLots: 40,
    state: 'parked',
  });
  expect([legText(leg!), shortLegText(leg!)]).toEqual(['take profit of 12', 'TP of 12']);
});

test('when it is gone, it was opened, removed, or went with its entry', () => {
  const [leg] = waitingLegs(entry, btcPerp, [], false);
  expect(legEndText(leg!, [entry, opened])).toBe('open now');
  expect(legEndText(leg!, [entry])).toBe('removed');
  expect(legEndText(leg!, [])).toBe('gone with its entry');
});

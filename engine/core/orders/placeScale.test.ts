import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  MAKER,
  only,
  openDesk,
  raiseOwnerCap,
} from '../../lab/fixtures/desk.ts';
import type { PlaceScale } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { previewOrders } from '../preview.ts';
import { stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';
import { rungsOf } from './scaleLadder.ts';

/** Five bids for 1 BTC in all, from 59,900 down to 59,500. */
const SCALE: PlaceScale = {
  kind: 'PlaceScale',
  account: BASIS,
  instrument: BTC,
  side: 0,
  selfTrade: 1,
  flags: 0,
  fromTicks: 599_000,
  toTicks: 595_000,
  count: 5,
  sizeLots: 10_000,
  sizeRatioMilli: 1_000,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
};

const restingOf = (desk: Desk) =>
  ordersOf(desk.engine.state, BASIS)
    .reverse()
    .map(({ priceTicks, openLots }) => [priceTicks, openLots]);

test('limit orders stand at even steps from the first price to the last', () => {
  const desk = openDesk();
  const events = desk.accept(SCALE);
  expect(all(events, 'OrderAccepted').map(({ op, account }) => [op, account])).toEqual(
    Array(5).fill([0, BASIS]),
  );
  expect(restingOf(desk)).toEqual([
    [599_000, 2_000],
    [598_000, 2_000],
    [597_000, 2_000],
    [596_000, 2_000],
    [595_000, 2_000],
  ]);
  checkInvariants(desk.engine.state);
});

test('sizes rise to the ratio, and what rounding leaves goes to the larger end', () => {
  const sizesOf = (terms: Partial<PlaceScale>) => rungsOf({ ...SCALE, ...terms }).map(({ lots }) => lots);
  expect(sizesOf({ count: 4, sizeLots: 100, sizeRatioMilli: 3_000 })).toEqual([12, 20, 30, 38]);
  expect(sizesOf({ count: 4, sizeLots: 100, sizeRatioMilli: 333 })).toEqual([38, 30, 20, 12]);
  expect(sizesOf({ count: 4, sizeLots: 10 })).toEqual([2, 2, 3, 3]);
});

test('whatever is asked for: sizes sum, never turn, follow the ratio; prices are distinct and never turn', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 1, max: 30_000_000 }),
      fc.integer({ min: 39, max: 2_000_000 }),
      fc.boolean(),
      fc.integer({ min: 4_000, max: 2 ** 31 - 1 }),
      fc.integer({ min: 10, max: 100_000 }),
      (count, fromTicks, span, isUp, sizeLots, sizeRatioMilli) => {
        const toTicks = isUp ? fromTicks + span : fromTicks - span;
        const rungs = rungsOf({ ...SCALE, count, fromTicks, toTicks, sizeLots, sizeRatioMilli });
        expect(rungs.reduce((sum, { lots }) => sum + lots, 0)).toBe(sizeLots);
        expect([rungs[0]!.priceTicks, rungs.at(-1)!.priceTicks]).toEqual([fromTicks, toTicks]);
        for (let rung = 1; rung < count; rung++) {
          const step = rungs[rung]!.priceTicks - rungs[rung - 1]!.priceTicks;
          expect(Math.sign(step)).toBe(isUp ? 1 : -1);
          expect(Math.abs(Math.abs(step) - span / (count - 1))).toBeLessThanOrEqual(1);
          const growth = rungs[rung]!.lots - rungs[rung - 1]!.lots;
          expect(sizeRatioMilli >= 1_000 ? growth : -growth).toBeGreaterThanOrEqual(0);
        }
        const ideal = (2 * sizeLots) / (count * (1 + sizeRatioMilli / 1_000));
        expect(Math.abs(rungs[0]!.lots - ideal)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('each further order has the next client id, over the end of a word', () => {
  const desk = openDesk();
  desk.accept({ ...SCALE, clientId2: 7, clientId3: -2 });
  const ids = ordersOf(desk.engine.state, BASIS).map(({ clientId }) => clientId);
  expect(ids.reverse()).toEqual([
    '000000000000000000000007fffffffe',
    '000000000000000000000007ffffffff',
    '00000000000000000000000800000000',
    '00000000000000000000000800000001',
    '00000000000000000000000800000002',
  ]);
});

test('orders that cross trade at once, the rest of the scale rests', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 598_500, sizeLots: 3_000 });
  const events = desk.accept(SCALE);
  expect(all(events, 'Traded').map(({ lots }) => lots)).toEqual([2_000]);
  expect(restingOf(desk)).toHaveLength(4);
  checkInvariants(desk.engine.state);
});

test('one refusal refuses all, and nothing but the refusal remains', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 596_000, sizeLots: 3_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 599_500, sizeLots: 3_000, clientId3: 4 });
  const before = { orders: restingOf(desk), sides: bookOf(desk) };
  // The first four rest or trade; the last has the client id of an order that is open.
  desk.place({ side: 0, priceTicks: 590_000, sizeLots: 100, clientId3: 12 });
  const events = desk.run({ ...SCALE, clientId3: 8 });
  expect(desk.code).toBe('order.clientIdInUse');
  expect(events.map(({ kind }) => kind)).toEqual(['CommandApplied', 'OrderRejected']);
  expect(restingOf(desk)).toEqual([...before.orders, [590_000, 100]]);
  expect(bookOf(desk)).toEqual(before.sides);
  checkInvariants(desk.engine.state);
});

const bookOf = (desk: Desk) => ordersOf(desk.engine.state, MAKER).map(({ openLots }) => openLots);

test('margin is asked for all of it: what the parts could pay for alone is refused together', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  const large = { ...SCALE, account: ALTS, sizeLots: 10_000_000 };
  const part = { ...large, count: 2, toTicks: 598_000, sizeLots: 4_000_000 };
  expect(previewOrders(desk.engine, desk.timeMs, [part]).refusal).toBeUndefined();
  desk.run(large);
  expect(desk.code).toBe('margin.initialInsufficient');
  expect(restingOf(desk)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('a preview of a scale says what it then does and leaves no trace', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 598_500, sizeLots: 3_000 });
  const hash = stateHash(desk.engine.state);
  const preview = previewOrders(desk.engine, desk.timeMs, [SCALE]);
  expect(stateHash(desk.engine.state)).toBe(hash);
  expect(preview).toMatchObject({ filledLots: 2_000, restingLots: 8_000, refusal: undefined });
  desk.accept(SCALE);
  expect(previewOrders(desk.engine, desk.timeMs, [SCALE]).before).toEqual(preview.after);
  const refused = previewOrders(desk.engine, desk.timeMs, [{ ...SCALE, count: 1 }]);
  expect(refused.refusal?.code).toBe('scale.countInvalid');
  expect(refused.after).toEqual(refused.before);
});

test('a scale in a batch is one operation', () => {
  const desk = openDesk();
  const events = desk.accept({
    kind: 'Batch',
    operations: [SCALE, { kind: 'CancelAll', account: BASIS, instrument: BTC }],
  });
  expect(all(events, 'OrderAccepted').every(({ op }) => op === 0)).toBe(true);
  expect(all(events, 'OrderCancelled')).toHaveLength(5);
  const mixed = desk.run({ kind: 'Batch', operations: [{ ...SCALE, count: 99 }, SCALE] });
  expect(only(mixed, 'OrderRejected').op).toBe(0);
  expect(restingOf(desk)).toHaveLength(5);
});

test.each([
  ['instrument.unknown', { instrument: 500, count: 1 }],
  ['scale.countInvalid', { count: 1, sizeRatioMilli: 0 }],
  ['scale.countInvalid', { count: 41 }],
  ['scale.ratioInvalid', { sizeRatioMilli: 9, sizeLots: 0 }],
  ['scale.ratioInvalid', { sizeRatioMilli: 100_001 }],
  ['order.sizeZero', { sizeLots: 0, fromTicks: 0 }],
  ['order.sizeTooLarge', { sizeLots: 2_000_000_000 }],
  ['order.priceInvalid', { fromTicks: 0, toTicks: 2 }],
  ['order.priceInvalid', { toTicks: 2_000_000_000 }],
  ['scale.pricesTooClose', { toTicks: 598_997, sizeLots: 1 }],
  ['scale.sizeTooSmall', { sizeLots: 4 }],
  ['order.notionalTooSmall', { sizeLots: 5, fromTicks: 400, toTicks: 900 }],
  ['order.priceOutOfBand', { toTicks: 560_000 }],
  ['order.reduceOnlyWouldIncrease', { flags: OrderFlag.reduceOnly }],
] as const)('%s', (code, terms) => {
  const desk = openDesk();
  const events = desk.run({ ...SCALE, ...terms });
  expect(desk.code).toBe(code);
  expect(all(events, 'OrderRejected')).toHaveLength(1);
  expect(restingOf(desk)).toEqual([]);
  checkInvariants(desk.engine.state);
});

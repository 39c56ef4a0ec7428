import { describe, expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import type { OpenOrder } from '../venue/participant.ts';
import { type LadderWish, planLadder, type Slot, slotsBetween } from './ladder.ts';

const slots: Slot[] = [
  { nearTicks: 0, farTicks: 0, usd: 1 },
  { nearTicks: 1, farTicks: 5, usd: 2 },
  { nearTicks: 6, farTicks: 10, usd: 3 },
];

/** Prices in the middle of their slot, sizes that tell their slot. */
function wish(side: Side, touchTicks: number, change: Partial<LadderWish> = {}): LadderWish {
  return {
    account: 8,
    instrument: 0,
    side,
    touchTicks,
    slots,
    barrierTicks: undefined,
    chooseTicks: ({ nearTicks, farTicks }) => (nearTicks + farTicks) / 2,
    chooseLots: ({ usd }) => usd * 10,
    topUpBelow: 0.5,
    resizeProbability: 0,
    isWithin: () => false,
    ...change,
  };
}

function open(orderId: number, side: Side, priceTicks: number, lots: number, placedLots = lots): OpenOrder {
  return { orderId, instrument: 0, side, priceTicks, lots, placedLots };
}

test('an empty side gets one order in each slot', () => {
  const bids = planLadder(wish(Side.buy, 100), []);
  expect(bids.map((o) => o.kind === 'PlaceOrder' && [o.side, o.priceTicks, o.sizeLots])).toEqual([
    [Side.buy, 100, 10],
    [Side.buy, 97, 20],
    [Side.buy, 92, 30],
  ]);
  const asks = planLadder(wish(Side.sell, 101), []);
  expect(asks.map((o) => o.kind === 'PlaceOrder' && o.priceTicks)).toEqual([101, 104, 109]);
});

test('orders that stand in a slot of their own are left alone', () => {
  const orders = [open(1, Side.buy, 100, 10), open(2, Side.buy, 99, 7), open(3, Side.buy, 90, 5)];
  expect(planLadder(wish(Side.buy, 100), orders)).toEqual([]);
});

test('an order that the touch has passed is amended into the slot that is empty', () => {
  const orders = [open(1, Side.sell, 101, 10), open(2, Side.sell, 105, 20), open(3, Side.sell, 110, 30)];
  expect(planLadder(wish(Side.sell, 105), orders)).toEqual([
    { kind: 'AmendOrder', account: 8, orderId: 1, priceTicks: 113, sizeLots: 30, triggerTicks: 0 },
  ]);
});

test('an order that nobody needs and that stands in the way is cancelled', () => {
  const ladder = [open(1, Side.sell, 105, 10), open(2, Side.sell, 107, 20), open(3, Side.sell, 112, 30)];
  const operations = planLadder(wish(Side.sell, 105), [...ladder, open(4, Side.sell, 104, 1)]);
  expect(operations).toEqual([{ kind: 'CancelOrder', account: 8, orderId: 4 }]);
});

test('what was taken from an order comes back when most of it is gone', () => {
  const orders = [open(1, Side.buy, 100, 4, 10), open(2, Side.buy, 97, 11, 20), open(3, Side.buy, 92, 30)];
  expect(planLadder(wish(Side.buy, 100), orders)).toEqual([
    { kind: 'AmendOrder', account: 8, orderId: 1, priceTicks: 100, sizeLots: 10, triggerTicks: 0 },
  ]);
});

test('a ladder that must not trade leaves out the slots that would', () => {
  const bids = planLadder(wish(Side.buy, 100, { barrierTicks: 96 }), []);
  expect(bids.map((o) => o.kind === 'PlaceOrder' && o.priceTicks)).toEqual([92]);
});

describe('slots', () => {
  test('follow one another without a gap and grow with the distance', () => {
    const made = slotsBetween([0, 0.5, 1, 2, 5, 10], true, 6.3, 1_000_000);
    expect(made[0]).toEqual({ nearTicks: 0, farTicks: 0, usd: 20_000 });
    for (let k = 1; k < made.length; k++) expect(made[k]!.nearTicks).toBe(made[k - 1]!.farTicks + 1);
    expect(made.slice(1).reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(1_000_000, 3);
  });

  test('that hold no price of a coarse tick fall away', () => {
    expect(slotsBetween([0, 0.5, 1, 2.5], false, 0.9, 1_000)).toHaveLength(1);
  });
});

import { expect, test } from 'vitest';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import {
  flattenOperations,
  halveOperations,
  heldPositions,
  reverseOperations,
  reverseTitle,
} from './flatten.ts';
import { btcPerp } from './testMarket.ts';

const long = { account: 4, market: btcPerp, lots: 15_001 };
const short = { account: 4, market: btcPerp, lots: -5 };

const sizesOf = (operations: OperationWire[]) =>
  operations.map((operation) => (operation.type === 'PlaceOrder' ? operation.order.size : ''));

test('flattening sells what is long and buys what is short, and can only reduce', () => {
  expect(flattenOperations([long, short])).toEqual([
    {
      type: 'PlaceOrder',
      order: {
        account: 4,
        instrument: 'BTC-PERP',
        side: 'sell',
        type: 'market',
        size: '1.5001',
        isReduceOnly: true,
      },
    },
    {
      type: 'PlaceOrder',
      order: {
        account: 4,
        instrument: 'BTC-PERP',
        side: 'buy',
        type: 'market',
        size: '0.0005',
        isReduceOnly: true,
      },
    },
  ]);
});

test('half of an odd number of lots is rounded up, so that halving ends flat', () => {
  expect(sizesOf(halveOperations([long]))).toEqual(['0.7501']);
  expect(sizesOf(halveOperations([{ ...short, lots: -1 }]))).toEqual(['0.0001']);
});

test('a reversal is one order of twice the size that may open', () => {
  const [operation] = reverseOperations(short, (market, side) => `worst of ${side} ${market.name}`);
  // What may open is held to the tolerance.
  const price = 'worst of buy BTC-PERP';
  expect(operation).toMatchObject({ order: { side: 'buy', size: '0.001', price } });
  expect(operation).not.toHaveProperty('order.isReduceOnly');
});

test('a size beyond what one order may carry is split', () => {
  const huge = { ...long, lots: 2 * btcPerp.sizeLotsMax + 7 };
  expect(sizesOf(flattenOperations([huge]))).toEqual(['1000', '1000', '0.0007']);
});

test('a reversal beyond what one order may carry closes first, opens then, and says so', () => {
  const half = btcPerp.sizeLotsMax / 2;
  const whole = reverseOperations({ ...long, lots: half }, () => '63000');
  expect(sizesOf(whole)).toEqual(['1000']);
  expect(reverseTitle(long, whole)).toBe('Reverse BTC-PERP');
  const large = { ...long, lots: 2 * half + 7 };
  const parts = reverseOperations(large, () => '63000');
  expect(
    parts.map(
      (each) => each.type === 'PlaceOrder' && [each.order.size, each.order.isReduceOnly, each.order.price],
    ),
  ).toEqual([
    ['1000', true, undefined],
    ['0.0007', true, undefined],
    ['1000', undefined, '63000'],
    ['0.0007', undefined, '63000'],
  ]);
  expect(reverseTitle(large, parts)).toBe('Reverse BTC-PERP in 4 orders, each judged alone: it may end flat');
});

test('what no longer trades and what is flat gets no order', () => {
  const expired = { ...btcPerp, instrument: 7, stage: 'expired' as const };
  const positions = [
    { instrument: 0, lots: 5 },
    { instrument: 7, lots: 5 },
    { instrument: 9, lots: 5 },
  ];
  expect(heldPositions(4, positions, [btcPerp, expired])).toEqual([{ account: 4, market: btcPerp, lots: 5 }]);
  expect(heldPositions(4, [{ instrument: 0, lots: 0 }], [btcPerp])).toEqual([]);
});

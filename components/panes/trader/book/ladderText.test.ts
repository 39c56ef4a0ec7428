import { describe, expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { proposedSizes } from '../../../../lib/hooks/clickSizes.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import type { LadderRow } from './Book.state.ts';
import { countdownText } from './Countdown.tsx';
import { cancelRequest, moveRequest } from './ladderActions.ts';
import { isLong, queueParts, rowTexts, sizeDecimalsFor } from './ladderText.ts';

const order = { orderId: 7, account: 1, priceTicks: 630_960, openLots: 100_000, side: 'buy' } as OrderView;
const own = { lots: 100_000, orders: [order], lotsAhead: 126_000, pendingLots: 0 };

test('an own order says its size and what is ahead of it; unknown is never 0', () => {
  expect(queueParts(own, btcPerp)).toEqual(['10', 'q 12.6']);
  expect(queueParts({ ...own, lotsAhead: 0 }, btcPerp)).toEqual(['10', 'first']);
  expect(queueParts({ ...own, lotsAhead: -1 }, btcPerp)).toEqual(['10', 'q –']);
});

test('several orders in one row are their sum, and how many', () => {
  expect(queueParts({ ...own, lots: 250_000, orders: [order, order] }, btcPerp)).toEqual(['25×2', 'q 12.6']);
  expect(queueParts({ ...own, lots: 300, orders: [order, order] }, btcPerp)).toEqual(['0.03×2', 'q 12']);
});

test('a click is worth a round number of coins near ten thousand dollars', () => {
  expect(proposedSizes(631_000, btcPerp)).toEqual({ first: '0.1', second: '0.5' });
  const doge = { ...btcPerp, ticksPerUsd: 100_000, lotsPerUnit: 1 };
  expect(proposedSizes(18_244, doge)).toEqual({ first: '100000', second: '500000' });
});

test('several orders move to one price and back to their own', () => {
  const orders = [order, { ...order, orderId: 8, priceTicks: 630_970 }];
  const { operations, undo } = moveRequest(orders, btcPerp, 631_000);
  const prices = (all: readonly OperationWire[]) => all.map((each) => 'price' in each && each.price);
  expect(prices(operations)).toEqual(['63100.0', '63100.0']);
  expect(prices(undo!({} as never))).toEqual(['63096.0', '63097.0']);
  expect(cancelRequest(orders, btcPerp)).toMatchObject({
    operations: [{ orderId: 7 }, { orderId: 8 }],
    title: 'Cancel 2 orders, 20.0000 BTC',
  });
});

test('the minute counts down to nothing', () => {
  expect([52_000, 51_001, 60_000, 0, -5].map(countdownText)).toEqual([
    '0:52',
    '0:52',
    '1:00',
    '0:00',
    '0:00',
  ]);
});

describe('sizes of a ladder stand point under point', () => {
  const eth = { ...btcPerp, lotsPerUnit: 1_000 };
  const textOf = (askLots: number, sizeDecimals: number) => {
    const row = { priceTicks: 26_800, bidLots: 0, askLots, takeLots: 0 } as LadderRow;
    return rowTexts(row, { market: eth, groupTicks: 1, sizeDecimals })[3]!.slice(0, 2);
  };

  test('as fine as the largest has room for, zeros dimmed; what is finer is cut and not rounded', () => {
    expect(sizeDecimalsFor(237_514, eth)).toBe(3);
    expect(textOf(85_620, 3)).toEqual(['85.62', '0']);
    expect(sizeDecimalsFor(1_237_514, eth)).toBe(1);
    expect(textOf(1_237_514, 1)).toEqual(['1,237.5', '']);
    expect(textOf(85_690, 1)).toEqual(['85.6', '']);
    expect(sizeDecimalsFor(12_345_678, eth)).toBe(0);
    expect(textOf(85_620, 0)).toEqual(['85', '']);
    expect(sizeDecimalsFor(1_234_567_890, eth)).toBe(0);
  });

  test('a size that is finer than all digits is said whole, because 0 would be no size', () => {
    expect(textOf(30, 1)).toEqual(['0.03', '0']);
    expect(textOf(1, 0)).toEqual(['0.001', '']);
  });

  test('digits go at once and come back when there is room to spare', () => {
    expect(sizeDecimalsFor(1_000_000, eth, 3)).toBe(1);
    expect(sizeDecimalsFor(999_999, eth, 1)).toBe(1);
    expect(sizeDecimalsFor(790_000, eth, 1)).toBe(3);
  });

  test('digits before the point are never cut: their column becomes wider', () => {
    expect([isLong(999_999_000, eth), isLong(1_000_000_000, eth)]).toEqual([false, true]);
    expect(textOf(1_234_567_890, 0)).toEqual(['1,234,567', '']);
  });

  test('a market whose lot is a whole unit has no point', () => {
    expect(sizeDecimalsFor(1_000_000, { ...eth, lotsPerUnit: 1 })).toBe(0);
  });
});

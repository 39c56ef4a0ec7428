// Goal: what became of an order is found in memory or in the records, and nobody says "not known" who cannot know.
// How: a memory that saw one order end, and records of our own that stand where the test puts them.
import { expect, test } from 'vitest';
import type { OrderRecord } from '../records/views.ts';
import { History } from './history.ts';
import type { MarketFeeds } from './streams/marketFeeds.ts';
import { PeopleOrders } from './streams/peopleOrders.ts';
import { sampleLanes } from './streams/sampleLanes.ts';
import type { RecordsClient } from './threads/recordsClient.ts';

const ACCOUNT = 3;
const before = { orderId: 6, state: 'filled', sizeLots: 5, filledLots: 5, cancelReason: '' } as const;
const seen = { orderId: 7, state: 'open', sizeLots: 10, filledLots: 0, cancelReason: '' } as const;

/** @param wholeFromSeq the journal's end when this desk started; its records are written up to 20 */
function historyOf(wholeFromSeq: number) {
  const orders = new PeopleOrders();
  orders.follow(new Set([ACCOUNT]));
  orders.apply(sampleLanes(30, 0, ['OrderAccepted', { account: ACCOUNT, orderId: 7, sizeLots: 10 }]));
  const history = new History({} as MarketFeeds, orders);
  const asked: unknown[] = [];
  const ask = (question: unknown) => {
    asked.push(question);
    return Promise.resolve([{ ...before, feeUsd: 9 } as OrderRecord]);
  };
  history.follow({ writtenSeq: 20, ask } as unknown as RecordsClient, wholeFromSeq);
  return { history, asked };
}

test('orders of before this process are asked of the records, the others are known', async () => {
  const { history, asked } = historyOf(20);
  expect(await history.outcomesOf(ACCOUNT, [7, 6])).toEqual([seen, before]);
  expect(asked).toEqual([{ kind: 'ordersById', account: ACCOUNT, orderIds: [6] }]);
});

test('records that are still being written do not say that an order is not known', async () => {
  const { history } = historyOf(21);
  await expect(history.outcomesOf(ACCOUNT, [6])).rejects.toMatchObject({ error: { code: 'engine.busy' } });
  expect(await history.outcomesOf(ACCOUNT, [7])).toEqual([seen]);
});

test('a fresh desk has seen every order itself', async () => {
  const { history, asked } = historyOf(0);
  expect(await history.outcomesOf(ACCOUNT, [6, 7])).toEqual([seen]);
  expect(asked).toEqual([]);
});

test('fills of several accounts are the newest of memory and records together, each once', async () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([ACCOUNT]));
  orders.apply(sampleLanes(30, 0, ['OrderFilled', { account: ACCOUNT, orderId: 7, tradeId: 5, lots: 4 }]));
  const history = new History({} as MarketFeeds, orders);
  const [seenFill] = await history.newestFills([ACCOUNT], 10);
  const older = { ...seenFill, seq: 12, tradeId: 4 };
  const ask = (question: unknown) => {
    expect(question).toEqual({ kind: 'newestFills', accounts: [ACCOUNT, 4], limit: 2 });
    return Promise.resolve([{ ...seenFill, place: 1 }, older]);
  };
  history.follow({ writtenSeq: 20, ask } as unknown as RecordsClient, 20);
  expect(await history.newestFills([ACCOUNT, 4], 2)).toEqual([seenFill, older]);
  // What memory fills alone is not asked of anybody.
  expect(await history.newestFills([ACCOUNT, 4], 1)).toEqual([seenFill]);
});

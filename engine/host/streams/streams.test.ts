import { expect, test } from 'vitest';
import { sampleDirectory } from '../../api/native/sampleDirectory.ts';
import { IsolationRule } from '../../protocol/enums.ts';
import type { MarketDeltaMessage, ServerMessage } from '../../protocol/stream.ts';
import type { AccountView, OrderView } from '../../protocol/views/account.ts';
import type { MarginBookView } from '../../protocol/views/marginBook.ts';
import { HOUR_MS } from '../../units/time.ts';
import { limits } from '../limits.ts';
import { AccountFeed } from './accountFeed.ts';
import { AccountFeeds } from './accountFeeds.ts';
import { MarketFeeds } from './marketFeeds.ts';
import { PeopleOrders } from './peopleOrders.ts';
import { type SampleEvent, sampleLanes } from './sampleLanes.ts';

const level = (side: number, priceTicks: number, lots: number, orderCount = 1): SampleEvent => [
  'LevelChanged',
  { instrument: 0, side, priceTicks, lots, orderCount },
];

function newFeeds(): MarketFeeds {
  const feeds = new MarketFeeds();
  feeds.startAt(10, 1_000);
  feeds.list(sampleDirectory.markets);
  return feeds;
}

test('changes since the last flush leave as one delta with absolute levels', () => {
  const feeds = newFeeds();
  feeds.apply(sampleLanes(11, 2_000, level(0, 100, 5), level(1, 101, 7)), 11, 2_000);
  feeds.apply(sampleLanes(12, 2_010, level(0, 100, 9, 2), level(1, 101, 0, 0)), 12, 2_010);
  const feed = feeds.feed(0)!;
  const delta = JSON.parse(feed.flush(12, 2_010, 2_015)!) as MarketDeltaMessage;
  expect(delta).toMatchObject({ prevSeq: 10, seq: 12, timeMs: 2_010, sentMs: 2_015 });
  expect(delta.levels).toEqual([
    [0, 100, 9, 2],
    [1, 101, 0, 0],
  ]);
  expect(feed.flush(12, 2_010, 2_060)).toBeUndefined();
  expect(feed.snapshot().market).toMatchObject({ seq: 12, bids: [[100, 9, 2]], asks: [] });
});

test('a snapshot is what the deltas before it add up to, best first', () => {
  const feeds = newFeeds();
  for (const [k, price] of [103, 99, 101, 105].entries()) {
    feeds.apply(sampleLanes(11 + k, 2_000, level(0, price, 1), level(1, price + 10, 1)), 11 + k, 2_000);
  }
  feeds.feed(0)!.flush(14, 2_000, 0);
  const { bids, asks } = feeds.feed(0)!.snapshot().market;
  expect(bids.map(([price]) => price)).toEqual([105, 103, 101, 99]);
  expect(asks.map(([price]) => price)).toEqual([109, 111, 113, 115]);
});

test('who comes back at a sequence gets what it missed; who is too late gets a snapshot', () => {
  const feeds = newFeeds();
  const feed = feeds.feed(0)!;
  const flushAt = (seq: number) => {
    feeds.apply(sampleLanes(seq, seq, level(0, seq, 1)), seq, seq);
    return feed.flush(seq, seq, 0)!;
  };
  const texts = [20, 30, 40].map(flushAt);
  expect(feed.missedSince(20)).toEqual(texts.slice(1));
  expect(feed.missedSince(40)).toEqual([]);
  expect(feed.missedSince(25)).toBeUndefined();
  for (let seq = 41; seq < 41 + limits.stream.resumeMessages * 2; seq++) flushAt(seq);
  expect(feed.missedSince(20)).toBeUndefined();
});

test('trades move the tape, the last price and the figures of the day', () => {
  const feeds = newFeeds();
  const trade = (priceTicks: number, lots: number, tradeId: number): SampleEvent => [
    'Traded',
    { instrument: 0, tradeId, takerSide: 1, priceTicks, lots },
  ];
  feeds.apply(sampleLanes(11, HOUR_MS, trade(1_000, 3, 1), trade(990, 2, 2)), 11, HOUR_MS);
  const delta = JSON.parse(feeds.feed(0)!.flush(11, HOUR_MS, 0)!) as MarketDeltaMessage;
  expect(delta.trades.map(({ tradeId }) => tradeId)).toEqual([1, 2]);
  expect(delta.stats).toMatchObject({
    lastTicks: 990,
    open24hTicks: 1_000,
    high24hTicks: 1_000,
    low24hTicks: 990,
    volume24hUsd: (3_000 + 1_980) * sampleDirectory.markets[0]!.usdPerTickLot,
    volumeMinuteUsd: (3_000 + 1_980) * sampleDirectory.markets[0]!.usdPerTickLot,
    trades24h: 2,
    nextFundingMs: 2 * HOUR_MS,
  });
  expect(
    feeds
      .feed(0)!
      .snapshot()
      .market.trades.map(({ tradeId }) => tradeId),
  ).toEqual([2, 1]);
});

test('a mark is told to its market and says that views of accounts are old', () => {
  const feeds = newFeeds();
  const mark: SampleEvent = [
    'MarkChanged',
    { instrument: 1, mark: 70, index: 71, sources: 4, confidencePpm: 9 },
  ];
  expect(feeds.apply(sampleLanes(11, 5, mark), 11, 5)).toBe(true);
  expect(feeds.apply(sampleLanes(12, 6, level(0, 1, 1)), 12, 6)).toBe(false);
  expect(feeds.overview().marks).toEqual([
    {
      instrument: 1,
      markUsdPerLot: 70,
      indexUsdPerLot: 71,
      timeMs: 5,
      seq: 11,
      sources: 4,
      confidencePpm: 9,
      isolation: null,
    },
  ]);
});

test('a market that stands alone says why and until when, with every mark until it does no longer', () => {
  const feeds = newFeeds();
  const mark: SampleEvent = [
    'MarkChanged',
    { instrument: 1, mark: 70, index: 71, sources: 2, confidencePpm: 9 },
  ];
  const underlying = feeds.feed(1)!.underlyingId;
  const rule = IsolationRule.sources;
  const started: SampleEvent = ['IsolationStarted', { underlying, rule, endsMsMin: 605 }];
  const ended: SampleEvent = ['IsolationEnded', { underlying, rule, startedMs: 5 }];
  feeds.apply(sampleLanes(11, 5, mark), 11, 5);
  expect(feeds.apply(sampleLanes(12, 5, started), 12, 5)).toBe(true);
  const isolation = () => feeds.feed(1)!.mark?.isolation;
  expect(isolation()).toEqual({ rule: 'sources', endsMsMin: 605 });
  feeds.apply(sampleLanes(13, 6, mark), 13, 6);
  expect(isolation()).toEqual({ rule: 'sources', endsMsMin: 605 });
  feeds.apply(sampleLanes(14, 700, ended), 14, 700);
  expect(isolation()).toBeNull();
});

test('figures tell the best prices as they stand, and 0 where nobody quotes', () => {
  const feeds = newFeeds();
  const bestOf = (seq: number) => {
    const { bidTicks, askTicks } = feeds.overview().stats[0]!;
    return [seq, bidTicks, askTicks];
  };
  feeds.apply(
    sampleLanes(11, 5, level(0, 100, 1), level(0, 101, 2), level(1, 103, 1), level(1, 104, 1)),
    11,
    5,
  );
  expect(bestOf(11)).toEqual([11, 101, 103]);
  feeds.apply(sampleLanes(12, 6, level(0, 101, 0), level(1, 103, 0), level(1, 104, 0)), 12, 6);
  expect(bestOf(12)).toEqual([12, 100, 0]);
});

const accepted: SampleEvent = [
  'OrderAccepted',
  { account: 3, orderId: 7, instrument: 0, side: 1, sizeLots: 10, priceTicks: 600_000, clientId3: 42 },
];
const filled = (lots: number, remainingLots: number): SampleEvent => [
  'OrderFilled',
  { account: 3, orderId: 7, tradeId: lots, side: 1, lots, remainingLots, priceTicks: 600_000, fee: 9 },
];
const clientId = `${'0'.repeat(30)}2a`;

test('an order is followed from acceptance to its end, by id and by client id', () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([3]));
  const changes = orders.apply(sampleLanes(5, 50, accepted, filled(4, 6)));
  expect(changes.get(3)).toMatchObject({
    orders: [
      { orderId: 7, side: 'sell', openLots: 6, state: 'open', acceptedSeq: 5, acceptedMs: 50, clientId },
    ],
    fills: [{ lots: 4, feeUsd: 9, seq: 5 }],
    notices: [],
  });
  orders.apply(sampleLanes(6, 60, filled(6, 0)));
  expect(orders.orderByClientId(3, clientId)).toMatchObject({ orderId: 7, state: 'filled', openLots: 0 });
  expect(orders.fillsOf(3).map(({ lots }) => lots)).toEqual([6, 4]);
  expect(orders.orderByClientId(4, clientId)).toBeUndefined();
});

test('a cancellation nobody asked for comes with its reason', () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([3]));
  const cancelled: SampleEvent = [
    'OrderCancelled',
    { op: -1, account: 3, orderId: 7, remainingLots: 6, reason: 3 },
  ];
  expect(orders.apply(sampleLanes(5, 50, accepted, filled(4, 6), cancelled)).get(3)).toMatchObject({
    orders: [{ state: 'cancelled', openLots: 0 }],
    notices: [{ orderId: 7, reason: 'expired', filledLots: 4 }],
  });
});

test('what became of an order is remembered with its reason, for its own account only', () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([3]));
  orders.apply(sampleLanes(5, 50, accepted, filled(4, 6)));
  const known = { orderId: 7, sizeLots: 10, filledLots: 4 };
  expect(orders.outcomeOf(3, 7)).toEqual({ ...known, state: 'open', cancelReason: '' });
  orders.apply(
    sampleLanes(6, 60, ['OrderCancelled', { account: 3, orderId: 7, remainingLots: 6, reason: 0 }]),
  );
  expect(orders.outcomeOf(3, 7)).toEqual({ ...known, state: 'cancelled', cancelReason: 'requested' });
  expect([orders.outcomeOf(4, 7), orders.outcomeOf(3, 8)]).toEqual([undefined, undefined]);
});

test('an order that kept its place keeps its queue; at a new price the queue is unknown', () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([3]));
  orders.seed([
    { orderId: 7, account: 3, clientId: '', lotsAhead: 12, sizeLots: 10, openLots: 10 } as OrderView,
  ]);
  const amended = (seq: number, keptPriority: number) => {
    const event: SampleEvent = ['OrderAmended', { account: 3, orderId: 7, remainingLots: 8, keptPriority }];
    return orders.apply(sampleLanes(seq, seq, event)).get(3)?.orders[0]?.lotsAhead;
  };
  expect([amended(5, 1), amended(6, 0)]).toEqual([12, -1]);
});

test('orders of the market’s participants are nobody’s business', () => {
  const orders = new PeopleOrders();
  orders.follow(new Set([4]));
  expect(orders.apply(sampleLanes(5, 50, accepted)).size).toBe(0);
  expect(orders.order(7)).toBeUndefined();
});

test('a trade of somebody else before an order asks for a view that is not from before it', async () => {
  const asked: number[] = [];
  const order = {
    orderId: 7,
    instrument: 0,
    side: 'sell',
    priceTicks: 600_000,
    state: 'open',
    lotsAhead: 12,
  };
  const feeds = new AccountFeeds({
    viewOf: (_, atLeastSeq) => {
      asked.push(atLeastSeq);
      const view = { account: 3, seq: atLeastSeq, timeMs: 0, orders: [order] } as unknown as AccountView;
      return Promise.resolve({ view, book: { version: 'v1', source: {} } as MarginBookView });
    },
    fillsOf: () => Promise.resolve([]),
    acceptedMsOf: () => 0,
  });
  await feeds.feed(3, 20, 200).add({ send: () => undefined }, undefined);
  const changeAt = (seq: number, side: number, priceTicks: number) => {
    feeds.apply(sampleLanes(seq, seq, level(side, priceTicks, 5)), seq, seq, new Map(), false);
    feeds.refreshViews();
  };
  changeAt(30, 0, 600_000);
  changeAt(31, 1, 600_010);
  expect(asked).toEqual([20]);
  changeAt(32, 1, 600_000);
  expect(asked).toEqual([20, 32]);
});

/** A follower that answers when the test says so. */
function newAccountFeed() {
  const sent: ServerMessage[] = [];
  const answers: ((seq: number) => void)[] = [];
  /** Of the margin parameters the follower has. */
  const version = { now: 1 };
  const feed = new AccountFeed(3, 20, 200, {
    viewOf: () =>
      new Promise((resolve) => {
        answers.push((seq) =>
          resolve({
            view: { account: 3, seq, timeMs: seq * 10, orders: [] } as unknown as AccountView,
            book: { version: `v${version.now}`, source: {} } as MarginBookView,
          }),
        );
      }),
    fillsOf: () => Promise.resolve([]),
    acceptedMsOf: () => 0,
  });
  const change = (seq: number, orderId: number) =>
    feed.changed(seq, seq * 10, { orders: [{ orderId } as never], fills: [], notices: [] });
  const watcher = { send: (message: ServerMessage) => sent.push(message) };
  return { feed, sent, watcher, answers, change, version };
}

test('changes that happen while the snapshot is made follow it as one delta', async () => {
  const { feed, sent, watcher, answers, change } = newAccountFeed();
  const adding = feed.add(watcher, undefined);
  change(21, 1);
  change(22, 2);
  change(23, 2);
  answers[0]!(21);
  await adding;
  expect(sent).toMatchObject([
    { type: 'accountSnapshot', account: { seq: 21 } },
    { type: 'accountDelta', prevSeq: 21, seq: 23, orders: [{ orderId: 2 }] },
  ]);
});

test('margin parameters are told with the snapshot, and again only when they changed', async () => {
  const { feed, sent, watcher, answers, version } = newAccountFeed();
  const adding = feed.add(watcher, undefined);
  answers[0]!(21);
  await adding;
  for (const [at, now] of [1, 2, 2].entries()) {
    version.now = now;
    feed.viewAged(22 + at);
    feed.refreshView();
    answers[at + 1]!(22 + at);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
  const books = sent.map((message) => ('book' in message ? message.book : undefined));
  expect(books.map((book) => [book?.version, book?.source !== undefined])).toEqual([
    ['v1', true],
    ['v1', false],
    ['v2', true],
    ['v2', false],
  ]);
});

test('each delta follows the one before, and a view brings no gap', async () => {
  const { feed, sent, watcher, answers, change } = newAccountFeed();
  const adding = feed.add(watcher, undefined);
  answers[0]!(20);
  await adding;
  change(25, 1);
  feed.refreshView();
  change(26, 2);
  answers[1]!(25);
  await new Promise(setImmediate);
  const deltas = sent.slice(1) as { prevSeq: number; seq: number; view?: AccountView }[];
  expect(deltas.map(({ prevSeq, seq, view }) => [prevSeq, seq, view?.seq])).toEqual([
    [20, 25, undefined],
    [25, 26, undefined],
    [26, 26, 25],
  ]);
});

test('who comes back gets exactly what it missed, and a view soon after', async () => {
  const { feed, sent, watcher, answers, change } = newAccountFeed();
  change(21, 1);
  change(22, 2);
  await feed.add(watcher, 21);
  expect(sent).toMatchObject([{ type: 'accountDelta', prevSeq: 21, seq: 22, orders: [{ orderId: 2 }] }]);
  feed.refreshView();
  answers[0]!(22);
  await new Promise(setImmediate);
  expect(sent.at(-1)).toMatchObject({ view: { seq: 22 } });
  feed.remove(watcher);
  change(23, 3);
  expect(sent).toHaveLength(2);
});

test('who was away for too long, or says a sequence that never was, gets a snapshot', async () => {
  const { feed, sent, watcher, answers } = newAccountFeed();
  for (const resumeSeq of [3, 999]) {
    const adding = feed.add(watcher, resumeSeq);
    answers.pop()!(20);
    await adding;
    expect(sent.at(-1)).toMatchObject({ type: 'accountSnapshot' });
  }
});

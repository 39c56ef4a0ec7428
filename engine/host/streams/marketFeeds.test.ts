import { expect, test } from 'vitest';
import { sampleDirectory } from '../../api/native/sampleDirectory.ts';
import { MarketFeeds } from './marketFeeds.ts';

test('what is told of all markets leaves out those that are settled', () => {
  const feeds = new MarketFeeds();
  const [btc, eth] = sampleDirectory.markets;
  feeds.list([btc!, eth!]);
  expect(feeds.overview().stats.map(({ instrument }) => instrument)).toEqual([0, 1]);
  feeds.list([btc!, { ...eth!, stage: 'settled' }]);
  expect(feeds.overview().stats.map(({ instrument }) => instrument)).toEqual([0]);
  expect(feeds.feed(1)).toBeDefined();
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FillView, OrderOutcomeView, OrderView } from '../engine/protocol/views/account.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import { announceOutcomes } from './announceOutcomes.ts';
import { listing } from './stores/marketStore.ts';
import { dismissToast, toasts } from './stores/toastStore.ts';
import { btcPerp } from './testMarket.ts';

beforeEach(() => listing.setNow('listing', { markets: [btcPerp] } as unknown as MarketsView));
afterEach(() => {
  for (const { id } of toasts.latest('all') ?? []) dismissToast(id);
});

const told = () => (toasts.latest('all') ?? []).map(({ text, detail }) => `${text} ${detail}`);

/** Last seen with 0.1 of its 0.5 BTC filled. */
const order = { orderId: 7, instrument: 0, sizeLots: 5_000, openLots: 4_000, triggerTicks: 0 } as OrderView;
const fill = { orderId: 7, instrument: 0, side: 'buy', lots: 4_000, priceTicks: 600_000, isMaker: true };

function end(change: Partial<OrderOutcomeView>, fills: readonly FillView[] = []) {
  const outcome: OrderOutcomeView = {
    orderId: 7,
    state: 'cancelled',
    sizeLots: 5_000,
    filledLots: 1_000,
    cancelReason: 'requested',
    ...change,
  };
  return { order, outcome, fills };
}

test('an order that was filled while nobody listened is told with its average, where its fills are known', () => {
  const filled = { state: 'filled', filledLots: 5_000, cancelReason: '' } as const;
  announceOutcomes([end(filled, [fill as FillView])]);
  expect(told()).toEqual(['Filled: bought 0.4000 BTC at 60,000.00. Order 7 on BTC-PERP.']);
  announceOutcomes([end(filled)]);
  expect(told()).toEqual(['Order 7 filled. 0.5000 BTC on BTC-PERP.']);
});

test.each([
  ['requested', 1_000, 'Order 7 partly filled, the rest cancelled. 0.1000 BTC of 0.5000 BTC was filled.'],
  ['requested', 0, 'Order 7 cancelled. '],
  ['expired', 0, 'Order 7 expired. Its time ran out.'],
  ['triggerRefused', 0, 'Order 7 refused. Its trigger fired, and the order was refused.'],
] as const)('one that ended as %s with %i lots filled says so', (cancelReason, filledLots, sentence) => {
  announceOutcomes([end({ cancelReason, filledLots })]);
  expect(told()).toEqual([sentence]);
});

test('what the desk does not know is not made up', () => {
  announceOutcomes([{ order, outcome: undefined, fills: [] }]);
  expect(told()[0]).toMatch(/^How order 7 ended is not known\. The desk has no record of it\./);
});

test('many ends are told as a count', () => {
  announceOutcomes([
    end({ state: 'filled', cancelReason: '' }),
    end({}),
    end({}),
    end({ cancelReason: 'expired', filledLots: 0 }),
    { order, outcome: undefined, fills: [] },
  ]);
  expect(told()).toEqual([
    '5 orders ended meanwhile. 1 filled; 2 partly filled, the rest cancelled; 1 expired unfilled; 1 not known.',
  ]);
});

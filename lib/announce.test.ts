import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountDeltaMessage, AccountSnapshotMessage } from '../engine/protocol/stream.ts';
import type { FillView, OrderView } from '../engine/protocol/views/account.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import { announceEnds, announceFills, newsOf } from './announce.ts';
import { listing } from './stores/marketStore.ts';
import type { AccountState } from './stores/mergeAccount.ts';
import { dismissToast, toasts } from './stores/toastStore.ts';
import { btcPerp } from './testMarket.ts';

beforeEach(() => listing.setNow('listing', { markets: [btcPerp] } as unknown as MarketsView));
afterEach(() => {
  for (const { id } of toasts.latest('all') ?? []) dismissToast(id);
});

const told = () => (toasts.latest('all') ?? []).map(({ text, detail }) => `${text} ${detail}`);

function delta(change: Partial<AccountDeltaMessage>): AccountDeltaMessage {
  const none = { orders: [], fills: [], notices: [] };
  return { type: 'accountDelta', account: 8, prevSeq: 1, seq: 2, timeMs: 0, ...none, ...change };
}

const order = (change: Partial<OrderView>) =>
  ({ orderId: 7, instrument: 0, sizeLots: 5_000, triggerTicks: 0, ...change }) as OrderView;
const fill = (lots: number, priceTicks: number, isMaker = true) =>
  ({ orderId: 7, instrument: 0, side: 'buy', lots, priceTicks, isMaker }) as FillView;

test('an order whose time ran out has expired, and says how much of it was filled', () => {
  const notices = [{ orderId: 7, reason: 'expired' as const, filledLots: 0 }];
  announceEnds(delta({ notices, orders: [order({ state: 'cancelled' })] }));
  expect(told()).toEqual(['Order 7 expired. Its time ran out.']);
  notices[0]!.filledLots = 2_000;
  announceEnds(delta({ notices, orders: [order({ state: 'cancelled' })] }));
  expect(told()).toEqual([
    'Order 7 partly filled, the rest expired. Its time ran out. 0.2000 BTC of 0.5000 BTC was filled.',
  ]);
});

test('an order that a rule took off was cancelled, with the rule in words', () => {
  const notices = [{ orderId: 7, reason: 'selfTrade' as const, filledLots: 0 }];
  announceEnds(delta({ notices }));
  expect(told()).toEqual(['Order 7 cancelled. It would have met an order of the same firm.']);
});

test('the fills of one order are one sum, and a part is told apart from the whole', () => {
  const fills = [fill(1_000, 600_000), fill(1_000, 600_100)];
  announceFills(delta({ fills, orders: [order({ openLots: 3_000, state: 'open' })] }));
  expect(told()).toEqual([
    'Partly filled: bought 0.2000 BTC at 60,005.00. Order 7 on BTC-PERP, 0.3000 BTC open.',
  ]);
  announceFills(delta({ fills: [fill(3_000, 600_000)], orders: [order({ openLots: 0, state: 'filled' })] }));
  expect(told()).toEqual(['Filled: bought 0.3000 BTC at 60,000.00. Order 7 on BTC-PERP.']);
});

test('a fill that its sender is told of by the ticket is not told twice, one of a stop that fired is', () => {
  const fills = [fill(5_000, 600_000, false)];
  announceFills(delta({ fills, orders: [order({ openLots: 0, state: 'filled' })] }));
  expect(told()).toEqual([]);
  announceFills(delta({ fills, orders: [order({ openLots: 0, state: 'filled', triggerTicks: 600_000 })] }));
  expect(told()).toHaveLength(1);
});

test('what was met of a working order while the line was down is told when the account comes anew', () => {
  const before = { seq: 10, orders: [order({ openLots: 5_000, state: 'open' })] } as unknown as AccountState;
  const snapshot = (lots: number, orders: OrderView[]) =>
    ({
      account: { orders },
      fills: [
        { ...fill(lots, 600_000), seq: 12 },
        { ...fill(900, 600_000), seq: 9 },
      ],
    }) as unknown as AccountSnapshotMessage;
  announceFills(newsOf(before, snapshot(2_000, [order({ openLots: 3_000, state: 'open' })])));
  expect(told()[0]).toMatch(/^Partly filled: bought 0\.2000 BTC .* 0\.3000 BTC open\.$/);
  expect(newsOf(before, snapshot(5_000, []))).toMatchObject({ orders: [] });
  expect(newsOf(undefined, snapshot(5_000, []))).toMatchObject({ fills: [], orders: [] });
});

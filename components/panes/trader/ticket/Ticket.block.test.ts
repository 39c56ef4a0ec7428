import { expect, test } from 'vitest';
import { errorView } from '../../../../engine/protocol/errors.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { type BlockInput, blockOf } from './Ticket.block.ts';

const account = {
  account: 4,
  firm: 1,
  label: 'Basis',
  firmLabel: 'Macro',
  potOf: null,
  role: 'trader',
  mayTrade: true,
};
const session = { address: '0x1', label: 'Ann', role: 'trader', expiresAtMs: 9, accounts: [account] };
const fresh = { face: 'fresh', ageMs: 10 } as const;
const stale = { face: 'stale', ageMs: 7_400, reason: 'The feed is silent.' } as const;

const ready: BlockInput = {
  session: { state: 'signedIn', session, agent: {} as never },
  account,
  feed: fresh,
  book: fresh,
  mark: fresh,
  ticket: { tag: 'previewed' },
  reading: { is: 'operation', operation: {} as never },
  preview: { state: 'known', preview: {} as PreviewView, receivedMs: 1_000, isCurrent: true },
  guardRefusal: undefined,
  nowMs: 1_100,
};

test('a current preview on a live feed may be sent', () => {
  expect(blockOf(ready)).toBeUndefined();
});

/** Each line is a reason alone, in the order in which the ticket names them. */
const reasons: [string, Partial<BlockInput>, string][] = [
  ['nobody is signed in', { session: { state: 'signedOut' } }, 'Sign in to trade'],
  ['there is no account', { account: undefined }, 'No account'],
  ['the role may not trade', { account: { ...account, mayTrade: false } }, 'Not permitted'],
  [
    'there is no trading key',
    { session: { state: 'signedIn', session, agent: undefined } },
    'No trading key',
  ],
  ['nothing was heard yet', { feed: { face: 'unknown' } }, 'Connecting'],
  ['the feed is stale', { feed: stale }, 'Blocked: feed 7.4 s old'],
  ['the book is stale', { book: stale }, 'Blocked: book 7.4 s old'],
  ['the book is crossed', { book: { face: 'wrong', reason: 'x' } }, 'Blocked: book is wrong'],
  ['the mark is stale', { mark: stale }, 'Blocked: mark 7.4 s old'],
  ['an order is on its way', { ticket: { tag: 'sent', sentMs: 1_000 } }, 'Sent, waiting for the engine'],
  ['an order is late', { ticket: { tag: 'late', sentMs: 100 } }, 'No answer for 1.0 s'],
  ['the market is not known', { reading: undefined }, 'Waiting for the market'],
  ['the quantity is missing', { reading: { is: 'missing', field: 'size' } }, 'Write a quantity'],
  ['the price is no number', { reading: { is: 'unreadable', field: 'price' } }, 'The price cannot be read'],
  ['the most is not known yet', { reading: { is: 'waiting', field: 'size' } }, 'Finding the quantity'],
  ['a hard guard refuses', { guardRefusal: 'x' }, 'Over your own limit'],
  [
    'the door refused it',
    { preview: { state: 'failed', error: errorView('order.priceOffTick') } },
    'Refused',
  ],
  [
    'the preview is of other terms',
    { preview: { ...ready.preview, isCurrent: false } as never },
    'Previewing',
  ],
  ['the preview is old', { nowMs: 3_500 }, 'Preview 2.5 s old'],
  [
    'the engine would refuse it',
    { preview: { ...ready.preview, preview: { refusal: errorView('margin.initialInsufficient') } } as never },
    'Would be refused',
  ],
];

test.each(reasons)('blocked when %s', (_, change, words) => {
  expect(blockOf({ ...ready, ...change })?.words).toBe(words);
});

test('the first reason of the list wins', () => {
  const all = Object.assign({}, ...reasons.map(([, change]) => change).reverse());
  expect(blockOf({ ...ready, ...all })?.words).toBe('Sign in to trade');
});

test('what depends on a moving book may be sent all the same', () => {
  const preview = { refusal: errorView('order.postOnlyWouldCross') } as PreviewView;
  expect(
    blockOf({ ...ready, preview: { state: 'known', preview, receivedMs: 1_000, isCurrent: true } }),
  ).toBeUndefined();
});

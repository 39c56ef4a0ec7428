// Goal: the ticket's `max` is one question, asked about the terms that stand. How: the desk, the clock and the person's
// limits are the test's.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { LargestOrderView } from '../engine/protocol/views/largestOrder.ts';
import type { SizelessOrderWire } from '../engine/protocol/wire/commands.ts';
import type { PlacedOperation } from './draftOrder.ts';
import { RequestError } from './http.ts';
import { followMost } from './mostLoop.ts';
import { draftStore, editDraft, openDraft } from './stores/draftStore.ts';
import { btcPerp } from './testMarket.ts';

interface Question {
  order: SizelessOrderWire;
  lotsMax: number | undefined;
  answer(lots: number, code?: 'cap.ownerShare'): void;
  refuse(): void;
}

let questions: Question[];
let timer: { delayMs: number; run: () => void } | undefined;
let guardRefusal: (operation: PlacedOperation) => string | undefined;
let stop: () => void;
let instrument = 0;

beforeEach(() => {
  questions = [];
  guardRefusal = () => undefined;
  // Another market forgets what was known of the last.
  openDraft(instrument++);
  editDraft({ side: 'buy', type: 'limit', priceText: '60000', sizeText: '', isReduceOnly: false });
  stop = followMost({
    account: 8,
    market: btcPerp,
    guardRefusal: (operation) => guardRefusal(operation),
    ask: (order, lotsMax) =>
      new Promise((resolve, reject) =>
        questions.push({
          order,
          lotsMax,
          answer: (lots, code) =>
            resolve({ seq: 1, timeMs: 1, lots, refusal: code && errorView(code) } satisfies LargestOrderView),
          refuse: () => reject(new RequestError(errorView('outcome.unknown'))),
        }),
      ),
    after(delayMs, run) {
      timer = { delayMs, run };
      return () => {
        timer = undefined;
      };
    },
  });
});

afterEach(() => stop());

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const mostNow = () => draftStore.getState().most;

/** Lets the clock come to what waits for it. */
function passTime(): void {
  const due = timer;
  timer = undefined;
  due?.run();
}

test('one question without a size, 400 ms after the last key; the answer says what one lot more is told', async () => {
  editDraft({ priceText: '61000' });
  expect(questions).toEqual([]);
  expect(timer?.delayMs).toBe(400);
  passTime();
  const terms = { account: 8, instrument: 'BTC-PERP', side: 'buy', type: 'limit', price: '61000' };
  expect(questions).toMatchObject([{ order: { type: 'PlaceOrder', order: terms }, lotsMax: undefined }]);
  expect(questions[0]?.order).not.toHaveProperty('order.size');
  questions[0]?.answer(4_166, 'cap.ownerShare');
  await settled();
  expect(mostNow()).toMatchObject({ lots: 4_166, beyond: errorView('cap.ownerShare').message });
  expect(timer?.delayMs).toBe(5_000);
});

test('a size that is typed asks nothing anew; other terms do, and an answer about the old ones is dropped', async () => {
  passTime();
  editDraft({ sizeText: '2' });
  expect(timer).toBeUndefined();
  editDraft({ side: 'sell' });
  expect(timer?.delayMs).toBe(400);
  questions[0]?.answer(7, 'cap.ownerShare');
  await settled();
  expect(mostNow()).toBeUndefined();
  // The old answer does not put the new question off.
  expect(timer?.delayMs).toBe(400);
  passTime();
  questions[1]?.answer(9, 'cap.ownerShare');
  await settled();
  expect(mostNow()?.lots).toBe(9);
});

test('a person’s own limit is the bound that is asked with, and says so where it binds', async () => {
  guardRefusal = ({ type, ...operation }) =>
    'order' in operation && Number(operation.order.size) > 0.5 ? 'Your limit is 0.5.' : undefined;
  passTime();
  expect(questions[0]?.lotsMax).toBe(5_000);
  questions[0]?.answer(5_000);
  await settled();
  expect(mostNow()).toMatchObject({ lots: 5_000, beyond: 'Your limit is 0.5.' });
  passTime();
  questions[1]?.answer(300, 'cap.ownerShare');
  await settled();
  expect(mostNow()).toMatchObject({ lots: 300, beyond: errorView('cap.ownerShare').message });
});

test('where a person’s own limits let no size pass, the desk is not asked', async () => {
  guardRefusal = () => 'The price is 9 % away from the mark.';
  passTime();
  await settled();
  expect(questions).toEqual([]);
  expect(mostNow()).toMatchObject({ lots: 0, beyond: 'The price is 9 % away from the mark.' });
  expect(timer?.delayMs).toBe(5_000);
});

test('silence leaves the last word standing, and it is asked again; half a draft asks nothing', async () => {
  passTime();
  questions[0]?.answer(7);
  await settled();
  passTime();
  questions[1]?.refuse();
  await settled();
  expect(mostNow()?.lots).toBe(7);
  expect(timer?.delayMs).toBe(5_000);
  editDraft({ priceText: '' });
  passTime();
  await settled();
  expect(questions).toHaveLength(2);
  stop();
  expect(timer).toBeUndefined();
});

test('of a scale the whole is asked about', async () => {
  editDraft({ type: 'scale', toPriceText: '59000', countText: '5' });
  passTime();
  expect(questions[0]?.order).toMatchObject({ type: 'PlaceScale', scale: { count: 5, fromPrice: '60000' } });
  expect(questions[0]?.order).not.toHaveProperty('scale.size');
  questions[0]?.answer(7);
  await settled();
  expect(mostNow()?.lots).toBe(7);
});

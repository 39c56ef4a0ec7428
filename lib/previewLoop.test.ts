import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { PlacedOperation } from './draftOrder.ts';
import { RequestError } from './http.ts';
import { startPreviews } from './previewLoop.ts';
import { draftStore, editDraft, setPreview, setSize } from './stores/draftStore.ts';

interface Question {
  operation: PlacedOperation;
  answer(preview: PreviewView): void;
  refuse(error: RequestError): void;
}

let questions: Question[] = [];
let timers: (() => void)[] = [];
let waits: boolean[] = [];
let stop = () => {};

beforeEach(() => {
  questions = [];
  timers = [];
  waits = [];
  setPreview({ state: 'none' });
  setSize('');
  stop = startPreviews({
    operation: ({ sizeText }) =>
      sizeText === '' ? undefined : ({ type: 'PlaceOrder', order: { size: sizeText } } as PlacedOperation),
    ask: (operation) => new Promise((answer, refuse) => questions.push({ operation, answer, refuse })),
    handsWait: (isWaiting) => void waits.push(isWaiting),
    nowMs: () => 5,
    after(_, run) {
      timers.push(run);
      return () => {
        timers = timers.filter((each) => each !== run);
      };
    },
  });
});

afterEach(() => stop());

const sizeOf = ({ operation }: Question) =>
  operation.type === 'PlaceOrder' ? operation.order.size : operation.scale.size;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const preview = (seq: number) => ({ seq }) as PreviewView;

test('nothing is asked while the draft is not complete', async () => {
  await settled();
  expect(questions).toEqual([]);
});

test('each change is asked about without waiting, and only the answer to the last is current', async () => {
  for (const size of ['1', '2', '3']) setSize(size);
  expect(questions.map(sizeOf)).toEqual(['1', '2', '3']);
  questions[1]?.answer(preview(2));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({ isCurrent: false, preview: { seq: 2 } });
  questions[0]?.answer(preview(1));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({ isCurrent: false, preview: { seq: 2 } });
  questions[2]?.answer(preview(3));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({
    state: 'known',
    isCurrent: true,
    preview: { seq: 3 },
  });
  expect(timers).toHaveLength(1);
});

test('a hand faster than the desk skips what it typed in between', async () => {
  for (const size of ['1', '2', '3', '4', '5']) setSize(size);
  expect(questions).toHaveLength(3);
  questions[0]?.answer(preview(1));
  await settled();
  expect(questions.map(sizeOf)).toEqual(['1', '2', '3', '5']);
});

test('an answer about a draft that is not complete any more is not shown', async () => {
  setSize('1');
  setSize('');
  questions[0]?.answer(preview(1));
  await settled();
  expect(draftStore.getState().preview).toEqual({ state: 'none' });
});

test('hands wait from a change until it is answered, and not for what is asked again', async () => {
  waits.length = 0;
  setSize('1');
  setSize('2');
  questions[0]?.answer(preview(1));
  await settled();
  expect(waits).toEqual([true, true]);
  questions[1]?.answer(preview(2));
  await settled();
  expect(waits).toEqual([true, true, false]);
  timers[0]?.();
  expect(waits).toEqual([true, true, false]);
  setSize('3');
  questions.at(-1)?.refuse(new RequestError(errorView('order.priceOffTick')));
  await settled();
  expect(waits).toEqual([true, true, false, true, false]);
  setSize('');
  expect(waits).toEqual([true, true, false, true, false, true, false]);
});

test('it asks again while the draft stands still', async () => {
  setSize('1');
  questions[0]?.answer(preview(1));
  await settled();
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(questions).toHaveLength(2);
});

test('an edit marks the numbers shown as not of this draft', async () => {
  setSize('1');
  questions[0]?.answer(preview(1));
  await settled();
  editDraft({ side: 'sell' });
  expect(draftStore.getState().preview).toMatchObject({ state: 'known', isCurrent: false });
});

test("the door's refusal is shown; silence keeps the last numbers", async () => {
  setSize('1');
  questions[0]?.answer(preview(1));
  await settled();
  timers[0]?.();
  questions[1]?.refuse(new RequestError(errorView('outcome.unknown')));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({ state: 'known', preview: { seq: 1 } });
  timers[0]?.();
  questions[2]?.refuse(new RequestError(errorView('order.priceOffTick')));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({
    state: 'failed',
    error: { code: 'order.priceOffTick' },
  });
});

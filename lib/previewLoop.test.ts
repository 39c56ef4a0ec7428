import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { RequestError } from './http.ts';
import { startPreviews } from './previewLoop.ts';
import { draftStore, editDraft, setPreview, setSize } from './stores/draftStore.ts';

interface Question {
  order: OrderDraftWire;
  answer(preview: PreviewView): void;
  refuse(error: RequestError): void;
}

let questions: Question[] = [];
let timers: (() => void)[] = [];
let stop = () => {};

beforeEach(() => {
  questions = [];
  timers = [];
  setPreview({ state: 'none' });
  setSize('');
  stop = startPreviews({
    order: (draft) => (draft.sizeText === '' ? undefined : ({ size: draft.sizeText } as OrderDraftWire)),
    ask: (order) => new Promise((answer, refuse) => questions.push({ order, answer, refuse })),
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

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const preview = (seq: number) => ({ seq }) as PreviewView;

test('nothing is asked while the draft is not complete', async () => {
  await settled();
  expect(questions).toEqual([]);
});

test('each change is asked about, one question at a time, and only the last is current', async () => {
  setSize('1');
  setSize('2');
  setSize('3');
  expect(questions.map(({ order }) => order.size)).toEqual(['1']);
  questions[0]?.answer(preview(1));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({ state: 'known', isCurrent: false });
  expect(questions.map(({ order }) => order.size)).toEqual(['1', '3']);
  questions[1]?.answer(preview(2));
  await settled();
  expect(draftStore.getState().preview).toMatchObject({
    state: 'known',
    isCurrent: true,
    preview: { seq: 2 },
  });
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

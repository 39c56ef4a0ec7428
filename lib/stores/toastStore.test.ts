import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dismissToast, holdToasts, releaseToasts, toast, toasts, withdrawOffers } from './toastStore.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const { id } of toasts.latest('all') ?? []) dismissToast(id);
  vi.useRealTimers();
});

const texts = () => (toasts.latest('all') ?? []).map(({ text }) => text);
const tell = (group: string, text: string) => toast({ group, tone: 'info', text });

test('a newer toast of a group takes the place of the older', () => {
  tell('order 1', 'Order 1 rests.');
  tell('order 2', 'Order 2 rests.');
  tell('order 1', 'Order 1 filled.');
  expect(texts()).toEqual(['Order 2 rests.', 'Order 1 filled.']);
});

test('four stand at a time', () => {
  for (const order of [1, 2, 3, 4, 5]) tell(`order ${order}`, `${order}`);
  expect(texts()).toEqual(['2', '3', '4', '5']);
});

test('a toast goes by itself, but not while it is read', () => {
  tell('order 1', 'Order 1 rests.');
  vi.advanceTimersByTime(7_000);
  holdToasts();
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['Order 1 rests.']);
  releaseToasts();
  vi.advanceTimersByTime(900);
  expect(texts()).toEqual(['Order 1 rests.']);
  vi.advanceTimersByTime(200);
  expect(texts()).toEqual([]);
});

test('dismissing the last one under the pointer lets the next ones go again', () => {
  tell('order 1', 'one');
  holdToasts();
  dismissToast((toasts.latest('all') ?? [])[0]?.id ?? 0);
  tell('order 2', 'two');
  vi.advanceTimersByTime(8_100);
  expect(texts()).toEqual([]);
});

test('what is offered of one group is withdrawn, its words and its time are not', () => {
  const offer = (group: string) =>
    toast({ group, tone: 'good', text: group, actions: [{ label: 'Undo', run: () => {} }], shownMs: 5_000 });
  offer('order 1');
  offer('order 2');
  withdrawOffers((group) => group === 'order 1');
  expect((toasts.latest('all') ?? []).map(({ text, actions }) => [text, actions.length])).toEqual([
    ['order 1', 0],
    ['order 2', 1],
  ]);
  vi.advanceTimersByTime(5_100);
  expect(texts()).toEqual([]);
});

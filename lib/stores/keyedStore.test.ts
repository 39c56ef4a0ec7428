import { expect, test } from 'vitest';
import { createKeyedStore } from './keyedStore.ts';

/** A store whose frames the test runs by hand. */
function storeByHand() {
  const due = new Set<() => void>();
  const store = createKeyedStore<string, number>((flush) => due.add(flush));
  const frame = () => {
    const flushes = [...due];
    due.clear();
    for (const flush of flushes) flush();
  };
  return { store, frame };
}

test('a burst of writes is shown once, at the frame, with the last value', () => {
  const { store, frame } = storeByHand();
  let told = 0;
  store.subscribe('BTC', () => told++);
  for (const value of [1, 2, 3]) store.set('BTC', value);
  expect([store.get('BTC'), store.latest('BTC'), told]).toEqual([undefined, 3, 0]);
  frame();
  expect([store.get('BTC'), told]).toEqual([3, 1]);
});

test('a tick in one market wakes nobody who watches another', () => {
  const { store, frame } = storeByHand();
  let told = 0;
  store.subscribe('ETH', () => told++);
  store.set('BTC', 1);
  frame();
  expect(told).toBe(0);
});

test('who left is not told, and what was deleted is gone', () => {
  const { store, frame } = storeByHand();
  let told = 0;
  const leave = store.subscribe('BTC', () => told++);
  store.set('BTC', 1);
  frame();
  leave();
  store.delete('BTC');
  expect(store.latest('BTC')).toBeUndefined();
  frame();
  expect([store.get('BTC'), told]).toEqual([undefined, 1]);
});

test('what a hand did is shown at once, and a write before it does not come back over it', () => {
  let flush = () => {};
  const store = createKeyedStore<string, number>((due) => {
    flush = due;
  });
  const told: (number | undefined)[] = [];
  store.subscribe('a', () => told.push(store.get('a')));
  store.set('a', 1);
  store.setNow('a', 2);
  expect(store.get('a')).toBe(2);
  flush();
  expect(told).toEqual([2]);
  expect(store.get('a')).toBe(2);
});

import { describe, expect, test } from 'vitest';
import { centredOn, groupChoices, isOffCentre, nextGroup, outside, usualGroup } from './ladderWindow.ts';

const book = { bids: [[1000, 5, 1] as const], asks: [[1003, 4, 1] as const] } as unknown as Parameters<
  typeof outside
>[0];

describe('where the ladder stands', () => {
  test('centred, the market is in the middle; left alone, it says which way the market went', () => {
    const window = centredOn(1001.5, 10, 1);
    expect([window.top, window.top - window.rows + 1]).toEqual([1006, 997]);
    expect(outside(book, window)).toBeUndefined();
    expect(outside(book, { ...window, top: 990 })).toBe('above');
    expect(outside(book, { ...window, top: 1050 })).toBe('below');
  });

  test('a ladder that follows moves when the market leaves its middle half', () => {
    const window = { top: 119, rows: 20, groupTicks: 10 };
    expect([1101, 1150, 1199].map((ticks) => isOffCentre(ticks, window))).toEqual([false, true, true]);
    expect(isOffCentre(1030, window)).toBe(true);
  });
});

describe('steps', () => {
  test('the steps are 1, 2 and 5 and the usual one holds the spread in two rows', () => {
    expect(groupChoices(631_015).slice(0, 6)).toEqual([1, 2, 5, 10, 20, 50]);
    const at = (bid: number, ask: number) => usualGroup({ bids: [[bid, 1, 1]], asks: [[ask, 1, 1]] });
    expect(at(631_010, 631_020)).toBe(50);
    expect(at(631_000, 631_150)).toBe(100);
    expect(at(29, 30)).toBe(1);
    expect(usualGroup({ bids: [], asks: [] })).toBe(1);
  });

  test('keys walk the steps and stop at their ends', () => {
    expect([nextGroup(10, 1, 631_015), nextGroup(10, -1, 631_015)]).toEqual([20, 5]);
    expect(nextGroup(1, -1, 631_015)).toBe(1);
    const [coarsest = 0] = groupChoices(631_015).slice(-1);
    expect(nextGroup(coarsest, 1, 631_015)).toBe(coarsest);
  });
});

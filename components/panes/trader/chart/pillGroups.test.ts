import { describe, expect, test } from 'vitest';
import type { PriceSpace } from '../../../charts/priceSpace.ts';
import type { ChartLine } from './chartLines.ts';
import { beyondOf, fannedPlaces, membershipOf, pillGroups } from './pillGroups.ts';

/** One tick a pixel, 400 at the top. */
const space: PriceSpace = { width: 600, height: 400, topTicks: 400, bottomTicks: 0 };
const line = (key: string, priceTicks: number, at: 'left' | 'right' = 'right') =>
  ({ key, priceTicks, at }) as ChartLine;
const keysOf = (groups: ReturnType<typeof pillGroups>) =>
  groups.map(({ lines }) => lines.map(({ key }) => key));

describe('pills', () => {
  test('within eleven pixels share one, and a chain of near ones does not grow without end', () => {
    const lines = [line('c', 290), line('a', 295), line('b', 285), line('d', 282), line('e', 250)];
    expect(keysOf(pillGroups(lines, space))).toEqual([['a', 'c', 'b'], ['d'], ['e']]);
    expect(pillGroups([], space)).toEqual([]);
  });

  test('of the left and of the right edge never share one', () => {
    const groups = pillGroups([line('entry', 200, 'left'), line('order', 200)], space);
    expect(keysOf(groups)).toEqual([['entry'], ['order']]);
  });

  test('of prices that the plot does not show stand together at its edge', () => {
    const [group] = pillGroups([line('far', 900), line('farther', 950)], space);
    expect(group).toMatchObject({ y: 10, lines: [{ key: 'farther' }, { key: 'far' }] });
    expect(beyondOf(line('far', 900), space)).toBe('above');
    expect(beyondOf(line('low', -1), space)).toBe('below');
    expect(beyondOf(line('seen', 200), space)).toBeUndefined();
  });

  test('keep their groups while a hand is at work, and what comes new stands alone', () => {
    const before = pillGroups([line('a', 200), line('b', 205)], space);
    const held = membershipOf(before);
    const apart = pillGroups([line('a', 100), line('b', 300), line('c', 302)], space, held);
    expect(keysOf(apart)).toEqual([['c'], ['b', 'a']]);
  });

  test('in the hand stand alone whatever they pass', () => {
    const lines = [line('a', 200), line('b', 200), line('carried', 200)];
    const groups = pillGroups(lines, space, undefined, 'carried');
    expect(groups.find(({ key }) => key === 'carried')?.lines).toHaveLength(1);
    expect(groups.find(({ key }) => key === 'a')?.lines).toHaveLength(2);
  });

  test('fan out around their price, the highest on top, inside the plot', () => {
    const [middle] = pillGroups([line('a', 200), line('b', 203)], space);
    expect(fannedPlaces(middle!, space).map(({ y }) => y)).toEqual([187.5, 209.5]);
    const [top] = pillGroups([line('a', 400), line('b', 399)], space);
    expect(fannedPlaces(top!, space).map(({ y }) => y)).toEqual([10, 32]);
  });

  test('too many for one column go on in the next', () => {
    const many = Array.from({ length: 20 }, (_, index) => line(`order ${index}`, 200));
    const [group] = pillGroups(many, space);
    const places = fannedPlaces(group!, space);
    expect(new Set(places.map(({ x }) => x)).size).toBe(2);
    for (const { y } of places) {
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(400);
    }
  });
});

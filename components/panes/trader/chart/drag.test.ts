// Goal: a line in somebody's hand goes nowhere by itself. How: every state meets every event, and the table in
// drag.ts is walked; what it does not name must leave the state as it is.
import { describe, expect, test } from 'vitest';
import type { ChartLine } from './chartLines.ts';
import { type Drag, type DragEvent, drawnLines, hasEnded, nextDrag, noDrag } from './drag.ts';

const line = (key: string, priceTicks: number, canMove = true) =>
  ({ key, priceTicks, canMove, dash: 'dashed', axisText: String(priceTicks) }) as ChartLine;
const one = line('order 1', 100);
const lines = [one, line('order 2', 200)];
const carried: Drag = { tag: 'carried', key: 'order 1', by: 'pointer', fromTicks: 100, toTicks: 120 };
const asked: Drag = { tag: 'asked', key: 'order 1', fromTicks: 100, toTicks: 120, isDone: false };
const settled = (isDone: boolean): DragEvent => ({ type: 'settled', isDone, lines });

describe('a line in the hand', () => {
  test('is picked up where it stands, one at a time, and only when it may move', () => {
    const event: DragEvent = { type: 'pickedUp', line: one, by: 'keys' };
    expect(nextDrag(noDrag, event)).toEqual({ ...carried, by: 'keys', toTicks: 100 });
    expect(nextDrag(carried, { type: 'pickedUp', line: lines[1]!, by: 'keys' })).toBe(carried);
    expect(nextDrag(noDrag, { type: 'pickedUp', line: line('x', 1, false), by: 'keys' })).toBe(noDrag);
  });

  test('moves to a price or by ticks, never under one tick or over the highest', () => {
    expect(nextDrag(carried, { type: 'movedTo', ticks: 130 })).toMatchObject({
      toTicks: 130,
      fromTicks: 100,
    });
    expect(nextDrag(carried, { type: 'nudged', byTicks: -10, ticksMax: 500 })).toMatchObject({
      toTicks: 110,
    });
    expect(nextDrag(carried, { type: 'nudged', byTicks: -900, ticksMax: 500 })).toMatchObject({ toTicks: 1 });
    expect(nextDrag(carried, { type: 'nudged', byTicks: 900, ticksMax: 500 })).toMatchObject({
      toTicks: 500,
    });
    expect(nextDrag(carried, { type: 'movedTo', ticks: 120 })).toBe(carried);
  });

  test('asks for a change when dropped elsewhere, and for nothing when dropped at home', () => {
    expect(nextDrag(carried, { type: 'dropped' })).toEqual(asked);
    expect(nextDrag({ ...carried, toTicks: 100 }, { type: 'dropped' })).toBe(noDrag);
  });

  test('is put back, by its owner or by a refusal', () => {
    expect(nextDrag(carried, { type: 'putBack' })).toBe(noDrag);
    expect(nextDrag(asked, settled(false))).toBe(noDrag);
  });

  test('stays where it was dropped until the account says so too, so that it does not jump back between', () => {
    const done = nextDrag(asked, settled(true));
    expect(done).toEqual({ ...asked, isDone: true });
    expect(nextDrag(done, { type: 'linesChanged', lines })).toBe(done);
    expect(nextDrag(done, { type: 'linesChanged', lines: [line('order 1', 120)] })).toBe(noDrag);
    expect(nextDrag(asked, { type: 'settled', isDone: true, lines: [line('order 1', 120)] })).toBe(noDrag);
    expect(nextDrag(done, settled(false))).toBe(noDrag);
  });

  test('stays in the hand whatever data arrives, also when the line stands elsewhere now', () => {
    for (const now of [lines, [line('order 1', 105), line('order 3', 1)]]) {
      expect(nextDrag(carried, { type: 'linesChanged', lines: now })).toBe(carried);
      expect(nextDrag(asked, { type: 'linesChanged', lines: now })).toBe(asked);
    }
  });

  test('is gone with the order it stood for, or with the right to move it', () => {
    for (const now of [[], [lines[1]!], [line('order 1', 100, false)]]) {
      expect(hasEnded(carried, now)).toBe(true);
      expect(nextDrag(carried, { type: 'linesChanged', lines: now })).toBe(noDrag);
    }
    expect(hasEnded(noDrag, [])).toBe(false);
    expect(hasEnded(asked, [])).toBe(false);
  });

  test('nothing else changes a state', () => {
    const events: DragEvent[] = [
      { type: 'movedTo', ticks: 5 },
      { type: 'nudged', byTicks: 1, ticksMax: 9 },
      { type: 'dropped' },
      { type: 'putBack' },
      settled(true),
      { type: 'linesChanged', lines },
    ];
    for (const event of events) expect(nextDrag(noDrag, event)).toBe(noDrag);
    for (const event of events.slice(0, 4)) expect(nextDrag(asked, event)).toBe(asked);
    expect(nextDrag(carried, settled(true))).toBe(carried);
  });
});

test('the line in the hand is drawn at its new price, its old place dotted and without a label', () => {
  const { lines: drawn, oldPlace } = drawnLines(lines, carried, (ticks) => `at ${ticks}`);
  expect(drawn[0]).toMatchObject({ key: 'order 1', priceTicks: 120, axisText: 'at 120' });
  expect(drawn[1]).toBe(lines[1]);
  expect(oldPlace).toMatchObject({ priceTicks: 100, dash: 'dotted', axisText: undefined });
  expect(drawnLines(lines, noDrag, String)).toEqual({ lines, oldPlace: undefined });
});

// Goal: drawing leaves the page's thread to hands and keys, and news waits for nothing else. How: frames of a display by the
// count, each at a cost.
import { expect, test } from 'vitest';
import { FramePace } from './framePace.ts';

/** How many of so many frames are drawn when each costs as much. */
function drawnOf(pace: FramePace, count: number, hertz: number, costMs: number, fromMs = 0): number {
  let drawn = 0;
  for (let frame = 0; frame < count; frame++) {
    const nowMs = fromMs + (frame * 1_000) / hertz;
    if (!pace.mayDraw(nowMs)) continue;
    drawn += 1;
    pace.drawn(nowMs);
    pace.cost(costMs);
  }
  return drawn;
}

test('frames that cost little are all drawn, on a fast display too', () => {
  expect(drawnOf(new FramePace(), 600, 60, 3)).toBe(600);
  expect(drawnOf(new FramePace(), 600, 120, 1)).toBe(600);
});

test('frames that cost more than their share are drawn at every second, however dear they are', () => {
  const pace = new FramePace();
  drawnOf(pace, 60, 60, 8);
  expect(drawnOf(pace, 600, 60, 8, 2_000)).toBe(300);
  expect(drawnOf(pace, 600, 60, 15, 20_000)).toBe(300);
});

test('what became cheap again is drawn at every frame within a second', () => {
  const pace = new FramePace();
  drawnOf(pace, 60, 60, 8);
  drawnOf(pace, 60, 60, 2, 2_000);
  expect(drawnOf(pace, 60, 60, 2, 4_000)).toBe(60);
});

test('one dear frame among cheap ones holds nothing back', () => {
  const pace = new FramePace();
  drawnOf(pace, 60, 60, 2);
  pace.drawn(2_000);
  pace.cost(30);
  expect(drawnOf(pace, 60, 60, 2, 2_017)).toBe(60);
});

test('how long news waits is known as soon as a frame is drawn', () => {
  const pace = new FramePace();
  expect(pace.restMs(1_000)).toBe(Number.NEGATIVE_INFINITY);
  drawnOf(pace, 60, 60, 15);
  pace.drawn(2_000);
  expect(pace.restMs(2_010)).toBeCloseTo(23.3, 1);
  expect(pace.mayDraw(2_000 + 1_000 / 60)).toBe(false);
  expect(pace.mayDraw(2_000 + 2_000 / 60)).toBe(true);
});

test('news stands back for an answer that hands wait for, until it is there', () => {
  const pace = new FramePace();
  pace.standBack(1_000);
  expect(pace.mayDraw(1_016)).toBe(false);
  pace.stepForward();
  expect(pace.mayDraw(1_017)).toBe(true);
});

test('an answer that does not come holds news back for two frames', () => {
  const pace = new FramePace();
  pace.standBack(1_000);
  expect(pace.mayDraw(1_031)).toBe(false);
  expect(pace.mayDraw(1_033)).toBe(true);
});

test('whoever types without a pause sees every third frame at least', () => {
  const pace = new FramePace();
  let drawn = 0;
  for (let frame = 0; frame < 600; frame++) {
    const nowMs = (frame * 1_000) / 60;
    pace.standBack(nowMs - 1);
    if (!pace.mayDraw(nowMs)) continue;
    drawn += 1;
    pace.drawn(nowMs);
  }
  expect(drawn).toBeGreaterThanOrEqual(200);
});

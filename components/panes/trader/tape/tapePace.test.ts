// Goal: prints are never held for more than a frame, and the last of them is painted too. How: frames by hand, 16.7 ms each.
import { expect, test } from 'vitest';
import { pacedTape } from './tapePace.ts';

/** Frames in which the tape was painted, told of a change in these of them. */
async function paintedIn(changed: readonly number[], frames: number): Promise<number[]> {
  let frame = 0;
  let due: (() => void)[] = [];
  const painted: number[] = [];
  const ports = { nowMs: () => (frame * 1_000) / 60, later: (run: () => void) => void due.push(run) };
  const tell = pacedTape(() => painted.push(frame), ports);
  for (; frame < frames; frame++) {
    const runs = due;
    due = [];
    for (const run of runs) run();
    if (changed.includes(frame)) tell();
    await Promise.resolve();
  }
  return painted;
}

test('a print that comes alone is painted in its frame', async () => {
  expect(await paintedIn([1, 5, 9], 12)).toEqual([1, 5, 9]);
});

test('where they come with every frame they are painted in every second one', async () => {
  expect(await paintedIn([0, 1, 2, 3, 4, 5, 6], 7)).toEqual([0, 2, 4, 6]);
});

test('one that came between is painted in the next frame, whether more came or not', async () => {
  expect(await paintedIn([0, 1], 6)).toEqual([0, 2]);
});

test('what waited and what comes in its frame are painted once, together', async () => {
  expect(await paintedIn([0, 1, 2], 6)).toEqual([0, 2]);
});

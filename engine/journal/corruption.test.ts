import { describe, expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, RUN_DIR, RUN_OPTIONS, replayRun } from '../lab/sim/journalRun.ts';
import type { Seq } from '../units/time.ts';
import { JournalError } from './journalError.ts';
import { journalSegments } from './layout.ts';
import type { WriterOptions } from './writer.ts';

/*
 * Goal: damage is detected and never guessed.
 * How: small journals are cut at every byte, flipped at every bit, and put together again from whole frames in
 * the wrong order. RunState checks every record that is handed out, so a replay that ends is an exact prefix.
 * A failure means: a journal that was not written by us was believed, or one that is torn was refused.
 */

const NO_WATERMARK: WriterOptions = { ...RUN_OPTIONS, watermarkIntervalMs: Number.POSITIVE_INFINITY };
const ONE_SEGMENT: WriterOptions = { ...NO_WATERMARK, segmentBytes: 1_000_000 };

interface Written {
  readonly disk: FaultyDisk;
  /** Paths of the segments, in order. */
  readonly segments: string[];
  /** Last seq and end offset of every frame of the last segment, in order. */
  readonly frames: { lastSeq: number; end: number }[];
}

function write(recordCounts: number[], options: WriterOptions, isClosed: boolean): Written {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk, options);
  let frames: Written['frames'] = [];
  let end = 64;
  let segmentCount = 1;
  for (const count of recordCounts) {
    run.commit(count);
    const segments = segmentsOf(disk);
    if (segments.length > segmentCount) {
      segmentCount = segments.length;
      frames = [];
      end = 64;
    }
    end += run.writer.lastFrame().length;
    frames.push({ lastSeq: run.writer.durableSeq, end });
  }
  if (isClosed) run.writer.close();
  return { disk, segments: segmentsOf(disk), frames };
}

function segmentsOf(disk: FaultyDisk): string[] {
  return journalSegments(disk.list(RUN_DIR)).segments.map(({ name }) => `${RUN_DIR}/${name}`);
}

/** Seq the journal was read to, or 'corrupt'. */
function outcome(disk: FaultyDisk): number | 'corrupt' {
  try {
    return replayRun(disk).position.seq;
  } catch (error) {
    if (error instanceof JournalError && error.code === 'journal.corrupt') return 'corrupt';
    throw error;
  }
}

const TWO_HUNDRED = Array.from({ length: 80 }, (_, index) => (index % 4) + 1);
const FEW = [1, 3, 2, 4, 1, 2, 3, 1];

describe('P5: a journal cut at every byte', () => {
  test('of 200 records recovers to the last whole frame when nothing above it was acknowledged', () => {
    const { disk, segments, frames } = write(TWO_HUNDRED, ONE_SEGMENT, false);
    const file = disk.file(segments[0]);
    const bytes = file.content();
    for (let size = 0; size <= bytes.length; size++) {
      file.replace(bytes.subarray(0, size));
      const expected = frames.filter(({ end }) => end <= size).at(-1)?.lastSeq ?? 0;
      expect(outcome(disk), `cut at ${size}`).toBe(expected);
    }
  });

  test('halts below the watermark of a clean stop', () => {
    const { disk, segments } = write(TWO_HUNDRED.slice(0, 30), ONE_SEGMENT, true);
    const file = disk.file(segments[0]);
    const bytes = file.content();
    for (let size = 0; size < bytes.length; size++) {
      file.replace(bytes.subarray(0, size));
      expect(outcome(disk), `cut at ${size}`).toBe('corrupt');
    }
  });
});

describe('P5: every bit of a small journal flipped', () => {
  test('after a clean stop every flip is found', () => {
    const { disk, segments } = write(FEW, { ...NO_WATERMARK, segmentBytes: 500 }, true);
    expect(segments.length).toBeGreaterThan(2);
    for (const path of segments) {
      const file = disk.file(path);
      for (let bit = 0; bit < file.size * 8; bit++) {
        file.flipBit(bit);
        expect(outcome(disk), `${path} bit ${bit}`).toBe('corrupt');
        file.flipBit(bit);
      }
    }
  });

  test('after a kill only the last frame, whose acknowledgement nobody noted, can be taken for torn', () => {
    const { disk, segments, frames } = write(FEW, { ...NO_WATERMARK, segmentBytes: 500 }, false);
    const last = segments.length - 1;
    const end = frames.at(-1)?.end ?? 0;
    const before = frames.at(-2)?.end ?? 0;
    expect(before).toBeGreaterThan(0);
    for (const [index, path] of segments.entries()) {
      const file = disk.file(path);
      for (let bit = 0; bit < file.size * 8; bit++) {
        file.flipBit(bit);
        const at = bit >> 3;
        let expected: number | 'corrupt' = 'corrupt';
        if (index === last && at >= end) expected = frames.at(-1)?.lastSeq ?? 0;
        else if (index === last && at >= before) expected = frames.at(-2)?.lastSeq ?? 0;
        expect(outcome(disk), `${path} bit ${bit}`).toBe(expected);
        file.flipBit(bit);
      }
    }
  });

  test('a flip in one superblock leaves the other, and the journal', () => {
    const { disk } = write(FEW, RUN_OPTIONS, true);
    const whole = outcome(disk);
    for (const name of ['superblock-0', 'superblock-1']) {
      const file = disk.file(`${RUN_DIR}/${name}`);
      for (let bit = 0; bit < file.size * 8; bit++) {
        file.flipBit(bit);
        expect(outcome(disk)).toBe(whole);
        expect(replayRun(disk).sentences).toEqual([`${name} is damaged.`]);
        file.flipBit(bit);
      }
    }
  });
});

describe('P5: whole frames in the wrong place', () => {
  /** The last segment's header and frames, and a way to put others in their place. */
  function taken(written: Written) {
    const file = written.disk.file(written.segments[0]);
    const bytes = file.content();
    const frames = written.frames.map(({ end }, index) =>
      bytes.slice(index === 0 ? 64 : written.frames[index - 1].end, end),
    );
    const outcomeOf = (order: Uint8Array[]) => {
      file.replace(Buffer.concat([bytes.subarray(0, 64), ...order]));
      return outcome(written.disk);
    };
    return { frames, outcomeOf };
  }

  const equalSizes = Array.from({ length: 12 }, () => 3);

  test('a frame that is missing, repeated or exchanged with another is found', () => {
    const written = write(equalSizes, ONE_SEGMENT, false);
    const { frames, outcomeOf } = taken(written);
    expect(outcomeOf(frames)).toBe(36);
    for (let one = 0; one < frames.length; one++) {
      const without = frames.toSpliced(one, 1);
      expect(outcomeOf(without)).toBe(one === frames.length - 1 ? 33 : 'corrupt');
      for (let other = 0; other < frames.length; other++) {
        expect(outcomeOf(frames.toSpliced(other, 0, frames[one])), `repeat ${one} at ${other}`).toBe(
          'corrupt',
        );
        if (one === other) continue;
        expect(outcomeOf(frames.with(one, frames[other]).with(other, frames[one]))).toBe('corrupt');
        expect(outcomeOf(frames.with(one, frames[other])), `${other} over ${one}`).toBe('corrupt');
      }
      expect(outcomeOf([...frames, frames[one]]), `repeat ${one} at the end`).toBe('corrupt');
    }
  });

  test('a frame of another journal with the same seq does not fit', () => {
    const written = write(equalSizes, ONE_SEGMENT, false);
    const { frames, outcomeOf } = taken(written);
    const other = taken(write([1, 2, ...equalSizes.slice(1)], ONE_SEGMENT, false)).frames;
    expect(outcomeOf([...frames.slice(0, 4), ...other.slice(5)])).toBe('corrupt');
  });

  test('bytes inserted or removed anywhere are found, though they shift what follows', () => {
    const { disk, segments, frames } = write(equalSizes, ONE_SEGMENT, false);
    const file = disk.file(segments[0]);
    const bytes = file.content();
    const lastFrameAt = frames.at(-2)?.end ?? 0;
    for (let at = 64; at < lastFrameAt; at++) {
      file.replace(Buffer.concat([bytes.subarray(0, at), Buffer.from([7]), bytes.subarray(at)]));
      expect(outcome(disk), `inserted at ${at}`).toBe('corrupt');
      file.replace(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]));
      expect(outcome(disk), `removed at ${at}`).toBe('corrupt');
    }
  });
});

describe('P5: whole segments in the wrong place', () => {
  test('a segment that is missing in the middle halts with its place', () => {
    const { disk, segments } = write(FEW, { ...NO_WATERMARK, segmentBytes: 500 }, false);
    disk.unlink(segments[1]);
    expect(() => replayRun(disk)).toThrow(/no valid frame for seq \d+, but journal-\S+ goes on behind it/);
  });

  test('segments that were exchanged are found', () => {
    const { disk, segments } = write(FEW, { ...NO_WATERMARK, segmentBytes: 500 }, false);
    const [first, second] = segments.map((path) => disk.file(path).content());
    disk.file(segments[0]).replace(second);
    disk.file(segments[1]).replace(first);
    expect(() => replayRun(disk)).toThrow('the segment carries the name of another');
  });

  test('records lost at the end are found by the watermark, and by a floor the caller knows', () => {
    const { disk, segments } = write(FEW, { ...NO_WATERMARK, segmentBytes: 500 }, true);
    disk.unlink(segments.at(-1) ?? '');
    expect(() => replayRun(disk)).toThrow('the superblock knows seq 17 was reached');
    const unnoted = write([2, 2], NO_WATERMARK, false).disk;
    expect(() => replayRun(unnoted, { floorSeq: 5 as Seq })).toThrow('the caller knows seq 5 was reached');
  });

  test('a journal without any intact superblock is not guessed at', () => {
    const { disk } = write(FEW, RUN_OPTIONS, true);
    for (const name of ['superblock-0', 'superblock-1']) disk.file(`${RUN_DIR}/${name}`).flipBit(300);
    expect(() => replayRun(disk)).toThrow('no copy of the superblock is intact');
  });

  test('a superblock of another journal is found by its chain hash', () => {
    const { disk } = write(FEW, RUN_OPTIONS, true);
    expect(outcome(disk)).toBe(17);
    const stranger = write([1, 3, 2, 4, 1, 2, 4], RUN_OPTIONS, true).disk;
    for (const name of ['superblock-0', 'superblock-1']) {
      disk.file(`${RUN_DIR}/${name}`).replace(stranger.file(`${RUN_DIR}/${name}`).content());
    }
    expect(() => replayRun(disk)).toThrow('the chain differs from the superblock at seq 17');
  });
});

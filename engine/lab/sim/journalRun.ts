import { crc32 } from 'node:zlib';
import type { Disk } from '../../journal/disk.ts';
import { type OpenInput, openJournal } from '../../journal/open.ts';
import { pruneJournal } from '../../journal/prune.ts';
import { type Replayed, replayJournal } from '../../journal/replay.ts';
import { keepNewestSnapshots, type Snapshot, writeSnapshot } from '../../journal/snapshot.ts';
import type { JournalWriter, WriterOptions } from '../../journal/writer.ts';
import { assert } from '../../units/assert.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import type { Random } from './random.ts';

/** Version of the payloads below. */
export const RUN_SCHEMA = 7;

/** Where every run lives. */
export const RUN_DIR = 'data';

/** Small enough that a run of a few hundred records meets every boundary. */
export const RUN_OPTIONS: WriterOptions = { segmentBytes: 1_600, growBytes: 256, batchBytes: 4_096 };

/** The payload every run journals at `seq`, so that any recovered record can be checked by itself. */
export function payloadOf(seq: number): Uint8Array {
  const payload = new Uint8Array(((seq * 7) % 45) + 1);
  for (let index = 0; index < payload.length; index++) payload[index] = (seq * 31 + index * 17) & 0xff;
  return payload;
}

export function timeOf(seq: number): TimeMs {
  return (1_700_000_000_000 + seq * 3) as TimeMs;
}

/** The smallest state that depends on every record and on their order. */
export class RunState {
  seq = 0;
  fold = 0;

  readonly apply = (seq: Seq, timeMs: TimeMs, payload: Uint8Array): void => {
    assert(seq === this.seq + 1, `record ${seq} follows record ${this.seq}`);
    assert(timeMs === timeOf(seq), `record ${seq} has its time`);
    assert(Buffer.compare(payload, payloadOf(seq)) === 0, `record ${seq} has its bytes`);
    assert(payload.byteOffset % 8 === 0, 'a payload is aligned');
    this.seq = seq;
    this.fold = crc32(payload, this.fold);
  };

  readonly restore = (snapshot: Snapshot): void => {
    assert(snapshot.stateHash === foldOf(snapshot.seq).toString(16), 'a snapshot has the hash of its seq');
    this.seq = snapshot.seq;
    this.fold = Buffer.from(snapshot.sections[0].bytes).readUInt32LE(0);
  };
}

const folds = [0];

/** The fold of records 1 to `seq`. */
function foldOf(seq: number): number {
  for (let next = folds.length; next <= seq; next++) folds.push(crc32(payloadOf(next), folds[next - 1]));
  return folds[seq];
}

/** A desk reduced to its journal. It remembers what it acknowledged, as its clients would. */
export class JournalRun {
  readonly writer: JournalWriter;
  readonly state: RunState;
  readonly replayed: Replayed;
  readonly #disk: Disk;
  /** Highest seq a client was told of. */
  ackedSeq: number;

  constructor(disk: Disk, options: WriterOptions = RUN_OPTIONS) {
    this.#disk = disk;
    this.state = new RunState();
    const opened = openJournal({ ...runInput(disk, this.state), options });
    assert(opened.kind === 'open', 'a run reads its own journal');
    this.writer = opened.writer;
    this.replayed = opened.replayed;
    this.ackedSeq = opened.replayed.position.seq;
  }

  /** A batch as an idle desk writes it: in place, acknowledged at once. */
  commit(recordCount: number): void {
    this.#append(recordCount);
    this.ackedSeq = this.writer.commit();
  }

  /** A batch as a busy desk writes it: appended and sealed while the one before syncs, which is acknowledged first. */
  begin(recordCount: number): void {
    this.#append(recordCount);
    this.writer.seal();
    this.finish();
    this.writer.beginCommit();
  }

  /** Acknowledges the batch that was begun last. */
  finish(): void {
    this.ackedSeq = this.writer.finishCommit();
  }

  #append(recordCount: number): void {
    for (let index = 0; index < recordCount; index++) {
      const seq = (this.state.seq + 1) as Seq;
      this.writer.append(seq, timeOf(seq), payloadOf(seq));
      this.state.apply(seq, timeOf(seq), payloadOf(seq).slice());
    }
  }

  /** Snapshot, watermark, and whatever may be removed after it. */
  snapshot(budgetBytes = 2_000): void {
    this.finish();
    const section = Buffer.alloc(100, 5);
    section.writeUInt32LE(this.state.fold, 0);
    const sections = [
      { name: 'fold', bytes: section },
      { name: 'empty', bytes: new Uint8Array(0) },
    ];
    const snapshot = { ...this.writer.position, stateHash: this.state.fold.toString(16), sections };
    writeSnapshot(this.#disk, RUN_DIR, { schemaVersion: RUN_SCHEMA, epoch: this.writer.epoch, snapshot });
    this.writer.publishWatermark(snapshot.seq);
    const kept = keepNewestSnapshots(this.#disk, RUN_DIR);
    const oldestSnapshotSeq = kept[kept.length - 1].seq;
    pruneJournal(this.#disk, RUN_DIR, { oldestSnapshotSeq, checkpointSeq: snapshot.seq, budgetBytes });
  }
}

/**
 * Creates, appends, commits in place and in two steps, rotates, snapshots and prunes: every kind of disk work,
 * the same each time.
 */
export function scriptedWork(run: JournalRun, batchCount: number, random?: Random): void {
  for (let batch = 1; batch <= batchCount; batch++) {
    const recordCount = random === undefined ? (batch % 5) + 1 : random.below(9) + 1;
    // Busy most of the time, idle every seventh batch: both ways into a commit in place are taken.
    if (random === undefined ? batch % 7 === 0 : random.chance(0.15)) run.commit(recordCount);
    else run.begin(recordCount);
    if (random === undefined ? batch % 12 === 0 : random.chance(0.08)) run.snapshot();
  }
  run.finish();
}

/** Replays a run's folder and checks every record and the state on the way. */
export function replayRun(disk: Disk, overrides: Partial<OpenInput> = {}): Replayed {
  const state = new RunState();
  const replayed = replayJournal({ ...runInput(disk, state), ...overrides });
  assert(replayed.kind === 'replayed', 'a run reads its own journal');
  assert(state.seq === replayed.position.seq, 'the state ends where the journal does');
  assert(state.fold === foldOf(state.seq), 'the state is that of exactly these records');
  return replayed;
}

export function runInput(disk: Disk, state: RunState): OpenInput {
  const { apply, restore } = state;
  return { disk, dir: RUN_DIR, schemaVersion: RUN_SCHEMA, apply, restore };
}

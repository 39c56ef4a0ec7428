import type { Engine } from '../core/engine.ts';
import type { Disk } from '../journal/disk.ts';
import { journalSegments } from '../journal/layout.ts';
import { replayJournal } from '../journal/replay.ts';
import { listSnapshots } from '../journal/snapshot.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { Seq } from '../units/time.ts';
import { ReplayedEngine } from './writer/replayedEngine.ts';

/** An engine that stands behind a command of long ago. It is a copy: what is done to it nobody hears of. */
export interface PastEngine {
  readonly engine: Engine;
  readonly seq: number;
  /** Where the replay began. */
  readonly fromSeq: number;
}

/** Thrown to leave a replay where it has come far enough. */
class Arrived extends Error {
  override readonly name = 'Arrived';
}

/**
 * The state behind a command, from the nearest snapshot before it. Nothing is written and no lock is taken: the desk
 * goes on writing the same folder.
 *
 * @returns `past.pruned` where the journal no longer reaches back, `past.future` where it has not come yet
 * @fails journal.corrupt
 */
export function pastEngineAt(
  disk: Disk,
  dir: string,
  seq: number,
): PastEngine | 'past.pruned' | 'past.future' {
  if (seq < oldestSeqIn(disk, dir)) return 'past.pruned';
  let fromSeq = 0;
  const target = new ReplayedEngine((_, at) => {
    if (at === seq) throw new Arrived();
  });
  try {
    replayJournal({
      disk,
      dir,
      schemaVersion: SCHEMA_VERSION,
      snapshotSeqMax: seq as Seq,
      restore: (snapshot) => {
        fromSeq = snapshot.seq;
        target.restore(snapshot);
        if (snapshot.seq === seq) throw new Arrived();
      },
      apply: target.apply,
    });
  } catch (error) {
    if (error instanceof Arrived) return { engine: target.engine!, seq, fromSeq };
    throw error;
  }
  return 'past.future';
}

/** The first command whose state can still be made: the very first, or the oldest snapshot that the journal follows on. */
function oldestSeqIn(disk: Disk, dir: string): number {
  const [first] = journalSegments(disk.list(dir)).segments;
  if (first === undefined || first.firstSeq === 1) return 1;
  const reached = listSnapshots(disk, dir).filter((snapshot) => snapshot.seq + 1 >= first.firstSeq);
  return Math.min(...reached.map((snapshot) => snapshot.seq));
}

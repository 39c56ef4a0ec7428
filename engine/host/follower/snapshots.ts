import { checkInvariants } from '../../core/invariants.ts';
import { saveState, stateHash } from '../../core/snapshot.ts';
import type { Disk } from '../../journal/disk.ts';
import { JOURNAL_BUDGET_BYTES, pruneJournal } from '../../journal/prune.ts';
import { keepNewestSnapshots, writeSnapshot } from '../../journal/snapshot.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { limits } from '../limits.ts';
import type { FromFollower } from '../threads/messages.ts';
import type { Follower } from './follower.ts';

/** Saves the follower's state now and then, and lets go of journal that nothing needs any more. */
export class Snapshots {
  readonly #disk: Disk;
  readonly #dir: string;
  readonly #nowMs: () => number;
  #lastSeq = 0;
  #lastMs: number;
  #isOpening = false;
  /** The records hold everything up to here on disk; 0 while nobody has said so. */
  recordsCheckpointSeq = 0;
  /** The audit log holds everything up to here on disk. */
  auditedSeq = 0;

  constructor(disk: Disk, dir: string, nowMs: () => number) {
    this.#disk = disk;
    this.#dir = dir;
    this.#nowMs = nowMs;
    this.#lastMs = nowMs();
  }

  /** The desk opened from the snapshot at `seq`, 0 for genesis: what it replayed since counts as not yet saved. */
  openedFrom(seq: number): void {
    this.#savedAt(seq);
    this.#isOpening = true;
  }

  /**
   * Whether a start at `seq` would replay too much. Often enough to open in time, seldom enough under load; a desk
   * that has just opened saves at once, or one that never lives long would open slower each time.
   */
  isDue(seq: number): boolean {
    const { snapshotEveryCommands, snapshotEveryMsMin, snapshotEveryMsMax } = limits.engine;
    const sinceMs = this.#nowMs() - this.#lastMs;
    const isLong = seq - this.#lastSeq >= snapshotEveryCommands;
    if (isLong && (this.#isOpening || sinceMs >= snapshotEveryMsMin)) return true;
    return seq > this.#lastSeq && sinceMs >= snapshotEveryMsMax;
  }

  #savedAt(seq: number): void {
    this.#lastSeq = seq;
    this.#lastMs = this.#nowMs();
    this.#isOpening = false;
  }

  /** @fails with the system's error; the snapshots before it stay good */
  write(
    follower: Pick<Follower, 'engine' | 'position' | 'epoch'>,
  ): Extract<FromFollower, { type: 'snapshotWritten' }> | undefined {
    const { engine, position, epoch } = follower;
    if (engine === undefined || position === undefined || epoch === 0 || position.seq === this.#lastSeq)
      return undefined;
    const { state } = engine;
    checkInvariants(state);
    const sections = saveState(state);
    const snapshot = { ...position, stateHash: stateHash(state), sections };
    writeSnapshot(this.#disk, this.#dir, { schemaVersion: SCHEMA_VERSION, epoch, snapshot });
    this.#savedAt(position.seq);
    const kept = keepNewestSnapshots(this.#disk, this.#dir);
    const { names } = pruneJournal(this.#disk, this.#dir, {
      oldestSnapshotSeq: kept.at(-1)?.seq ?? 0,
      checkpointSeq: Math.min(this.recordsCheckpointSeq, this.auditedSeq),
      budgetBytes: JOURNAL_BUDGET_BYTES,
    });
    const bytes = sections.reduce((sum, section) => sum + section.bytes.length, 0);
    return { type: 'snapshotWritten', seq: position.seq, bytes, prunedNames: [...names] };
  }
}

import { hash } from 'node:crypto';
import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { checkInvariants } from '../../core/invariants.ts';
import { type RootMaterial, rootDraft } from '../../core/settlement/rootDraft.ts';
import { stateHash } from '../../core/snapshot.ts';
import type { Disk } from '../../journal/disk.ts';
import { HASHED_FROM, visitFrame } from '../../journal/frame.ts';
import { journalSegments } from '../../journal/layout.ts';
import type { JournalPosition } from '../../journal/position.ts';
import { replayJournal } from '../../journal/replay.ts';
import { listSnapshots } from '../../journal/snapshot.ts';
import type { HexWord } from '../../protocol/settlement/root.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { assert } from '../../units/assert.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import type { Checkpoint, FromFollower, ToFollowerFromEngine } from '../threads/messages.ts';
import { engineFor, ReplayedEngine } from '../writer/replayedEngine.ts';
import { gapEntry } from './auditEntry.ts';
import { AuditTrail } from './auditTrail.ts';
import type { JournalledEntry } from './journalledEntry.ts';
import type { Projected } from './projected.ts';

export interface FollowerPorts {
  toMain(message: FromFollower): void;
  /** Events of one or more commands, in order and without gaps. */
  toRecords(lanes: Float64Array, seq: number): void;
  /** Nobody has the events up to `seq` any more. */
  gapInRecords(seq: number): void;
  /** What people decided, in the order of the journal. */
  toAudit(entries: JournalledEntry[], positionSeq?: number): void;
  /** What the root says that was cut by the command just applied. */
  rootCut(material: RootMaterial): void;
}

/** Entries handed to the audit log at once while replaying. */
const REPLAY_ENTRIES = 1_024;

/** Lanes handed to the records at once while replaying: half a megabyte. */
const REPLAY_LANES = 65_536;

/**
 * A second engine behind the writer. It restores from disk by itself and applies the same frames, so that
 * equal hashes mean that the journal alone makes the state.
 */
export class Follower {
  readonly #ports: FollowerPorts;
  readonly #trail = new AuditTrail();
  #engine: Engine | undefined;
  #position: JournalPosition | undefined;
  #epoch = 0;
  #hashCheckedSeq = 0;
  #stateHash = '';
  #snapshotSeq = 0;

  constructor(ports: FollowerPorts) {
    this.#ports = ports;
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Place of the last frame applied here; undefined before the restore. */
  get position(): JournalPosition | undefined {
    return this.#position;
  }

  get seq(): number {
    return this.#position?.seq ?? 0;
  }

  get hashCheckedSeq(): number {
    return this.#hashCheckedSeq;
  }

  /** Of the state at `hashCheckedSeq`, as both engines had it. */
  get stateHash(): string {
    return this.#stateHash;
  }

  /** The snapshot the restore began with; 0 for genesis. */
  get snapshotSeq(): number {
    return this.#snapshotSeq;
  }

  /**
   * Restores to where the writer opened the folder.
   *
   * @fails AssertionError when the state is not the writer's
   */
  restore(disk: Disk, dir: string, checkpoint: Checkpoint, { recordsSeq, auditSeq }: Projected): void {
    const feed = new ReplayFeed(recordsSeq ?? Number.POSITIVE_INFINITY, this.#ports);
    const target = new ReplayedEngine(
      (engine, seq) => {
        feed.take(engine, seq);
        if (seq > auditSeq) this.#trail.after(engine, seq, 0);
        if (this.#trail.count >= REPLAY_ENTRIES) this.#ports.toAudit(this.#trail.take());
      },
      (engine, timeMs, payload) => this.#trail.before(engine.state, timeMs, payload),
    );
    const replayed = replayJournal({
      disk,
      dir,
      schemaVersion: SCHEMA_VERSION,
      ...startFor(disk, dir, Math.min(recordsSeq ?? auditSeq, auditSeq)),
      restore: (snapshot) => {
        if (recordsSeq !== undefined && snapshot.seq > recordsSeq) this.#ports.gapInRecords(snapshot.seq);
        if (snapshot.seq > auditSeq) this.#ports.toAudit([{ entry: gapEntry(auditSeq, snapshot) }]);
        target.restore(snapshot);
      },
      apply: target.apply,
    });
    assert(replayed.kind === 'replayed', 'the follower reads the version the writer has opened');
    feed.flush();
    this.#ports.toAudit(this.#trail.take(), replayed.position.seq);
    this.#engine = target.engine;
    this.#position = replayed.position;
    this.#snapshotSeq = replayed.snapshot?.seq ?? 0;
    assert(
      replayed.position.seq === checkpoint.seq,
      `the follower restored to seq ${replayed.position.seq}, the writer to ${checkpoint.seq}`,
    );
    this.#compare(checkpoint);
    this.#ports.toMain({
      type: 'restored',
      seq: this.seq,
      stateHash: this.#stateHash,
      snapshot: replayed.snapshot?.name,
      replayedCount: replayed.recordCount,
      sentences: [...replayed.sentences],
    });
  }

  receive(message: ToFollowerFromEngine): void {
    if (message.type === 'check') this.#check(message);
    else this.#applyFrame(message.frame, message.eventHash);
  }

  #applyFrame(frame: Uint8Array, eventHash: number): void {
    this.#engine?.out.reset();
    let timeMs = 0;
    const header = visitFrame(frame, (seq, commandTimeMs, payload) => {
      this.#engine ??= engineFor(payload);
      const from = this.#engine.out.length;
      this.#trail.before(this.#engine.state, commandTimeMs, payload);
      apply(this.#engine, seq, commandTimeMs, payload);
      this.#trail.after(this.#engine, seq, from);
      if (this.#engine.state.directory.settlement.root?.seq === seq)
        this.#ports.rootCut(rootDraft(this.#engine.state, frameHash(frame), sha256Of));
      timeMs = commandTimeMs;
    });
    const engine = this.#engine!;
    const ours = engine.state.globals.columns.eventHash[0]!;
    assert(
      ours === eventHash,
      `at seq ${header.lastSeq} the follower's events hash to ${ours}, the writer's to ${eventHash}`,
    );
    this.#position = { seq: header.lastSeq as Seq, timeMs: timeMs as TimeMs, chainHash: header.hash };
    this.#epoch = header.epoch;
    this.#ports.toRecords(engine.out.take(), header.lastSeq);
    if (this.#trail.count > 0) this.#ports.toAudit(this.#trail.take());
  }

  #check(checkpoint: Checkpoint): void {
    this.#compare(checkpoint);
    if (this.#engine !== undefined) checkInvariants(this.#engine.state);
  }

  #compare({ seq, stateHash: theirs }: Checkpoint): void {
    assert(seq === this.seq, `a check for seq ${seq} came at seq ${this.seq}`);
    const ours = this.#engine === undefined ? '' : stateHash(this.#engine.state);
    assert(
      ours === theirs,
      `at seq ${seq} the follower's state hashes to ${ours}, the writer's to ${theirs}`,
    );
    this.#hashCheckedSeq = seq;
    this.#stateHash = ours;
  }
}

/** The whole of the hash whose first half ends the journal's frame. */
function frameHash(frame: Uint8Array): HexWord {
  return sha256Of(frame.subarray(HASHED_FROM));
}

function sha256Of(bytes: Uint8Array): HexWord {
  return `0x${hash('sha256', bytes, 'hex')}`;
}

/** Where a replay begins that the projections can follow: behind all they have, or as far back as the journal goes. */
function startFor(disk: Disk, dir: string, seq: number): { snapshotSeqMax?: Seq; from?: 'oldest' } {
  const { segments } = journalSegments(disk.list(dir));
  const isWhole = segments.length === 0 || segments[0]!.firstSeq === 1;
  const isCovered = listSnapshots(disk, dir).some((snapshot) => snapshot.seq <= seq);
  return isWhole || isCovered ? { snapshotSeqMax: seq as Seq } : { from: 'oldest' };
}

/** Gathers the events the records have not seen while the follower replays. */
class ReplayFeed {
  readonly #afterSeq: number;
  readonly #ports: FollowerPorts;
  #parts: Float64Array[] = [];
  #length = 0;
  #seq = 0;

  constructor(afterSeq: number, ports: FollowerPorts) {
    this.#afterSeq = afterSeq;
    this.#ports = ports;
  }

  take({ out }: Engine, seq: number): void {
    if (seq <= this.#afterSeq) return;
    this.#parts.push(out.take());
    this.#length += out.length;
    this.#seq = seq;
    if (this.#length >= REPLAY_LANES) this.flush();
  }

  flush(): void {
    if (this.#length === 0) return;
    const lanes = new Float64Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      lanes.set(part, at);
      at += part.length;
    }
    this.#ports.toRecords(lanes, this.#seq);
    this.#parts = [];
    this.#length = 0;
  }
}

import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { stateHash } from '../../core/snapshot.ts';
import { directoryOf, directoryStamp } from '../../core/views/directory.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import type { EngineClock } from '../engineClock.ts';
import { limits } from '../limits.ts';
import type { FromEngine, ToFollowerFromEngine } from '../threads/messages.ts';
import { engineFor } from './replayedEngine.ts';

export interface WriterPorts {
  readonly clock: Pick<EngineClock, 'nowMs'>;
  steadyMs(): number;
  /** Hands over what has arrived meanwhile, by `accept`. */
  takeArrived(): void;
  toMain(message: FromEngine, transfer: ArrayBuffer[]): void;
  toFollower(message: ToFollowerFromEngine, transfer: ArrayBuffer[]): void;
}

/** Id of commands nobody waits for. */
export const NOBODY = 0;

const TICK = encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command: { kind: 'Tick' }, proof: undefined });

/** Numbers an answer takes in a `durable` message. */
const ANSWER_LANES = 4;

/** Commands as they arrived together. */
interface Arrival {
  readonly ids: readonly number[];
  readonly envelopes: readonly Uint8Array[];
}

/** Groups after which the thread looks at its timers again, however much arrives. */
const GROUPS_MAX = 64;

/** A group that was applied, and everything to tell of it once it is durable: the state may be further by then. */
interface Group {
  readonly seq: number;
  readonly timeMs: number;
  readonly lanes: Float64Array<ArrayBuffer>;
  readonly answers: Float64Array<ArrayBuffer>;
  readonly eventHash: number;
}

/** A group whose commit was begun. */
interface GroupInFlight {
  readonly group: Group;
  readonly frame: Uint8Array<ArrayBuffer>;
  readonly startMs: number;
}

/**
 * The single writer: stamps sequence and time, applies, appends, syncs, and only then tells anybody.
 *
 * While commands wait, a group is applied as the one before it syncs: the disk and this thread work at the
 * same time. When nothing waits, the sync is done in place: handing it over would only cost the one who waits.
 */
export class Writer {
  readonly #journal: JournalWriter;
  readonly #ports: WriterPorts;
  #engine: Engine | undefined;
  #directoryStamp = 0;
  #checkedSeq: number;
  #checkedMs: number;
  /** Each with commands that wait. */
  #arrivals: Arrival[] = [];
  /** Commands of the first arrival that were applied. */
  #appliedCount = 0;
  /** Answers of the group being applied, and how many numbers of it are in use. */
  readonly #answers = new Float64Array(limits.engine.groupCommandsMax * ANSWER_LANES);
  #answersLength = 0;
  #inFlight: GroupInFlight | undefined;

  constructor(engine: Engine | undefined, journal: JournalWriter, ports: WriterPorts) {
    this.#engine = engine;
    this.#journal = journal;
    this.#ports = ports;
    this.#checkedSeq = journal.durableSeq;
    this.#checkedMs = ports.steadyMs();
    if (engine !== undefined) this.#directoryStamp = directoryStamp(engine);
  }

  /** Takes commands in; nothing happens to them before `drain`. The arrays are kept until then. */
  accept(ids: readonly number[], envelopes: readonly Uint8Array[]): void {
    if (ids.length > 0) this.#arrivals.push({ ids, envelopes });
  }

  /** Takes a tick in, once there is something to tick. */
  tick(): void {
    if (this.#engine !== undefined) this.accept([NOBODY], [TICK]);
  }

  /**
   * Applies, makes durable and tells everything taken in, and what arrives meanwhile, a group at a time.
   * On return nothing is in flight.
   */
  drain(): void {
    for (let count = 1; this.#isWaiting; count++) {
      const group = this.#applyGroup();
      // Hashed while the disk works on the group before: it is idle from that group's sync to this one's write.
      this.#journal.seal();
      this.#finish();
      if (count < GROUPS_MAX) this.#ports.takeArrived();
      if (this.#isWaiting && !this.#needsStillState(group)) this.#begin(group);
      else this.#commit(group);
    }
  }

  get #isWaiting(): boolean {
    return this.#arrivals.length > 0;
  }

  #applyGroup(): Group {
    // One reading of the clock per group: these commands arrived together.
    const timeMs = this.#ports.clock.nowMs();
    this.#engine?.out.reset();
    this.#answersLength = 0;
    for (let room = limits.engine.groupCommandsMax; room > 0 && this.#isWaiting; ) {
      const count = this.#applyFirstArrival(room, timeMs);
      if (count === 0) break;
      room -= count;
    }
    const { out, state } = this.#engine!;
    return {
      seq: this.#journal.appendedSeq,
      timeMs,
      lanes: out.take() as Float64Array<ArrayBuffer>,
      answers: this.#answers.slice(0, this.#answersLength),
      eventHash: state.globals.columns.eventHash[0]!,
    };
  }

  /** @returns how many of it were applied: all that wait, `room` of them, or as many as the journal's batch still takes */
  #applyFirstArrival(room: number, timeMs: number): number {
    const { ids, envelopes } = this.#arrivals[0]!;
    const from = this.#appliedCount;
    const end = Math.min(ids.length, from + room);
    let at = from;
    while (at < end && this.#journal.hasRoomFor(envelopes[at]!.length)) {
      this.#applyOne(ids[at]!, envelopes[at]!, timeMs);
      at += 1;
    }
    const isDone = at === ids.length;
    if (isDone) this.#arrivals.shift();
    this.#appliedCount = isDone ? 0 : at;
    return at - from;
  }

  #applyOne(id: number, envelope: Uint8Array, timeMs: number): void {
    this.#engine ??= engineFor(envelope);
    const { out } = this.#engine;
    const start = out.length;
    const seq = this.#journal.appendedSeq + 1;
    apply(this.#engine, seq, timeMs, envelope);
    this.#journal.append(seq as Seq, timeMs as TimeMs, envelope);
    if (id !== NOBODY) this.#answer(id, seq, start, out.length);
  }

  #answer(id: number, seq: number, from: number, to: number): void {
    const at = this.#answersLength;
    const answers = this.#answers;
    answers[at] = id;
    answers[at + 1] = seq;
    answers[at + 2] = from;
    answers[at + 3] = to;
    this.#answersLength = at + ANSWER_LANES;
  }

  #begin(group: Group): void {
    const startMs = this.#ports.steadyMs();
    this.#journal.beginCommit();
    this.#inFlight = { group, frame: this.#frame(), startMs };
  }

  #finish(): void {
    const inFlight = this.#inFlight;
    if (inFlight === undefined) return;
    this.#journal.finishCommit();
    this.#inFlight = undefined;
    this.#tell(inFlight, undefined);
  }

  /** Commits in place: the state stands at the group's end when it is told. */
  #commit(group: Group): void {
    const startMs = this.#ports.steadyMs();
    this.#journal.commit();
    this.#tell({ group, frame: this.#frame(), startMs }, this.#changedDirectory(this.#engine!));
    if (this.#isCheckDue(group.seq)) this.#check(this.#engine!, group);
  }

  #tell({ group, frame, startMs }: GroupInFlight, directory: DirectoryView | undefined): void {
    const { seq, timeMs, lanes, answers, eventHash } = group;
    const syncMs = this.#ports.steadyMs() - startMs;
    const journalBytes = this.#journal.bytesWritten;
    this.#ports.toMain({ type: 'durable', seq, timeMs, lanes, answers, directory, journalBytes, syncMs }, [
      lanes.buffer,
      answers.buffer,
    ]);
    this.#ports.toFollower({ type: 'frame', frame, eventHash }, [frame.buffer]);
  }

  /** The frame written last: a copy, because the next group is appended over it. */
  #frame(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#journal.lastFrame());
  }

  /** Views and hashes are taken of the state as it stands, so it must stand at the end of their group. */
  #needsStillState({ seq }: Group): boolean {
    return directoryStamp(this.#engine!) !== this.#directoryStamp || this.#isCheckDue(seq);
  }

  #isCheckDue(seq: number): boolean {
    const elapsedMs = this.#ports.steadyMs() - this.#checkedMs;
    const { hashEveryCommands, hashEveryMsMin, hashEveryMsMax } = limits.engine;
    return (
      elapsedMs >= hashEveryMsMax ||
      (elapsedMs >= hashEveryMsMin && seq - this.#checkedSeq >= hashEveryCommands)
    );
  }

  /** Both engines hash their whole state at the same sequence; the follower compares. */
  #check(engine: Engine, { seq, timeMs }: Group): void {
    this.#checkedSeq = seq;
    this.#checkedMs = this.#ports.steadyMs();
    this.#ports.toFollower({ type: 'check', seq, timeMs, stateHash: stateHash(engine.state) }, []);
  }

  #changedDirectory(engine: Engine): DirectoryView | undefined {
    const stamp = directoryStamp(engine);
    if (stamp === this.#directoryStamp) return undefined;
    this.#directoryStamp = stamp;
    return directoryOf(engine);
  }
}

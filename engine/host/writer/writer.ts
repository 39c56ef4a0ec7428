import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { stateHash } from '../../core/snapshot.ts';
import { directoryOf } from '../../core/views/directory.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import type { EngineClock } from '../engineClock.ts';
import { limits } from '../limits.ts';
import type { FromEngine, ToFollowerFromEngine } from '../threads/messages.ts';
import { engineFor } from './replayedEngine.ts';

export interface WriterPorts {
  readonly clock: EngineClock;
  steadyMs(): number;
  toMain(message: FromEngine, transfer: ArrayBuffer[]): void;
  toFollower(message: ToFollowerFromEngine, transfer: ArrayBuffer[]): void;
}

/** Id of commands nobody waits for. */
export const NOBODY = 0;

const TICK = encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command: { kind: 'Tick' }, proof: undefined });

/**
 * The single writer: stamps sequence and time, applies, appends, syncs, and only then tells anybody.
 * Whatever arrived while a sync ran goes into the next group.
 */
export class Writer {
  readonly #journal: JournalWriter;
  readonly #ports: WriterPorts;
  #engine: Engine | undefined;
  #directoryVersion = 0;
  #checkedSeq: number;
  #checkedMs: number;
  #ids: number[] = [];
  #envelopes: Uint8Array[] = [];
  #answers: number[] = [];

  constructor(engine: Engine | undefined, journal: JournalWriter, ports: WriterPorts) {
    this.#engine = engine;
    this.#journal = journal;
    this.#ports = ports;
    this.#checkedSeq = journal.durableSeq;
    this.#checkedMs = ports.steadyMs();
    if (engine !== undefined) this.#directoryVersion = engine.state.directory.version;
  }

  /** Takes commands in; nothing happens to them before `drain`. */
  accept(ids: readonly number[], envelopes: readonly Uint8Array[]): void {
    for (const id of ids) this.#ids.push(id);
    for (const envelope of envelopes) this.#envelopes.push(envelope);
  }

  tick(): void {
    if (this.#engine === undefined) return;
    this.accept([NOBODY], [TICK]);
    this.drain();
  }

  /** Applies and makes durable everything taken in, a group at a time. */
  drain(): void {
    let done = 0;
    while (done < this.#ids.length) done = this.#runGroup(done);
    this.#ids = [];
    this.#envelopes = [];
  }

  /** @returns where the next group begins */
  #runGroup(from: number): number {
    const end = Math.min(this.#ids.length, from + limits.engine.groupCommandsMax);
    // One reading of the clock per group: these commands arrived together.
    const timeMs = this.#ports.clock.nowMs();
    this.#engine?.out.reset();
    this.#answers = [];
    let seq = this.#journal.durableSeq as number;
    let at = from;
    while (at < end && this.#journal.hasRoomFor(this.#envelopes[at]!.length)) {
      seq += 1;
      this.#applyOne(this.#ids[at]!, this.#envelopes[at]!, seq, timeMs);
      at += 1;
    }
    this.#commit(seq, timeMs);
    return at;
  }

  #applyOne(id: number, envelope: Uint8Array, seq: number, timeMs: number): void {
    this.#engine ??= engineFor(envelope);
    const { out } = this.#engine;
    const start = out.length;
    apply(this.#engine, seq, timeMs, envelope);
    this.#journal.append(seq as Seq, timeMs as TimeMs, envelope);
    if (id !== NOBODY) this.#answers.push(id, seq, start, out.length);
  }

  #commit(seq: number, timeMs: number): void {
    const engine = this.#engine!;
    const startMs = this.#ports.steadyMs();
    this.#journal.commit();
    const syncMs = this.#ports.steadyMs() - startMs;
    const lanes = engine.out.take();
    const answers = Float64Array.from(this.#answers);
    const journalBytes = this.#journal.bytesWritten;
    const directory = this.#changedDirectory(engine);
    this.#ports.toMain({ type: 'durable', seq, timeMs, lanes, answers, directory, journalBytes, syncMs }, [
      lanes.buffer as ArrayBuffer,
      answers.buffer,
    ]);
    const frame = new Uint8Array(this.#journal.lastFrame());
    const eventHash = engine.state.globals.columns.eventHash[0]!;
    this.#ports.toFollower({ type: 'frame', frame, eventHash }, [frame.buffer]);
    if (this.#isCheckDue(seq)) this.#check(engine, seq, timeMs);
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
  #check(engine: Engine, seq: number, timeMs: number): void {
    this.#checkedSeq = seq;
    this.#checkedMs = this.#ports.steadyMs();
    this.#ports.toFollower({ type: 'check', seq, timeMs, stateHash: stateHash(engine.state) }, []);
  }

  #changedDirectory(engine: Engine): DirectoryView | undefined {
    const { version } = engine.state.directory;
    if (version === this.#directoryVersion) return undefined;
    this.#directoryVersion = version;
    return directoryOf(engine);
  }
}

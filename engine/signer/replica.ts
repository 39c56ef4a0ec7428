import { hash } from 'node:crypto';
import { apply } from '../core/apply.ts';
import type { Engine } from '../core/engine.ts';
import { openEngine } from '../core/openEngine.ts';
import { rootDraft } from '../core/settlement/rootDraft.ts';
import type { Disk } from '../journal/disk.ts';
import { HASHED_FROM, visitFrame } from '../journal/frame.ts';
import { FrameReader, type ReadFrame } from '../journal/frameReader.ts';
import type { JournalPosition } from '../journal/position.ts';
import { decodeEnvelope } from '../protocol/commands/envelope.ts';
import { OK } from '../protocol/errors.ts';
import type { HexWord, RootDraft } from '../protocol/settlement/root.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import { assert } from '../units/assert.ts';

/** Where a replay begins. */
export interface ReplicaStart {
  /** Undefined before the genesis. */
  readonly engine: Engine | undefined;
  readonly position: JournalPosition;
}

export interface ReplicaPorts {
  /** Sees the state that a command will find. */
  next(engine: Engine, seq: number, payload: Uint8Array): void;
  /** The command was taken: one that is refused leaves no trace, whatever it says. */
  accepted(seq: number): void;
  /** Whether anybody will ask for the root that was cut at this time. */
  isWanted(timeMs: number): boolean;
  /** What the root says that was cut by the command just applied. */
  cut(draft: RootDraft, engine: Engine): void;
}

/** An engine of one's own, made of nothing but the journal's frames, each checked and hashed to the one before. */
export class Replica {
  readonly #reader: FrameReader;
  readonly #ports: ReplicaPorts;
  #engine: Engine | undefined;
  #position: JournalPosition;

  constructor(disk: Disk, dir: string, start: ReplicaStart, ports: ReplicaPorts) {
    this.#reader = new FrameReader({ disk, dir, schemaVersion: SCHEMA_VERSION, start: start.position });
    this.#ports = ports;
    this.#engine = start.engine;
    this.#position = start.position;
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** Behind the last frame applied. */
  get position(): JournalPosition {
    return this.#position;
  }

  /**
   * Applies what the journal has more, at most so many frames.
   *
   * @returns whether it stands at the journal's end
   * @fails journal.corrupt; AssertionError where a root says what cannot be
   */
  advance(framesMax: number): boolean {
    for (let count = 0; count < framesMax; count += 1) {
      const frame = this.#reader.next();
      if (frame === undefined) return true;
      this.#apply(frame);
    }
    return false;
  }

  /**
   * Whether the journal has the place it started from, with the chain's hash of there.
   *
   * @fails journal.corrupt where it has another one
   */
  isInJournal(): boolean {
    this.advance(1);
    return this.#reader.isAtStart;
  }

  close(): void {
    this.#reader.close();
  }

  #apply({ bytes, position }: ReadFrame): void {
    this.#engine?.out.reset();
    visitFrame(bytes, (seq, timeMs, payload) => {
      this.#engine ??= engineFor(payload);
      const engine = this.#engine;
      this.#ports.next(engine, seq, payload);
      if (apply(engine, seq, timeMs, payload) === OK) this.#ports.accepted(seq);
      const isCut = engine.state.directory.settlement.root?.seq === seq;
      if (isCut && this.#ports.isWanted(timeMs))
        this.#ports.cut(
          rootDraft(engine.state, sha256Of(bytes.subarray(HASHED_FROM)), sha256Of).draft,
          engine,
        );
    });
    this.#position = position;
  }
}

export function sha256Of(bytes: Uint8Array): HexWord {
  return `0x${hash('sha256', bytes, 'hex')}`;
}

/** The tables are as large as the genesis says, so its limits are read before it is applied. */
function engineFor(payload: Uint8Array): Engine {
  const { command } = decodeEnvelope(payload);
  assert(command.kind === 'Genesis', `the first command is the genesis, not ${command.kind}`);
  return openEngine(command);
}

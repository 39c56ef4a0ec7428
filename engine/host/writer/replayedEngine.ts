import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { openEngine } from '../../core/openEngine.ts';
import { restoreState, stateHash } from '../../core/snapshot.ts';
import type { Snapshot } from '../../journal/snapshot.ts';
import { decodeEnvelope } from '../../protocol/commands/envelope.ts';
import { assert } from '../../units/assert.ts';

/** What a replay builds: no engine before the genesis, then one that every record is applied to. */
export class ReplayedEngine {
  engine: Engine | undefined;
  readonly #onApplied: ((engine: Engine, seq: number) => void) | undefined;
  readonly #onNext: ((engine: Engine, timeMs: number, payload: Uint8Array) => void) | undefined;

  /**
   * @param onApplied sees each command's events in `engine.out` before the next one is applied
   * @param onNext sees the state that the command will find
   */
  constructor(
    onApplied?: (engine: Engine, seq: number) => void,
    onNext?: (engine: Engine, timeMs: number, payload: Uint8Array) => void,
  ) {
    this.#onApplied = onApplied;
    this.#onNext = onNext;
  }

  readonly restore = (snapshot: Snapshot): void => {
    this.engine = restoreState(snapshot.sections);
    const found = stateHash(this.engine.state);
    assert(
      found === snapshot.stateHash,
      `the snapshot at seq ${snapshot.seq} restores to ${found}, it was saved as ${snapshot.stateHash}`,
    );
  };

  readonly apply = (seq: number, timeMs: number, payload: Uint8Array): void => {
    this.engine ??= engineFor(payload);
    this.engine.out.reset();
    this.#onNext?.(this.engine, timeMs, payload);
    apply(this.engine, seq, timeMs, payload);
    this.#onApplied?.(this.engine, seq);
  };
}

/** The tables are as large as the genesis says, so its limits are read before it is applied. */
export function engineFor(payload: Uint8Array): Engine {
  const { command } = decodeEnvelope(payload);
  assert(command.kind === 'Genesis', `the first command is the genesis, not ${command.kind}`);
  return openEngine(command);
}

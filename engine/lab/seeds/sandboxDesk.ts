import { apply } from '../../core/apply.ts';
import { type Engine, openEngine } from '../../core/engine.ts';
import { directoryOf } from '../../core/views/directory.ts';
import type { Market, MarketStep } from '../../market/market.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command, Genesis } from '../../protocol/commands/types.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { assert } from '../../units/assert.ts';
import { sandboxGenesis } from './sandbox.ts';

/** When the desks of tests begin: 1 January 2026. */
export const DESK_START_MS = 1_767_225_600_000;

/** How often time is let pass, as the host does. */
const TICK_MS = 250;

/**
 * A sandbox in one thread: the engine from its genesis on, and a clock that tests own. What a market asks
 * for is applied at once and its events come back at once.
 */
export class SandboxDesk {
  readonly engine: Engine;
  timeMs = DESK_START_MS;
  /** Commands applied and their bytes without frames, since the genesis. */
  readonly counts = { commands: 0, bytes: 0 };
  private seq = 0;
  private nextTickMs = DESK_START_MS;

  constructor() {
    const commands = sandboxGenesis();
    this.engine = openEngine(commands[0] as Genesis);
    for (const command of commands) {
      const code = this.applyOne({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
      assert(code === 0, `the genesis command ${command.kind} was refused with ${code}`);
    }
    this.engine.out.reset();
    this.counts.commands = 0;
    this.counts.bytes = 0;
  }

  directory(): DirectoryView {
    return directoryOf(this.engine);
  }

  /** Applies one command and returns its events. */
  submit(command: Command, actor: number = SYSTEM_ACTOR): Float64Array {
    return this.perform([{ actor, nonce: 0, command, proof: undefined }]);
  }

  /** Lets a market run until `untilMs`; `onEvents` hears what it hears. */
  run(market: Market, untilMs: number, onEvents: (lanes: Float64Array) => void = () => {}): void {
    while (this.timeMs < untilMs) {
      this.timeMs += market.stepMs;
      const steps: MarketStep[] = market.step(this.timeMs);
      if (this.timeMs >= this.nextTickMs) {
        this.nextTickMs = this.timeMs + TICK_MS;
        steps.push({ actor: SYSTEM_ACTOR, nonce: 0, command: { kind: 'Tick' }, proof: undefined });
      }
      const lanes = this.perform(steps);
      market.onEvents(lanes);
      onEvents(lanes);
    }
  }

  private perform(steps: readonly MarketStep[]): Float64Array {
    for (const step of steps) this.applyOne(step);
    const lanes = this.engine.out.take();
    this.engine.out.reset();
    return lanes;
  }

  private applyOne(step: MarketStep): number {
    const bytes = encodeEnvelope(step);
    this.counts.commands += 1;
    this.counts.bytes += bytes.length;
    return apply(this.engine, ++this.seq, this.timeMs, bytes);
  }
}

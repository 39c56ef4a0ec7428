import type { Engine } from '../../core/engine.ts';
import type { State } from '../../core/state.ts';
import { ByteReader } from '../../protocol/bytes.ts';
import {
  decodeEnvelope,
  type EnvelopeHead,
  readHead,
  SYSTEM_ACTOR,
} from '../../protocol/commands/envelope.ts';
import { commandKinds, isOrderKind } from '../../protocol/commands/kinds.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { readEvents } from '../../protocol/events/read.ts';
import { endEntries, entryOf } from './auditEntry.ts';
import { type Before, beforeCommand, beforeTick } from './auditMoment.ts';
import type { JournalledEntry } from './journalledEntry.ts';

/** What the world says and time brings: nobody decides it. */
const UNDECIDED: ReadonlySet<number> = new Set([commandKinds.ReportPrices, commandKinds.SetSurface]);

/**
 * Makes the audit log's entries of what entered the journal, command by command as the follower applies it. They follow
 * from the journal alone, so what a crash took from the log is made again, the same.
 *
 * What the desk's own market orders is not among them: nobody decided it, and it would bury what people did.
 */
export class AuditTrail {
  readonly #reader = new ByteReader(new Uint8Array());
  readonly #head: EnvelopeHead = { kind: 0, actor: 0, nonce: 0, hasProof: false };
  #entries: JournalledEntry[] = [];
  #before: Before | undefined;

  /** Call it with the state that the command will find. */
  before(state: State | undefined, timeMs: number, payload: Uint8Array): void {
    const { kind, actor } = readHead(this.#reader.reset(payload), this.#head);
    this.#before = undefined;
    if (kind === commandKinds.Tick) this.#before = state && beforeTick(state);
    else if (!UNDECIDED.has(kind) && !isOfMarket(state, kind, actor))
      this.#before = beforeCommand(state, timeMs, decodeEnvelope(payload));
  }

  /** @param from place of the command's first event in `out` */
  after({ state, out }: Engine, seq: number, from: number): void {
    const before = this.#before;
    if (before === undefined) return;
    const events = readEvents(out.lanes, from, out.length);
    if (before.kind === 'tick')
      for (const entry of endEntries(state, seq, before, events)) this.#entries.push({ entry });
    else
      this.#entries.push({
        entry: entryOf(state, seq, before, events),
        signature: before.envelope.proof?.signature,
      });
  }

  get count(): number {
    return this.#entries.length;
  }

  /** What has gathered. */
  take(): JournalledEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }
}

/** Whether an order is one of an agent that lives in this process. */
function isOfMarket(state: State | undefined, kind: number, actor: number): boolean {
  if (actor === SYSTEM_ACTOR || !(isOrderKind(kind) || kind === commandKinds.Batch)) return false;
  return state?.directory.agents[actor - 1]?.scheme === AgentScheme.local;
}

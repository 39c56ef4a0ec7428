import { commandKinds } from '../../protocol/commands/kinds.ts';
import { Side } from '../../protocol/enums.ts';
import { OK } from '../../protocol/errors.ts';
import { walkEvents } from '../../protocol/events/read.ts';
import { eventTags } from '../../protocol/events/table.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { ParticipantName } from '../participants.ts';
import { lanesOf } from './eventLanes.ts';
import { Participant } from './participant.ts';
import { PriceLevels } from './priceLevels.ts';

const applied = lanesOf('CommandApplied');
const accepted = lanesOf('OrderAccepted');
const rejected = lanesOf('OrderRejected');
const filled = lanesOf('OrderFilled');
const amended = lanesOf('OrderAmended');
const amendRejected = lanesOf('AmendRejected');
const cancelled = lanesOf('OrderCancelled');
const cancelRejected = lanesOf('CancelRejected');
const level = lanesOf('LevelChanged');
const mark = lanesOf('MarkChanged');

/**
 * What a market knows of the desk, from events alone: the books, the marks, and each participant's own
 * orders and positions.
 */
export class VenueView {
  readonly #participants = new Map<ParticipantName, Participant>();
  readonly #byAgent = new Map<number, Participant>();
  readonly #byAccount = new Map<number, Participant>();
  readonly #books: PriceLevels[][];
  readonly #marks: Float64Array;
  readonly #indexes: Float64Array;

  constructor(directory: DirectoryView, names: readonly ParticipantName[]) {
    const instruments = directory.markets.length;
    for (const name of names) {
      const agent = directory.agents.find(({ publicKey, isRevoked }) => publicKey === name && !isRevoked);
      if (agent === undefined) continue;
      const participant = new Participant(agent, instruments);
      this.#participants.set(name, participant);
      this.#byAgent.set(participant.agent, participant);
      this.#byAccount.set(participant.account, participant);
    }
    this.#books = Array.from({ length: instruments }, () => [
      new PriceLevels(Side.buy),
      new PriceLevels(Side.sell),
    ]);
    this.#marks = new Float64Array(instruments);
    this.#indexes = new Float64Array(instruments);
  }

  /** Undefined when the desk has no such participant. */
  participant(name: ParticipantName): Participant | undefined {
    return this.#participants.get(name);
  }

  everyParticipant(): Participant[] {
    return [...this.#participants.values()];
  }

  /** The best price of a side; undefined when it is empty. */
  best(instrument: number, side: Side): number | undefined {
    return this.#books[instrument]![side]!.best();
  }

  levels(instrument: number, side: Side): PriceLevels {
    return this.#books[instrument]![side]!;
  }

  /** Micro-USD per lot; 0 while no mark was heard of. */
  markUsdPerLot(instrument: number): number {
    return this.#marks[instrument]!;
  }

  /** What the mark stands around: the index, or a forward; 0 while no mark was heard of. */
  indexUsdPerLot(instrument: number): number {
    return this.#indexes[instrument]!;
  }

  onEvents(lanes: Float64Array): void {
    walkEvents(lanes, 0, lanes.length, (tag, at) => this.#onEvent(lanes, tag, at));
  }

  #onEvent(lanes: Float64Array, tag: number, at: number): void {
    switch (tag) {
      case eventTags.CommandApplied:
        return this.#onApplied(lanes, at);
      case eventTags.LevelChanged: {
        // What was listed after this view was made is somebody else's business.
        const book = this.#books[lanes[at + level.instrument]!];
        return book?.[lanes[at + level.side]!]?.set(lanes[at + level.priceTicks]!, lanes[at + level.lots]!);
      }
      case eventTags.MarkChanged:
        this.#marks[lanes[at + mark.instrument]!] = lanes[at + mark.mark]!;
        this.#indexes[lanes[at + mark.instrument]!] = lanes[at + mark.index]!;
        return;
      case eventTags.OrderAccepted:
        return this.#onAccepted(lanes, at);
      case eventTags.OrderFilled:
        return this.#byAccount
          .get(lanes[at + filled.account]!)
          ?.onFilled(
            lanes[at + filled.orderId]!,
            lanes[at + filled.remainingLots]!,
            lanes[at + filled.instrument]!,
            lanes[at + filled.positionLots]!,
          );
      case eventTags.OrderAmended:
        return this.#byAccount
          .get(lanes[at + amended.account]!)
          ?.onAmended(
            lanes[at + amended.orderId]!,
            lanes[at + amended.priceTicks]!,
            lanes[at + amended.remainingLots]!,
          );
      case eventTags.OrderCancelled:
        return this.#byAccount.get(lanes[at + cancelled.account]!)?.onEnded(lanes[at + cancelled.orderId]!);
      case eventTags.OrderRejected:
        return this.#byAccount.get(lanes[at + rejected.account]!)?.onRefused();
      case eventTags.AmendRejected:
        return this.#byAccount.get(lanes[at + amendRejected.account]!)?.onRefused();
      case eventTags.CancelRejected:
        return this.#byAccount.get(lanes[at + cancelRejected.account]!)?.onRefused();
    }
  }

  #onApplied(lanes: Float64Array, at: number): void {
    const participant = this.#byAgent.get(lanes[at + applied.actor]!);
    if (participant === undefined) return;
    participant.onAnswer();
    // An order sent alone tells its refusal by an event of its own as well; a batch has only this one.
    const isBatch = lanes[at + applied.commandKind] === commandKinds.Batch;
    if (isBatch && lanes[at + applied.code] !== OK) participant.onRefused();
  }

  #onAccepted(lanes: Float64Array, at: number): void {
    this.#byAccount.get(lanes[at + accepted.account]!)?.onAccepted({
      orderId: lanes[at + accepted.orderId]!,
      instrument: lanes[at + accepted.instrument]!,
      side: lanes[at + accepted.side]! as Side,
      priceTicks: lanes[at + accepted.priceTicks]!,
      lots: lanes[at + accepted.sizeLots]!,
      placedLots: lanes[at + accepted.sizeLots]!,
    });
  }
}

import type { OrderCommand } from '../../protocol/commands/types.ts';
import type { Side } from '../../protocol/enums.ts';
import type { AgentView } from '../../protocol/views/directory.ts';
import type { MarketStep } from '../market.ts';
import { cancelEverything } from './orderCommands.ts';

/** An open order as its owner knows it. */
export interface OpenOrder {
  orderId: number;
  instrument: number;
  side: Side;
  priceTicks: number;
  lots: number;
  /** Open size when it was placed or last amended. */
  placedLots: number;
}

const OPERATIONS_PER_BATCH = 100;

/** Without an answer for this long something was lost on the way: start over from an empty book of one's own. */
const ANSWER_LATE_MS = 10_000;

/**
 * One trading account and what it knows of itself: open orders, positions, and whether its last batch was
 * answered. It acts only on what it knows, so it waits for the answer before it acts again.
 */
export class Participant {
  readonly name: string;
  readonly agent: number;
  readonly account: number;
  /** By instrument × 2 + side. */
  readonly #sides: Map<number, OpenOrder>[];
  readonly #byId = new Map<number, OpenOrder>();
  readonly #positions: Float64Array;
  #unanswered = 0;
  #sentMs = 0;
  #isFresh = true;
  /** Operations asked for and refused, for tests and for the bench. */
  readonly counts = { operations: 0, refused: 0 };

  constructor(view: AgentView, instruments: number) {
    this.name = view.publicKey;
    this.agent = view.agent;
    this.account = view.accounts[0]!;
    this.#sides = Array.from({ length: instruments * 2 }, () => new Map());
    this.#positions = new Float64Array(instruments);
  }

  positionLots(instrument: number): number {
    return this.#positions[instrument]!;
  }

  ordersOf(instrument: number, side: Side): ReadonlyMap<number, OpenOrder> {
    return this.#sides[instrument * 2 + side]!;
  }

  isIdle(): boolean {
    return this.#unanswered === 0 && !this.#isFresh;
  }

  /**
   * What must be sent before anything else: an earlier run, or a lost answer, may have left orders that
   * this participant does not know.
   */
  startOver(activeMs: number): MarketStep[] {
    const isLate = this.#unanswered > 0 && activeMs - this.#sentMs > ANSWER_LATE_MS;
    if (!this.#isFresh && !isLate) return [];
    this.#isFresh = false;
    this.#unanswered = 0;
    this.#forgetOrders();
    return this.send([cancelEverything(this.account)], activeMs);
  }

  /** The operations as batches, and the promise to wait for their answers. */
  send(operations: OrderCommand[], activeMs: number): MarketStep[] {
    const steps: MarketStep[] = [];
    for (let at = 0; at < operations.length; at += OPERATIONS_PER_BATCH) {
      const part = operations.slice(at, at + OPERATIONS_PER_BATCH);
      const command = part.length === 1 ? part[0]! : { kind: 'Batch' as const, operations: part };
      steps.push({ actor: this.agent, nonce: 0, command, proof: undefined });
    }
    this.counts.operations += operations.length;
    this.#unanswered += steps.length;
    if (steps.length > 0) this.#sentMs = activeMs;
    return steps;
  }

  /** A batch, or an order sent alone, was applied. */
  onAnswer(): void {
    if (this.#unanswered > 0) this.#unanswered -= 1;
  }

  /** One operation, or a whole batch, was refused. */
  onRefused(): void {
    this.counts.refused += 1;
  }

  onAccepted(order: OpenOrder): void {
    this.#byId.set(order.orderId, order);
    this.#sides[order.instrument * 2 + order.side]!.set(order.orderId, order);
  }

  onFilled(orderId: number, remainingLots: number, instrument: number, positionLots: number): void {
    this.#positions[instrument] = positionLots;
    const order = this.#byId.get(orderId);
    if (order === undefined) return;
    order.lots = remainingLots;
    if (remainingLots === 0) this.onEnded(orderId);
  }

  onAmended(orderId: number, priceTicks: number, lots: number): void {
    const order = this.#byId.get(orderId);
    if (order === undefined) return;
    order.priceTicks = priceTicks;
    order.lots = lots;
    order.placedLots = lots;
  }

  onEnded(orderId: number): void {
    const order = this.#byId.get(orderId);
    if (order === undefined) return;
    this.#byId.delete(orderId);
    this.#sides[order.instrument * 2 + order.side]!.delete(orderId);
  }

  #forgetOrders(): void {
    this.#byId.clear();
    for (const side of this.#sides) side.clear();
  }
}

import type { BookCapacity } from '../../core/book/bookTables.ts';
import { bestAsk, bestBid } from '../../core/book/ladder.ts';
import { sideOf } from '../../core/book/orderTable.ts';
import { NONE } from '../../core/memory/table.ts';
import { Side } from '../../protocol/enums.ts';
import type { Replay } from '../replay.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { Op, RECORD_BYTES, WORKLOAD_ACCOUNTS, type WorkloadOutcome } from '../workload.ts';

/** Shares of what happens to a book; the rest are new orders. `sweep` scales the size of a taker. */
interface Mix {
  cancel: number;
  move: number;
  reduce: number;
  ioc: number;
  sweep: number;
}

/** The four kinds of flow that engines are compared on, as `../shared/bench/workload.mjs` mixes them. */
const MIXES = {
  mixed: { cancel: 0.4, move: 0.07, reduce: 0, ioc: 0.03, sweep: 3.2 },
  mixedr: { cancel: 0.4, move: 0.05, reduce: 0.02, ioc: 0.03, sweep: 3.2 },
  addcancel: { cancel: 0.5, move: 0, reduce: 0, ioc: 0, sweep: 0 },
  crossing: { cancel: 0.05, move: 0, reduce: 0, ioc: 0.45, sweep: 1.1 },
} satisfies Record<string, Mix>;

export type FlowKind = keyof typeof MIXES;
export const FLOW_KINDS = Object.keys(MIXES) as FlowKind[];

/** A drawn workload: records, and where they leave the book. */
export interface OrderFlow {
  readonly bytes: Uint8Array;
  /** Records at the start that only build the book. */
  readonly warm: number;
  readonly outcome: WorkloadOutcome;
}

const RESTING = 20_000;
const WARM_LEVELS = 1_000;

/** Room for any flow drawn here. */
export const FLOW_CAPACITY: BookCapacity = { orders: 65_536, levels: 65_536, nodes: 16_384, books: 1 };

/** Takers reach this far past the touch. */
const REACH_TICKS = 40;

/** How far back a recent order lies. */
const RECENT = 4_000;

/**
 * Draws order flow around a wandering middle: a busy top of the book, a long tail, about 20,000 orders
 * resting throughout.
 *
 * @param replay plays along, because a cancel needs an order that is open
 */
export function drawFlow(kind: FlowKind, ops: number, seed: number, replay: Replay): OrderFlow {
  return new FlowDrawer(MIXES[kind], ops, randomFrom(seed), replay).draw();
}

class FlowDrawer {
  readonly #mix: Mix;
  readonly #random: Random;
  readonly #view: DataView;
  readonly #replay: Replay;
  readonly #live: number[] = [];
  #middle = 100_000;
  #count = 0;
  #nextId = 1;

  constructor(mix: Mix, ops: number, random: Random, replay: Replay) {
    this.#mix = mix;
    this.#random = random;
    const bytes = new Uint8Array((ops + RESTING) * RECORD_BYTES);
    this.#view = new DataView(bytes.buffer);
    this.#replay = replay;
    replay.start(bytes);
  }

  draw(): OrderFlow {
    const random = this.#random;
    const mix = this.#mix;
    while (this.#count < RESTING)
      this.#place(this.#middleOf(this.#count & 1, 1 + random.below(WARM_LEVELS)), this.#count & 1);
    while (this.#count * RECORD_BYTES < this.#view.byteLength) {
      if (mix.ioc > 0 && random.chance(0.1)) this.#middle += random.below(7) - 3;
      this.#step();
    }
    return { bytes: new Uint8Array(this.#view.buffer), warm: RESTING, outcome: this.#replay.outcome() };
  }

  #step(): void {
    const mix = this.#mix;
    const random = this.#random;
    let draw = random.unit();
    if (draw < mix.ioc) return this.#sweep();
    draw -= mix.ioc;
    const id = this.#pick();
    const row = this.#replay.rowOf(id);
    const { openLots, packed, priceTicks } = this.#replay.store.orders.columns;
    const side = sideOf(packed[row]!);
    const open = openLots[row]!;
    if (draw < mix.move) return this.#write(Op.move, side, id, this.#quote(side), open);
    draw -= mix.move;
    if (draw < mix.reduce && open > 1) {
      const lots = 1 + random.below(open - 1);
      return this.#write(Op.reduce, side, id, lots, open - lots);
    }
    draw -= mix.reduce;
    // The book is held near its size, whatever takers leave of it.
    const excess = (this.#resting() - RESTING) / RESTING;
    if (draw < Math.max(0.01, mix.cancel + excess / 2))
      return this.#write(Op.cancel, side, id, priceTicks[row]!, 0);
    const placed = random.below(2);
    return this.#place(this.#quote(placed as Side), placed);
  }

  #resting(): number {
    const { orderCount } = this.#replay.store.ladders.columns;
    return orderCount[0]! + orderCount[1]!;
  }

  /** An open order: mostly a recent one. Ids that have filled are dropped when they are met. */
  #pick(): number {
    const live = this.#live;
    const random = this.#random;
    const replay = this.#replay;
    for (;;) {
      const reach = random.chance(0.7) ? Math.min(RECENT, live.length) : live.length;
      const at = live.length - 1 - random.below(reach);
      const id = live[at]!;
      if (replay.rowOf(id) !== NONE) return id;
      live[at] = live.at(-1)!;
      live.pop();
    }
  }

  #sweep(): void {
    const random = this.#random;
    const mix = this.#mix;
    const side = random.below(2) as Side;
    const touch = side === Side.buy ? bestAsk(this.#replay.store, 0) : bestBid(this.#replay.store, 0);
    const limit = side === Side.buy ? touch + REACH_TICKS : touch - REACH_TICKS;
    const lots = Math.max(1, Math.floor(this.#size() * mix.sweep * (0.2 + 1.6 * random.unit())));
    this.#write(Op.ioc, side, this.#nextId++, limit, lots);
  }

  #place(price: number, side: number): void {
    this.#live.push(this.#nextId);
    this.#write(Op.new, side, this.#nextId++, price, this.#size());
  }

  /** A price that does not cross: near the touch more often than not. */
  #quote(side: Side): number {
    const random = this.#random;
    const replay = this.#replay;
    const price = this.#middleOf(side, 1 + this.#distance());
    const [bid, ask] = [bestBid(replay.store, 0), bestAsk(replay.store, 0)];
    if (side === Side.buy && ask !== NONE && price >= ask) return ask - 1 - random.below(3);
    if (side === Side.sell && bid !== NONE && price <= bid) return bid + 1 + random.below(3);
    return price;
  }

  #middleOf(side: number, away: number): number {
    return side === Side.buy ? this.#middle - away : this.#middle + away;
  }

  #distance(): number {
    const random = this.#random;
    const draw = random.unit();
    if (draw < 0.55) return Math.floor(this.#exponential(6));
    return draw < 0.85 ? Math.floor(this.#exponential(120)) : random.below(WARM_LEVELS);
  }

  #size(): number {
    return 1 + Math.floor(this.#exponential(40)) + (this.#random.chance(0.05) ? 500 : 0);
  }

  #exponential(mean: number): number {
    return -Math.log(1 - this.#random.unit()) * mean;
  }

  /** Writes a record and lets the book play it. */
  #write(op: number, side: number, id: number, price: number, quantity: number): void {
    const view = this.#view;
    const random = this.#random;
    const at = this.#count * RECORD_BYTES;
    view.setUint8(at, op);
    view.setUint8(at + 1, side);
    view.setUint16(at + 2, random.below(WORKLOAD_ACCOUNTS), true);
    view.setUint32(at + 4, id, true);
    view.setInt32(at + 8, price, true);
    view.setUint32(at + 12, quantity, true);
    this.#replay.apply(this.#count++);
  }
}

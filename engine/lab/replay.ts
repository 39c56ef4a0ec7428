import { addBook, type BookStore, createBookStore, tablesOf } from '../core/book/bookStore.ts';
import { type BookCapacity, LEVELS_PER_PAGE } from '../core/book/bookTables.ts';
import { commitPlan } from '../core/book/commitPlan.ts';
import { ladderLots } from '../core/book/depth.ts';
import { bestAsk, bestBid, ladderOf, PRICE_TICKS_MAX } from '../core/book/ladder.ts';
import { type MakerFacts, planMatch, type Taker, wouldCross } from '../core/book/match.ts';
import { createMatchPlan } from '../core/book/matchPlan.ts';
import { NODES_PER_PATH, RADIX_WAYS } from '../core/book/nodeTable.ts';
import { findOrder, freeOrder, takeOrder } from '../core/book/openOrder.ts';
import { packOrder, sideOf } from '../core/book/orderTable.ts';
import { moveOrder, reduceOrder, removeOrder, restOrder } from '../core/book/restOrder.ts';
import { highWater, NONE } from '../core/memory/table.ts';
import { createUndo } from '../core/memory/undo.ts';
import { createOrderDraft } from '../core/orders/intent.ts';
import { OrderType, SelfTrade, Side, TimeInForce } from '../protocol/enums.ts';
import { LOTS_MAX } from '../units/quantity.ts';
import { Op, RECORD_BYTES, WORKLOAD_ACCOUNTS, WorkloadError, type WorkloadOutcome } from './workload.ts';

/** A desk of one book, without accounts and margin, that is told records of a workload one by one. */
export interface Replay {
  readonly store: BookStore;
  /** Empties the book and takes the records that `apply` will be asked for. */
  start(bytes: Uint8Array): void;
  /**
   * Applies one record.
   *
   * @fails workload.malformed for a record that no generator writes
   */
  apply(index: number): void;
  /** Row of the order that the file knows by this id, NONE when it is not open. */
  rowOf(id: number): number;
  /** What the replay has come to, in the generator's words. */
  outcome(): WorkloadOutcome;
}

const PLAN_ENTRIES = 4096;

/** GTC orders as packed words by side. Self-trade prevention is off: the file's accounts are random. */
const PACKED = [Side.buy, Side.sell].map((side) =>
  packOrder({
    side,
    type: OrderType.limit,
    timeInForce: TimeInForce.gtc,
    flags: 0,
    selfTrade: SelfTrade.off,
  }),
);

/**
 * Makes a replay. One serves all passes over a file, as an engine has one store for life: with a second
 * store in the process the compiler could no longer take its columns for constants.
 *
 * @param capacity room of the book, see `capacityFor`
 */
export function createReplay(capacity: BookCapacity): Replay {
  const store = createBookStore(capacity);
  const { acceptedSeq, id: idOf, openLots, packed, priceTicks } = store.orders.columns;
  const undo = createUndo();
  const plan = createMatchPlan({ entries: PLAN_ENTRIES, accounts: WORKLOAD_ACCOUNTS });
  const taker: Taker = { book: 0, side: 0, limitTicks: 0, lots: 0, selfTrade: SelfTrade.off, firm: NONE };
  const facts: MakerFacts = {
    firmOfAccount: new Int32Array(WORKLOAD_ACCOUNTS),
    closableLots: () => LOTS_MAX,
    siblingOf: () => NONE,
  };
  const draft = createOrderDraft();
  let records: DataView = new DataView(new ArrayBuffer(0));
  // The generator numbers from 1 without gaps, one id per record at most; 0 for an id never seen.
  let orderIds = new Float64Array(0);
  let trades = 0;
  let volume = 0;
  let hash = 0;

  function start(bytes: Uint8Array): void {
    for (const table of tablesOf(store)) {
      for (const column of [table.free, ...Object.values(table.columns)]) column.fill(0, 0, highWater(table));
      if (table !== store.counters) table.control.set([NONE, 0, 0]);
    }
    addBook(store, undo);
    records = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    orderIds = new Float64Array(bytes.length / RECORD_BYTES + 1).fill(0);
    trades = 0;
    volume = 0;
    hash = 0;
  }

  function rowOf(id: number): number {
    return id < orderIds.length ? findOrder(store, orderIds[id]!) : NONE;
  }

  function apply(index: number): void {
    const at = index * RECORD_BYTES;
    const op = records.getUint8(at);
    if (op === Op.new || op === Op.ioc) {
      place(index, op === Op.new);
      return;
    }
    if (op > Op.ioc) malformed(index, `there is no operation ${op}`);
    const id = records.getUint32(at + 4, true);
    const row = rowOf(id);
    if (row === NONE) malformed(index, `order ${id} is not open`);
    if (op === Op.cancel) {
      removeOrder(store, undo, row);
      freeOrder(store, undo, row);
    } else if (op === Op.move) move(index, row);
    else reduce(index, row);
  }

  function place(index: number, mayRest: boolean): void {
    const at = index * RECORD_BYTES;
    const side = records.getUint8(at + 1) as Side;
    const id = records.getUint32(at + 4, true);
    const price = records.getInt32(at + 8, true);
    const lots = records.getUint32(at + 12, true);
    if (side > 1) malformed(index, `there is no side ${side}`);
    if (id === 0 || id >= orderIds.length || orderIds[id] !== 0)
      malformed(index, `id ${id} is taken or out of range`);
    if (price < 1 || price > PRICE_TICKS_MAX) malformed(index, `price ${price} is out of range`);
    if (lots < 1 || lots > LOTS_MAX) malformed(index, `quantity ${lots} is out of range`);
    const left = wouldCross(store, 0, side, price) ? match(side, price, lots) : lots;
    if (left === 0 || !mayRest) return;
    draft.account = records.getUint16(at + 2, true);
    draft.packed = PACKED[side]!;
    draft.priceTicks = price;
    draft.originalLots = lots;
    draft.openLots = left;
    // The file's id stands where a journal's sequence would: both say which command the order came by.
    draft.acceptedSeq = id;
    const row = takeOrder(store, undo, draft);
    orderIds[id] = idOf[row]!;
    restOrder(store, undo, ladderOf(0, side), row, price);
  }

  /** Trades a taker. A plan that is full is performed and followed by another: the file knows no bound. */
  function match(side: Side, price: number, lots: number): number {
    taker.side = side;
    taker.limitTicks = price;
    taker.lots = lots;
    do {
      planMatch(store, taker, facts, plan);
      commitPlan(store, undo, plan, countFill);
      taker.lots = plan.remainingLots;
    } while (plan.isTruncated);
    return plan.remainingLots;
  }

  /** The generator's own mix over (maker, price, lots), so that equal hashes mean equal fills in equal order. */
  function countFill(row: number, lots: number): void {
    trades++;
    volume += lots;
    hash = (Math.imul(hash, 31) + acceptedSeq[row]! + Math.imul(priceTicks[row]!, 7) + lots) | 0;
  }

  function move(index: number, row: number): void {
    const side = sideOf(packed[row]!);
    const price = records.getInt32(index * RECORD_BYTES + 8, true);
    if (price < 1 || price > PRICE_TICKS_MAX) malformed(index, `price ${price} is out of range`);
    if (wouldCross(store, 0, side, price)) malformed(index, `a move to ${price} would trade`);
    moveOrder(store, undo, ladderOf(0, side), row, price);
  }

  function reduce(index: number, row: number): void {
    const lots = records.getInt32(index * RECORD_BYTES + 8, true);
    const open = openLots[row]!;
    if (lots < 1 || lots >= open) malformed(index, `${lots} lots cannot be taken off ${open}`);
    reduceOrder(store, undo, row, lots);
  }

  function outcome(): WorkloadOutcome {
    const { orderCount } = store.ladders.columns;
    const [bids, asks] = [ladderOf(0, Side.buy), ladderOf(0, Side.sell)];
    return {
      trades,
      volume,
      hash,
      resting: orderCount[bids]! + orderCount[asks]!,
      restingQty: ladderLots(store, bids) + ladderLots(store, asks),
      bestBid: bestBid(store, 0),
      bestAsk: bestAsk(store, 0),
    };
  }

  return { store, start, apply, rowOf, outcome };
}

/** The least room that a file can never exceed, so that no replay stops for lack of it. */
export function capacityFor(bytes: Uint8Array): BookCapacity {
  const records = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let open = 0;
  let orders = 1;
  let lowest = PRICE_TICKS_MAX as number;
  let highest = 0;
  for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
    const op = records.getUint8(at);
    if (op === Op.cancel) open--;
    if (op === Op.new) orders = Math.max(orders, ++open);
    if (op !== Op.new && op !== Op.move) continue;
    const price = records.getInt32(at + 8, true);
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
  }
  const prices = Math.min(PRICE_TICKS_MAX, Math.max(0, highest - lowest)) + 1;
  const pages = 2 * (Math.ceil(prices / RADIX_WAYS) + 1);
  // Each floor of the tree has at most as many nodes as the one below it has pages.
  return { orders, levels: pages * LEVELS_PER_PAGE, nodes: NODES_PER_PATH * pages + 2, books: 1 };
}

function malformed(index: number, what: string): never {
  throw new WorkloadError(
    'workload.malformed',
    `Record ${index + 1}, at byte ${index * RECORD_BYTES}: ${what}.`,
  );
}

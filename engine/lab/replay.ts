import {
  addBook,
  type BookCapacity,
  type BookStore,
  createBookStore,
  LEVELS_PER_PAGE,
} from '../core/book/bookStore.ts';
import { commitPlan, type OnEntry } from '../core/book/commitPlan.ts';
import { ladderLots } from '../core/book/depth.ts';
import { bestAsk, bestBid, ladderOf, PRICE_TICKS_MAX } from '../core/book/ladder.ts';
import { type MakerFacts, planMatch, type Taker, wouldCross } from '../core/book/match.ts';
import { createMatchPlan, type MatchPlan } from '../core/book/matchPlan.ts';
import { NODES_PER_PATH, RADIX_WAYS } from '../core/book/nodeTable.ts';
import { findOrder, freeOrder, type OrderDraft, takeOrder } from '../core/book/openOrder.ts';
import { packOrder, sideOf } from '../core/book/orderTable.ts';
import { moveOrder, reduceOrder, removeOrder, restOrder } from '../core/book/restOrder.ts';
import { NONE } from '../core/memory/table.ts';
import { createUndo, type Undo } from '../core/memory/undo.ts';
import { OrderType, SelfTrade, Side, TimeInForce } from '../protocol/enums.ts';
import { LOTS_MAX } from '../units/quantity.ts';
import { Op, RECORD_BYTES, WORKLOAD_ACCOUNTS, WorkloadError, type WorkloadOutcome } from './workload.ts';

/** A desk with one book and no margin: everything a command needs, kept from one to the next. */
export interface Replay {
  readonly store: BookStore;
  readonly undo: Undo;
  readonly plan: MatchPlan;
  readonly taker: Taker;
  readonly draft: OrderDraft;
  readonly facts: MakerFacts;
  readonly onEntry: OnEntry;
  readonly records: DataView;
  /** The engine's order id by the file's; 0 for one never seen. */
  readonly orderIds: Float64Array;
  trades: number;
  volume: number;
  hash: number;
}

const PLAN_ENTRIES = 4096;

/** Entries of GTC orders as packed words by side. Self-trade prevention is off: the file's accounts are random. */
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
 * A replay that has not begun.
 *
 * @param capacity room of the book; by default what these records can need at most
 */
export function createReplay(bytes: Uint8Array, capacity?: BookCapacity): Replay {
  const records = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const recordCount = bytes.length / RECORD_BYTES;
  const store = createBookStore(capacity ?? capacityFor(records));
  const undo = createUndo();
  addBook(store, undo);
  const replay: Replay = {
    store,
    undo,
    plan: createMatchPlan({ entries: PLAN_ENTRIES, accounts: WORKLOAD_ACCOUNTS }),
    taker: { book: 0, side: Side.buy, limitTicks: 0, lots: 0, selfTrade: SelfTrade.off, firm: NONE },
    draft: emptyDraft(),
    facts: { firmOfAccount: new Int32Array(WORKLOAD_ACCOUNTS), closableLots: () => LOTS_MAX },
    onEntry: (row, lots) => countFill(replay, row, lots),
    records,
    // The generator numbers from 1 without gaps, one id per record at most.
    orderIds: new Float64Array(recordCount + 1).fill(0),
    trades: 0,
    volume: 0,
    hash: 0,
  };
  return replay;
}

/** The least room that a file can never exceed, so that no replay stops for lack of it. */
function capacityFor(records: DataView): BookCapacity {
  let open = 0;
  let orders = 1;
  let lowest = PRICE_TICKS_MAX as number;
  let highest = 0;
  for (let at = 0; at < records.byteLength; at += RECORD_BYTES) {
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

function emptyDraft(): OrderDraft {
  return {
    account: 0,
    packed: 0,
    priceTicks: 0,
    originalLots: 0,
    openLots: 0,
    triggerTicks: 0,
    expiresAtMs: 0,
    acceptedSeq: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}

/** The generator's own mix over (maker, price, lots), so that equal hashes mean equal fills in equal order. */
function countFill(replay: Replay, row: number, lots: number): void {
  const { acceptedSeq, priceTicks } = replay.store.orders.columns;
  replay.trades++;
  replay.volume += lots;
  replay.hash = (Math.imul(replay.hash, 31) + acceptedSeq[row]! + Math.imul(priceTicks[row]!, 7) + lots) | 0;
}

/**
 * Applies one record.
 *
 * @fails workload.malformed for a record that no generator writes
 */
export function applyRecord(replay: Replay, index: number): void {
  const { records, store, undo } = replay;
  const at = index * RECORD_BYTES;
  const op = records.getUint8(at);
  if (op === Op.new || op === Op.ioc) {
    place(replay, index, op === Op.new);
    return;
  }
  if (op > Op.ioc) malformed(index, `there is no operation ${op}`);
  const id = records.getUint32(at + 4, true);
  const row = id < replay.orderIds.length ? findOrder(store, replay.orderIds[id]!) : NONE;
  if (row === NONE) malformed(index, `order ${id} is not open`);
  if (op === Op.cancel) {
    removeOrder(store, undo, row);
    freeOrder(store, undo, row);
  } else if (op === Op.move) move(replay, index, row);
  else reduce(replay, index, row);
}

function place(replay: Replay, index: number, mayRest: boolean): void {
  const { records, taker, draft, orderIds } = replay;
  const at = index * RECORD_BYTES;
  const side = records.getUint8(at + 1);
  const id = records.getUint32(at + 4, true);
  const price = records.getInt32(at + 8, true);
  const lots = records.getUint32(at + 12, true);
  if (side > 1) malformed(index, `there is no side ${side}`);
  if (id === 0 || id >= orderIds.length || orderIds[id] !== 0)
    malformed(index, `id ${id} is taken or out of range`);
  if (price < 1 || price > PRICE_TICKS_MAX) malformed(index, `price ${price} is out of range`);
  if (lots < 1 || lots > LOTS_MAX) malformed(index, `quantity ${lots} is out of range`);
  taker.side = side as Side;
  taker.limitTicks = price;
  taker.lots = lots;
  const left = match(replay);
  if (left === 0 || !mayRest) return;
  draft.account = records.getUint16(at + 2, true);
  draft.packed = PACKED[side]!;
  draft.priceTicks = price;
  draft.originalLots = lots;
  draft.openLots = left;
  // The file's id stands where a journal's sequence would: both say which command the order came by.
  draft.acceptedSeq = id;
  const row = takeOrder(replay.store, replay.undo, draft);
  orderIds[id] = replay.store.orderId[row]!;
  restOrder(replay.store, replay.undo, ladderOf(0, side as Side), row, price);
}

/** Trades the taker against the book. A plan that is full is performed and followed by another: the file knows no bound. */
function match(replay: Replay): number {
  const { store, undo, plan, taker, facts } = replay;
  do {
    planMatch(store, taker, facts, plan);
    commitPlan(store, undo, plan, replay.onEntry);
    taker.lots = plan.remainingLots;
  } while (plan.isTruncated);
  return plan.remainingLots;
}

function move(replay: Replay, index: number, row: number): void {
  const { records, store, undo } = replay;
  const side = sideOf(store.packed[row]!);
  const price = records.getInt32(index * RECORD_BYTES + 8, true);
  if (price < 1 || price > PRICE_TICKS_MAX) malformed(index, `price ${price} is out of range`);
  if (wouldCross(store, 0, side, price)) malformed(index, `a move to ${price} would trade`);
  moveOrder(store, undo, row, price);
}

function reduce(replay: Replay, index: number, row: number): void {
  const { records, store, undo } = replay;
  const lots = records.getInt32(index * RECORD_BYTES + 8, true);
  const open = store.openLots[row]!;
  if (lots < 1 || lots >= open) malformed(index, `${lots} lots cannot be taken off ${open}`);
  reduceOrder(store, undo, row, lots);
}

function malformed(index: number, what: string): never {
  throw new WorkloadError(
    'workload.malformed',
    `Record ${index + 1}, at byte ${index * RECORD_BYTES}: ${what}.`,
  );
}

/** What the replay has come to, in the generator's words. */
export function outcomeOf(replay: Replay): WorkloadOutcome {
  const { store, trades, volume, hash } = replay;
  const { ladderOrders } = store;
  const bids = ladderOf(0, Side.buy);
  const asks = ladderOf(0, Side.sell);
  return {
    trades,
    volume,
    hash,
    resting: ladderOrders[bids]! + ladderOrders[asks]!,
    restingQty: ladderLots(store, bids) + ladderLots(store, asks),
    bestBid: bestBid(store, 0),
    bestAsk: bestAsk(store, 0),
  };
}

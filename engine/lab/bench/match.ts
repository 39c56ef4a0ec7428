import { OrderBook, Side as PeerSide } from 'nodejs-order-book';
import type { BookStore } from '../../core/book/bookStore.ts';
import { highWater, type Table } from '../../core/memory/table.ts';
import { assert } from '../../units/assert.ts';
import { createReplay, type Replay } from '../replay.ts';
import { Op, RECORD_BYTES } from '../workload.ts';
import { drawFlow, FLOW_CAPACITY, type FlowKind, type OrderFlow } from './orderFlow.ts';

/** One kind of flow through the desk's book and, in the same run, through nodejs-order-book. */
export interface MatchCosts {
  kind: FlowKind;
  /** Median over seeds of the fastest pass: what the machine does besides is not the book's. */
  nsPerOp: number;
  peerNsPerOp: number;
  /** Operations the peer was given: it slows down as its book ages, so fewer flatter it. */
  peerOps: number;
  /** How many times faster the desk's book is. */
  ratio: number;
  /** One operation at a time, reading of the clock included. */
  p99Ns: number;
  p999Ns: number;
  maxNs: number;
  /** All tables up to their high-water marks, over the orders that rested at most. */
  bytesPerRestingOrder: number;
}

/** Passes of each flow, for either engine: the first ones let the compiler settle. */
const PASSES = 5;
const PEER_PASSES = 3;

/** The peer gets this share of the operations: it takes forty times as long and more. */
const PEER_SHARE = 0.2;

/** The peer's word for it, which it does not export. */
const PEER_IOC = 'IOC' as string as Parameters<OrderBook['limit']>[0]['timeInForce'];

/**
 * Times the match core on drawn flows of one kind. Every pass must end where the flow was drawn to.
 *
 * One kind a process, for the book and for its peer: a compiler that has seen another kind optimises for both.
 *
 * @param ops operations of one flow after its warm-up
 * @param seeds how many flows
 */
export function measureMatch(kind: FlowKind, { ops = 1_000_000, seeds = 1 } = {}): MatchCosts {
  const replay = createReplay(FLOW_CAPACITY);
  const flows = Array.from({ length: seeds }, (_, at) => drawFlow(kind, ops, at + 1, replay));
  const nsPerOp = median(flows.map((flow) => fastestPass(replay, flow)));
  const bytesPerRestingOrder = bytesPerOrder(replay.store);
  const first = flows[0]!;
  const latencies = eachOperation(replay, first);
  const peerOps = Math.floor(ops * PEER_SHARE);
  const peerNsPerOp = timePeer(first, peerOps);
  const ratio = peerNsPerOp / nsPerOp;
  return { kind, nsPerOp, peerNsPerOp, peerOps, ratio, ...latencies, bytesPerRestingOrder };
}

function recordCount(flow: OrderFlow): number {
  return flow.bytes.length / RECORD_BYTES;
}

function warmUp(replay: Replay, flow: OrderFlow): void {
  replay.start(flow.bytes);
  for (let index = 0; index < flow.warm; index++) replay.apply(index);
}

/** Nanoseconds per operation of the fastest pass. */
function fastestPass(replay: Replay, flow: OrderFlow): number {
  const count = recordCount(flow);
  const times: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    warmUp(replay, flow);
    const startMs = performance.now();
    for (let index = flow.warm; index < count; index++) replay.apply(index);
    times.push(((performance.now() - startMs) * 1e6) / (count - flow.warm));
    const reached = JSON.stringify(replay.outcome());
    assert(reached === JSON.stringify(flow.outcome), 'a replay ends where the flow was drawn to');
  }
  return Math.min(...times);
}

/** Percentiles of single operations. */
function eachOperation(replay: Replay, flow: OrderFlow): Pick<MatchCosts, 'p99Ns' | 'p999Ns' | 'maxNs'> {
  const count = recordCount(flow);
  warmUp(replay, flow);
  const tookNs = new Float64Array(count - flow.warm);
  for (let index = flow.warm; index < count; index++) {
    const startMs = performance.now();
    replay.apply(index);
    tookNs[index - flow.warm] = (performance.now() - startMs) * 1e6;
  }
  tookNs.sort();
  const at = (share: number) =>
    Math.round(tookNs[Math.min(tookNs.length - 1, Math.floor(tookNs.length * share))]!);
  return { p99Ns: at(0.99), p999Ns: at(0.999), maxNs: at(1) };
}

/** Bytes of what a book has ever touched, over the orders that were open at most. */
function bytesPerOrder(store: BookStore): number {
  const { orders, levels, pages, nodes, slots, ladders, counters } = store;
  // Rows of `levels` and `slots` are never freed one by one, so their free lists are never touched.
  const owned = [orders, pages, nodes, ladders, counters].map((table) => bytesOf(table, table.free));
  const addressed = [levels, slots].map((table) => bytesOf(table));
  return [...owned, ...addressed].reduce((sum, bytes) => sum + bytes, 0) / highWater(orders);
}

function bytesOf(table: Table, ...more: Int32Array[]): number {
  const columns = [...Object.values(table.columns), ...more];
  return columns.reduce((sum, column) => sum + column.BYTES_PER_ELEMENT, 0) * highWater(table);
}

/**
 * The same records through nodejs-order-book, again the fastest pass. It has no order that moves, so a move
 * is a cancel and a new order.
 */
function timePeer(flow: OrderFlow, ops: number): number {
  return Math.min(...Array.from({ length: PEER_PASSES }, () => timePeerPass(flow, ops)));
}

function timePeerPass(flow: OrderFlow, ops: number): number {
  const peer = new OrderBook();
  const view = new DataView(flow.bytes.buffer, flow.bytes.byteOffset, flow.bytes.byteLength);
  for (let index = 0; index < flow.warm; index++) applyToPeer(peer, view, index);
  const startMs = performance.now();
  for (let index = flow.warm; index < flow.warm + ops; index++) applyToPeer(peer, view, index);
  return ((performance.now() - startMs) * 1e6) / ops;
}

function applyToPeer(peer: OrderBook, view: DataView, index: number): void {
  const at = index * RECORD_BYTES;
  const op = view.getUint8(at);
  const side = view.getUint8(at + 1) === 0 ? PeerSide.BUY : PeerSide.SELL;
  const id = String(view.getUint32(at + 4, true));
  const price = view.getInt32(at + 8, true);
  const size = view.getUint32(at + 12, true);
  if (op === Op.reduce) {
    peer.modify(id, { size });
    return;
  }
  if (op === Op.cancel || op === Op.move) peer.cancel(id);
  if (op === Op.new || op === Op.move) peer.limit({ side, id, size, price });
  if (op === Op.ioc) peer.limit({ side, id, size, price, timeInForce: PEER_IOC });
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

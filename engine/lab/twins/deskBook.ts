import { addBook, type BookStore, createBookStore } from '../../core/book/bookStore.ts';
import { checkBook, checkNotCrossed, rowsOf } from '../../core/book/checkBook.ts';
import { commitPlan } from '../../core/book/commitPlan.ts';
import { ladderOf } from '../../core/book/ladder.ts';
import { type MakerFacts, planMatch, type Taker, wouldCross } from '../../core/book/match.ts';
import { createMatchPlan, MatchAction, type MatchPlan } from '../../core/book/matchPlan.ts';
import { findOrder, freeOrder, type OrderDraft, takeOrder } from '../../core/book/openOrder.ts';
import { packOrder, selfTradeOf, sideOf } from '../../core/book/orderTable.ts';
import { reduceOrder, removeOrder, restOrder } from '../../core/book/restOrder.ts';
import { NONE } from '../../core/memory/table.ts';
import { createUndo, putI, type Undo } from '../../core/memory/undo.ts';
import { OrderFlag, OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';
import { type BookCommand, firmOf, type Outcome, type PlaceInBook, type RestingOrder } from './plainBook.ts';

const ACCOUNTS = 256;

/** An order on its way into the book. */
interface Arrival {
  account: number;
  side: Side;
  ticks: number;
  lots: number;
  selfTrade: SelfTrade;
}

/** The desk's book under the twins' words: what `core/orders` does with it, less margin and events. */
export class DeskBook {
  readonly store: BookStore;
  readonly undo: Undo = createUndo();
  positions = new Map<number, number>();
  readonly #plan: MatchPlan;
  readonly #taker: Taker;
  readonly #facts: MakerFacts;
  #lines: Outcome = [];

  constructor({ orders = 4096, levels = 4096, entries = 4096 } = {}) {
    this.store = createBookStore({ orders, levels, nodes: levels, books: 1 });
    addBook(this.store, this.undo);
    this.#plan = createMatchPlan({ entries, accounts: ACCOUNTS });
    this.#taker = { book: 0, side: Side.buy, limitTicks: 0, lots: 0, selfTrade: SelfTrade.off, firm: NONE };
    this.#facts = {
      firmOfAccount: Int32Array.from({ length: ACCOUNTS }, (_, account) => firmOf(account)),
      closableLots: (account, _book, side) => this.#closable(account, side),
      siblingOf: () => NONE,
    };
  }

  apply(command: BookCommand): Outcome {
    this.#lines = [];
    if (command.kind === 'place') return this.#place(command);
    const row = this.#rowOf(command.id);
    if (row === NONE) return ['unknown'];
    if (command.kind === 'cancel') return this.#cancel(row);
    if (command.kind === 'reduce') return this.#reduce(row, command.lots);
    return this.#move(row, command.ticks);
  }

  /** Orders of one side as the ladder holds them. */
  queue(side: Side): RestingOrder[] {
    const c = this.store.orders.columns;
    return rowsOf(this.store, ladderOf(0, side)).map((row) => ({
      id: c.acceptedSeq[row]!,
      account: c.account[row]!,
      side: sideOf(c.packed[row]!),
      ticks: c.priceTicks[row]!,
      openLots: c.openLots[row]!,
      originalLots: c.originalLots[row]!,
    }));
  }

  /** Everything we believe of the book, summed from nothing. */
  check(): void {
    checkBook(this.store, 0);
    checkNotCrossed(this.store, 0);
  }

  positionOf(account: number): number {
    return this.positions.get(account) ?? 0;
  }

  has(id: number): boolean {
    return this.#rowOf(id) !== NONE;
  }

  #place(command: PlaceInBook): Outcome {
    const { store } = this;
    const plan = this.#plan;
    const { account, side, ticks, selfTrade, timeInForce } = command;
    const lots = command.isReduceOnly ? Math.min(command.lots, this.#closable(account, side)) : command.lots;
    if (lots === 0) return ['refused'];
    if (command.isPostOnly && wouldCross(store, 0, side, ticks)) return ['refused'];
    this.#match({ account, side, ticks, lots, selfTrade });
    if (timeInForce === 'fok' && plan.remainingLots > 0) return ['refused'];
    this.#commit(account, side);
    if (!this.#leaves(timeInForce === 'gtc')) return this.#lines;
    const row = takeOrder(store, this.undo, draftOf(command, lots, plan.remainingLots));
    restOrder(store, this.undo, ladderOf(0, side), row, ticks);
    return this.#lines;
  }

  #match(arrival: Arrival): void {
    const taker = this.#taker;
    taker.side = arrival.side;
    taker.limitTicks = arrival.ticks;
    taker.lots = arrival.lots;
    taker.selfTrade = arrival.selfTrade;
    taker.firm = firmOf(arrival.account);
    planMatch(this.store, taker, this.#facts, this.#plan);
  }

  #commit(account: number, side: Side): void {
    const { acceptedSeq, account: accountOf, priceTicks } = this.store.orders.columns;
    commitPlan(this.store, this.undo, this.#plan, (row, lots, action) => {
      const id = acceptedSeq[row]!;
      if (lots > 0) this.#lines.push(`fill ${id} ${priceTicks[row]!} ${lots}`);
      if (action === MatchAction.cut) this.#lines.push(`cut ${id}`);
      if (action === MatchAction.expireMaker) this.#lines.push(`expire ${id}`);
      const signed = side === Side.buy ? lots : -lots;
      this.positions.set(account, this.positionOf(account) + signed);
      this.positions.set(accountOf[row]!, this.positionOf(accountOf[row]!) - signed);
    });
  }

  /** Writes down how the taker ended. @returns whether it goes on to rest */
  #leaves(mayRest: boolean): boolean {
    const plan = this.#plan;
    const rests = plan.remainingLots > 0 && mayRest && !plan.isStoppedBySelfTrade && !plan.isTruncated;
    const end = plan.remainingLots === 0 ? 'filled' : `${rests ? 'rests' : 'dropped'} ${plan.remainingLots}`;
    this.#lines.push(end);
    return rests;
  }

  #closable(account: number, side: Side): number {
    const position = this.positionOf(account);
    return Math.max(0, side === Side.sell ? position : -position);
  }

  #cancel(row: number): Outcome {
    const open = this.store.orders.columns.openLots[row]!;
    removeOrder(this.store, this.undo, row);
    freeOrder(this.store, this.undo, row);
    return [`cancelled ${open}`];
  }

  #reduce(row: number, lots: number): Outcome {
    if (lots >= this.store.orders.columns.openLots[row]!) return this.#cancel(row);
    reduceOrder(this.store, this.undo, row, lots);
    return [`rests ${this.store.orders.columns.openLots[row]!}`];
  }

  #move(row: number, ticks: number): Outcome {
    const { store, undo } = this;
    const plan = this.#plan;
    const { packed, account, priceTicks, openLots } = store.orders.columns;
    const side = sideOf(packed[row]!);
    removeOrder(store, undo, row);
    this.#match({
      account: account[row]!,
      side,
      ticks,
      lots: openLots[row]!,
      selfTrade: selfTradeOf(packed[row]!),
    });
    this.#commit(account[row]!, side);
    if (this.#leaves(true)) {
      putI(undo, openLots, row, plan.remainingLots);
      putI(undo, priceTicks, row, ticks);
      restOrder(store, undo, ladderOf(0, side), row, ticks);
    } else freeOrder(store, undo, row);
    return this.#lines;
  }

  /** The twins' id stands in `acceptedSeq`; the engine's own id must lead back to the same row. */
  #rowOf(id: number): number {
    const { acceptedSeq, id: idOf } = this.store.orders.columns;
    for (const side of [Side.buy, Side.sell]) {
      const row = rowsOf(this.store, ladderOf(0, side)).find((other) => acceptedSeq[other] === id);
      if (row !== undefined) return findOrder(this.store, idOf[row]!);
    }
    return NONE;
  }
}

function draftOf(command: PlaceInBook, originalLots: number, openLots: number): OrderDraft {
  const { id, account, side, ticks, selfTrade, isReduceOnly } = command;
  return {
    account,
    packed: packOrder({
      side,
      type: OrderType.limit,
      timeInForce: TimeInForce.gtc,
      flags: isReduceOnly ? OrderFlag.reduceOnly : 0,
      selfTrade,
    }),
    priceTicks: ticks,
    originalLots,
    openLots,
    acceptedSeq: id,
    // Some orders have extras, so that rows with and without them follow each other.
    triggerTicks: 0,
    expiresAtMs: id % 5 === 0 ? id : 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: id % 3 === 0 ? id : 0,
  };
}

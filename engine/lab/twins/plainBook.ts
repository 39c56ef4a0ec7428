import { SelfTrade, Side } from '../../protocol/enums.ts';

/** What the twins are asked, in words that neither of them chose. */
export type BookCommand =
  | PlaceInBook
  | { kind: 'cancel'; id: number }
  | { kind: 'move'; id: number; ticks: number }
  | { kind: 'reduce'; id: number; lots: number };

export interface PlaceInBook {
  kind: 'place';
  id: number;
  account: number;
  side: Side;
  ticks: number;
  lots: number;
  timeInForce: 'gtc' | 'ioc' | 'fok';
  isPostOnly: boolean;
  isReduceOnly: boolean;
  selfTrade: SelfTrade;
}

/** What came of a command, line by line: `fill 7 100 5`, `cut 9`, `expire 4`, then how the order itself ended. */
export type Outcome = string[];

/** An order as both twins show it. */
export interface RestingOrder {
  id: number;
  account: number;
  side: Side;
  ticks: number;
  openLots: number;
  originalLots: number;
}

interface PlainOrder extends RestingOrder {
  isReduceOnly: boolean;
  selfTrade: SelfTrade;
  /** Place in time among orders of one price. */
  arrival: number;
}

/** Firm of an account: neighbours belong together. */
export function firmOf(account: number): number {
  return account >> 1;
}

/**
 * The book as one would explain it: a list of orders, sorted anew for every taker, and a position per
 * account. Slow on purpose; the fast book must say the same.
 */
export class PlainBook {
  #orders: PlainOrder[] = [];
  #positions = new Map<number, number>();
  #arrivals = 0;

  apply(command: BookCommand): Outcome {
    if (command.kind === 'place') return this.#place(command);
    const order = this.#orders.find((other) => other.id === command.id);
    if (order === undefined) return ['unknown'];
    if (command.kind === 'cancel') return this.#cancel(order);
    if (command.kind === 'reduce') return this.#reduce(order, command.lots);
    return this.#move(order, command.ticks);
  }

  /** Orders of one side, best price first, then first come. */
  queue(side: Side): PlainOrder[] {
    const direction = side === Side.buy ? -1 : 1;
    return this.#orders
      .filter((order) => order.side === side)
      .sort((a, b) => direction * (a.ticks - b.ticks) || a.arrival - b.arrival);
  }

  positionOf(account: number): number {
    return this.#positions.get(account) ?? 0;
  }

  #place(command: PlaceInBook): Outcome {
    const { id, account, side, ticks, isReduceOnly, selfTrade, timeInForce } = command;
    const lots = isReduceOnly ? Math.min(command.lots, this.#closable(account, side)) : command.lots;
    if (lots === 0) return ['refused'];
    if (command.isPostOnly && this.#crossing(side, ticks).length > 0) return ['refused'];
    const order = { id, account, side, ticks, openLots: lots, originalLots: lots, isReduceOnly, selfTrade };
    if (timeInForce === 'fok' && !this.#wouldFill({ ...order, arrival: 0 })) return ['refused'];
    return this.#enter({ ...order, arrival: this.#arrivals++ }, timeInForce === 'gtc');
  }

  /** Trades an order that is in no list, then lists what is left of it when it may rest. */
  #enter(taker: PlainOrder, mayRest: boolean): Outcome {
    const lines: Outcome = [];
    const isStopped = this.#trade(taker, lines);
    if (taker.openLots === 0) return [...lines, 'filled'];
    if (isStopped || !mayRest) return [...lines, `dropped ${taker.openLots}`];
    this.#orders.push(taker);
    return [...lines, `rests ${taker.openLots}`];
  }

  /** @returns whether self-trade prevention ended the taker */
  #trade(taker: PlainOrder, lines: Outcome): boolean {
    for (const maker of this.#crossing(taker.side, taker.ticks)) {
      if (taker.openLots === 0) return false;
      if (taker.selfTrade !== SelfTrade.off && firmOf(maker.account) === firmOf(taker.account)) {
        if (taker.selfTrade === SelfTrade.expireTaker) return true;
        this.#remove(maker);
        lines.push(`expire ${maker.id}`);
        if (taker.selfTrade === SelfTrade.expireBoth) return true;
        continue;
      }
      const wanted = Math.min(taker.openLots, maker.openLots);
      const lots = maker.isReduceOnly ? Math.min(wanted, this.#closable(maker.account, maker.side)) : wanted;
      if (lots > 0) lines.push(`fill ${maker.id} ${maker.ticks} ${lots}`);
      this.#exchange(taker, maker, lots);
      if (lots < wanted) lines.push(`cut ${maker.id}`);
      if (lots < wanted || maker.openLots === 0) this.#remove(maker);
    }
    return false;
  }

  #exchange(taker: PlainOrder, maker: PlainOrder, lots: number): void {
    taker.openLots -= lots;
    maker.openLots -= lots;
    for (const { account, side } of [taker, maker]) {
      this.#positions.set(account, this.positionOf(account) + (side === Side.buy ? lots : -lots));
    }
  }

  #wouldFill(order: PlainOrder): boolean {
    const trial = new PlainBook();
    trial.#orders = this.#orders.map((other) => ({ ...other }));
    trial.#positions = new Map(this.#positions);
    trial.#trade(order, []);
    return order.openLots === 0;
  }

  #crossing(side: Side, ticks: number): PlainOrder[] {
    return side === Side.buy
      ? this.queue(Side.sell).filter((order) => order.ticks <= ticks)
      : this.queue(Side.buy).filter((order) => order.ticks >= ticks);
  }

  #closable(account: number, side: Side): number {
    const position = this.positionOf(account);
    return Math.max(0, side === Side.sell ? position : -position);
  }

  #cancel(order: PlainOrder): Outcome {
    this.#remove(order);
    return [`cancelled ${order.openLots}`];
  }

  /** Smaller where it stands. */
  #reduce(order: PlainOrder, lots: number): Outcome {
    if (lots >= order.openLots) return this.#cancel(order);
    order.openLots -= lots;
    order.originalLots -= lots;
    return [`rests ${order.openLots}`];
  }

  /** A new price is a new arrival, which may trade. */
  #move(order: PlainOrder, ticks: number): Outcome {
    this.#remove(order);
    return this.#enter({ ...order, ticks, arrival: this.#arrivals++ }, true);
  }

  #remove(order: PlainOrder): void {
    this.#orders = this.#orders.filter((other) => other !== order);
  }
}

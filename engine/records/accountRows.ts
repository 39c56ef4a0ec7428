import type { EngineEvent, EventOf } from '../protocol/events/table.ts';
import { clientIdText } from './clientId.ts';
import { type OrderRow, PeopleOrders } from './peopleOrders.ts';
import type { fills, fundingPaid, interest, ledger, rejections } from './schema.ts';

/** Rows of people's accounts that are written once and never change. */
export interface EventRows {
  readonly fills: (typeof fills.$inferInsert)[];
  readonly fundingPaid: (typeof fundingPaid.$inferInsert)[];
  readonly interest: (typeof interest.$inferInsert)[];
  readonly ledger: (typeof ledger.$inferInsert)[];
  readonly rejections: (typeof rejections.$inferInsert)[];
}

/** Events about one account. A posting is about two and has a method of its own. */
export type AccountEvent = Extract<
  EngineEvent,
  {
    kind:
      | 'OrderAccepted'
      | 'OrderRejected'
      | 'OrderFilled'
      | 'OrderAmended'
      | 'OrderCancelled'
      | 'OrderTriggered'
      | 'BracketSet'
      | 'BracketOrderOpened'
      | 'FundingPaid'
      | 'InterestCharged';
  }
>;

/** What people's accounts went through since the last `take`, row by row. */
export class AccountRows {
  readonly #orders: PeopleOrders;
  #rows = noRows();

  constructor(openOrders: readonly OrderRow[]) {
    this.#orders = new PeopleOrders(openOrders);
  }

  get count(): number {
    const { fills, ledger, rejections } = this.#rows;
    return fills.length + ledger.length + rejections.length + this.#orders.changedCount;
  }

  /** @param place of the event among those of its command */
  add(event: AccountEvent, place: number): void {
    const { account, seq, timeMs } = event;
    switch (event.kind) {
      case 'OrderAccepted':
        return this.#orders.accepted(event);
      case 'OrderAmended':
        return this.#orders.amended(event);
      case 'OrderCancelled':
        return this.#orders.cancelled(event);
      case 'OrderTriggered':
        return this.#orders.triggered(event);
      case 'BracketSet':
        return this.#orders.bracketSet(event);
      case 'BracketOrderOpened':
        return this.#orders.bracketOrderOpened(event);
      case 'OrderRejected':
        return this.#rejected(event, place);
      case 'OrderFilled':
        this.#orders.filled(event);
        return this.#filled(event, place);
      case 'FundingPaid': {
        const { instrument, amount, lotSamples, ratePpb } = event;
        const row = { account, seq, place, timeMs, instrument, amountUsdE6: amount, lotSamples, ratePpb };
        this.#rows.fundingPaid.push(row);
        return;
      }
      case 'InterestCharged': {
        const { amount, ratePpmYear } = event;
        this.#rows.interest.push({ account, seq, place, timeMs, amountUsdE6: amount, ratePpmYear });
        return;
      }
    }
  }

  /** One side of a posting: `signed` > 0 came in. */
  posted(event: EventOf<'LedgerPosted'>, place: number, account: number, signed: number): void {
    const { debitAccount, creditAccount, asset, reason, instrument, seq, timeMs } = event;
    const counterAccount = account === debitAccount ? creditAccount : debitAccount;
    const standing = { account, seq, place, timeMs };
    this.#rows.ledger.push({ ...standing, counterAccount, asset, amount: signed, reason, instrument });
  }

  take(): EventRows & { readonly orders: OrderRow[] } {
    const rows = this.#rows;
    this.#rows = noRows();
    return { ...rows, orders: this.#orders.take() };
  }

  /** Lets go of what waits for these accounts. */
  forget(accounts: ReadonlySet<number>): void {
    this.#orders.forget(accounts);
    const isKept = ({ account }: { account: number }) => !accounts.has(account);
    this.#rows = {
      fills: this.#rows.fills.filter(isKept),
      fundingPaid: this.#rows.fundingPaid.filter(isKept),
      interest: this.#rows.interest.filter(isKept),
      ledger: this.#rows.ledger.filter(isKept),
      rejections: this.#rows.rejections.filter(isKept),
    };
  }

  #filled(event: EventOf<'OrderFilled'>, place: number): void {
    const { account, seq, timeMs, instrument, orderId, tradeId, side, priceTicks, lots, isMaker } = event;
    const [feeUsdE6, realizedPnlUsdE6] = [event.fee, event.realizedPnl];
    const trade = { instrument, orderId, tradeId, side, priceTicks, sizeLots: lots, isMaker };
    this.#rows.fills.push({ account, seq, place, timeMs, ...trade, feeUsdE6, realizedPnlUsdE6 });
  }

  #rejected(event: EventOf<'OrderRejected'>, place: number): void {
    const clientId = clientIdText(event);
    if (clientId === null) return;
    const { account, instrument, code, seq, timeMs } = event;
    this.#rows.rejections.push({ account, seq, place, timeMs, instrument, clientId, code });
  }
}

function noRows(): EventRows {
  return { fills: [], fundingPaid: [], interest: [], ledger: [], rejections: [] };
}

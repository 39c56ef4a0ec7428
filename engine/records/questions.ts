import type { TradeView } from '../protocol/views/market.ts';
import {
  fillsOf,
  fundingOf,
  interestOf,
  ledgerOf,
  newestFillsOf,
  orderByClientId,
  ordersById,
  ordersOf,
  workingOrderTimes,
} from './accountQueries.ts';
import type { Database } from './database.ts';
import { marginWindowsFrom } from './marginWindows.ts';
import { type CandleRange, candlesIn, fundingRatesOf, gapsIn, recentTrades } from './marketQueries.ts';
import type {
  CandleRecord,
  ClientIdRecord,
  FillRecord,
  FundingRateRecord,
  FundingRecord,
  Gap,
  InterestRecord,
  LedgerRecord,
  MarginWindowRecord,
  OrderRecord,
  Page,
} from './views.ts';

/** Everything the records can be asked, as data that goes to another thread. Answers are newest first, candles oldest first. */
export type Question =
  | { kind: 'fills'; account: number; page: Page }
  /** The newest of several accounts together. */
  | { kind: 'newestFills'; accounts: readonly number[]; limit: number }
  | { kind: 'funding'; account: number; page: Page }
  | { kind: 'interest'; account: number; page: Page }
  | { kind: 'ledger'; account: number; page: Page }
  | { kind: 'workingOrderTimes' }
  | { kind: 'orders'; account: number; beforeOrderId?: number; limit: number }
  | { kind: 'ordersById'; account: number; orderIds: readonly number[] }
  /** `clientId`: 32 hex digits. */
  | { kind: 'orderByClientId'; account: number; clientId: string }
  | ({ kind: 'candles' } & CandleRange)
  | { kind: 'trades'; instrument: number; limit: number }
  | { kind: 'fundingRates'; instrument: number; beforeSeq?: number; limit: number }
  /** Of all accounts, oldest first. */
  | { kind: 'marginWindows'; fromMs: number }
  | { kind: 'gaps' };

export interface Answers {
  fills: FillRecord[];
  newestFills: FillRecord[];
  funding: FundingRecord[];
  interest: InterestRecord[];
  ledger: LedgerRecord[];
  workingOrderTimes: { orderId: number; acceptedMs: number }[];
  orders: OrderRecord[];
  ordersById: OrderRecord[];
  orderByClientId: ClientIdRecord | undefined;
  candles: CandleRecord[];
  trades: TradeView[];
  fundingRates: FundingRateRecord[];
  marginWindows: MarginWindowRecord[];
  gaps: Gap[];
}

/** @fails AssertionError when the question asks for too much or makes no sense */
export function answerFrom(database: Database, question: Question): Promise<Answers[Question['kind']]> {
  switch (question.kind) {
    case 'fills':
      return fillsOf(database, question.account, question.page);
    case 'newestFills':
      return newestFillsOf(database, question.accounts, question.limit);
    case 'funding':
      return fundingOf(database, question.account, question.page);
    case 'interest':
      return interestOf(database, question.account, question.page);
    case 'ledger':
      return ledgerOf(database, question.account, question.page);
    case 'orders':
      return ordersOf(database, question.account, question);
    case 'ordersById':
      return ordersById(database, question.account, question.orderIds);
    case 'workingOrderTimes':
      return workingOrderTimes(database);
    case 'orderByClientId':
      return orderByClientId(database, question.account, question.clientId);
    case 'candles':
      return candlesIn(database, question);
    case 'trades':
      return recentTrades(database, question.instrument, question.limit);
    case 'fundingRates':
      return fundingRatesOf(database, question.instrument, question);
    case 'marginWindows':
      return marginWindowsFrom(database, question.fromMs);
    case 'gaps':
      return gapsIn(database);
  }
}

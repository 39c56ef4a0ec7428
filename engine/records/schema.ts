import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/**
 * Version of the tables. Records of another version are rebuilt; change it with any column.
 */
export const RECORDS_VERSION = 3;

/** Integers up to 2^53, read back as numbers. */
const whole = (name: string) => bigint(name, { mode: 'number' }).notNull();
const small = (name: string) => integer(name).notNull();

/** Where a row stands: the command, and the event's place among those of the command. No two events share it. */
const standing = () => ({
  account: small('account'),
  seq: whole('seq'),
  place: small('place'),
  timeMs: whole('time_ms'),
});

/** The one row that says how far everything else goes; written with the rows it speaks of. */
export const progress = pgTable('progress', {
  id: integer('id').primaryKey(),
  version: small('version'),
  seq: whole('seq'),
  timeMs: whole('time_ms'),
});

/** One side of a trade, for people's accounts. */
export const fills = pgTable(
  'fills',
  {
    ...standing(),
    instrument: small('instrument'),
    orderId: whole('order_id'),
    tradeId: whole('trade_id'),
    side: small('side'),
    priceTicks: whole('price_ticks'),
    sizeLots: whole('size_lots'),
    isMaker: small('is_maker'),
    feeUsdE6: whole('fee_usd_e6'),
    realizedPnlUsdE6: whole('realized_pnl_usd_e6'),
  },
  (table) => [primaryKey({ columns: [table.account, table.seq, table.place] })],
);

export const fundingPaid = pgTable(
  'funding_paid',
  {
    ...standing(),
    instrument: small('instrument'),
    /** Positive: received. */
    amountUsdE6: whole('amount_usd_e6'),
    lotSamples: whole('lot_samples'),
    ratePpb: whole('rate_ppb'),
  },
  (table) => [primaryKey({ columns: [table.account, table.seq, table.place] })],
);

export const interest = pgTable(
  'interest',
  { ...standing(), amountUsdE6: whole('amount_usd_e6'), ratePpmYear: whole('rate_ppm_year') },
  (table) => [primaryKey({ columns: [table.account, table.seq, table.place] })],
);

/** A posting seen from one account: positive came in. Between two people there are two rows. */
export const ledger = pgTable(
  'ledger',
  {
    ...standing(),
    counterAccount: small('counter_account'),
    asset: small('asset'),
    /** In the asset's smallest unit. */
    amount: whole('amount'),
    reason: small('reason'),
    /** −1 where there is none. */
    instrument: small('instrument'),
  },
  (table) => [primaryKey({ columns: [table.account, table.seq, table.place] })],
);

/** People's orders, open and ended. */
export const orders = pgTable(
  'orders',
  {
    orderId: bigint('order_id', { mode: 'number' }).primaryKey(),
    account: small('account'),
    instrument: small('instrument'),
    /** 32 hex digits; null when the client gave none. */
    clientId: text('client_id'),
    side: small('side'),
    type: small('type'),
    timeInForce: small('time_in_force'),
    flags: small('flags'),
    priceTicks: whole('price_ticks'),
    sizeLots: whole('size_lots'),
    openLots: whole('open_lots'),
    filledLots: whole('filled_lots'),
    /** Σ price in ticks × lots of its fills. */
    filledTickLots: whole('filled_tick_lots'),
    feeUsdE6: whole('fee_usd_e6'),
    triggerTicks: whole('trigger_ticks'),
    /** What closes the fills of an entry: triggers and limits, 0 for none. */
    takeProfitTicks: whole('take_profit_ticks'),
    takeProfitLimitTicks: whole('take_profit_limit_ticks'),
    stopLossTicks: whole('stop_loss_ticks'),
    stopLossLimitTicks: whole('stop_loss_limit_ticks'),
    /** Of an order that closes an entry's fills: which, and as what (BracketRole); 0 for others. */
    entryOrderId: whole('entry_order_id'),
    bracketRole: small('bracket_role'),
    expiresAtMs: whole('expires_at_ms'),
    acceptedSeq: whole('accepted_seq'),
    acceptedMs: whole('accepted_ms'),
    /** Place in ORDER_STATES. */
    state: small('state'),
    /** 0 while it is open. */
    endedSeq: whole('ended_seq'),
    endedMs: whole('ended_ms'),
    /** A CancelReason; −1 unless it was cancelled. */
    cancelReason: small('cancel_reason'),
  },
  (table) => [
    index('orders_by_account').on(table.account, table.orderId),
    index('orders_by_client_id').on(table.account, table.clientId),
  ],
);

/** Orders that were refused, where a client gave them a name by which to ask. */
export const rejections = pgTable(
  'rejections',
  {
    ...standing(),
    instrument: small('instrument'),
    clientId: text('client_id').notNull(),
    code: small('code'),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.seq, table.place] }),
    index('rejections_by_client_id').on(table.account, table.clientId),
  ],
);

/** Everybody's trades, the last few of each instrument. */
export const trades = pgTable(
  'trades',
  {
    instrument: small('instrument'),
    tradeId: whole('trade_id'),
    seq: whole('seq'),
    timeMs: whole('time_ms'),
    takerSide: small('taker_side'),
    priceTicks: whole('price_ticks'),
    sizeLots: whole('size_lots'),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.tradeId] })],
);

/** Everybody's trades by the minute, which are let go after a month, and by the hour. */
export const candles = pgTable(
  'candles',
  {
    instrument: small('instrument'),
    intervalMs: whole('interval_ms'),
    openMs: whole('open_ms'),
    openTicks: whole('open_ticks'),
    highTicks: whole('high_ticks'),
    lowTicks: whole('low_ticks'),
    closeTicks: whole('close_ticks'),
    sizeLots: whole('size_lots'),
    /** Σ price in ticks × lots. */
    tickLots: whole('tick_lots'),
    tradeCount: whole('trade_count'),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.intervalMs, table.openMs] })],
);

export const fundingRates = pgTable(
  'funding_rates',
  {
    instrument: small('instrument'),
    seq: whole('seq'),
    timeMs: whole('time_ms'),
    ratePpb: whole('rate_ppb'),
    premiumPpb: whole('premium_ppb'),
    samples: small('samples'),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.seq] })],
);

/**
 * How near accounts came to liquidation, the worst of every five minutes. Looked at, not told by events: what is lost
 * with the tables cannot be made again, and stays a gap.
 */
export const marginWindows = pgTable(
  'margin_windows',
  {
    account: small('account'),
    startMs: whole('start_ms'),
    /** Smallest joint distance, σ-days × 10 000; −1 while nothing was at risk. */
    sigmasE4: whole('sigmas_e4'),
    /** Largest maintenance ÷ equity; −1 is infinite. */
    ratioPpm: whole('ratio_ppm'),
    /** Minutes of the window in which somebody looked: bit 0 is its first. */
    seenMinutes: small('seen_minutes'),
  },
  (table) => [primaryKey({ columns: [table.account, table.startMs] })],
);

/** Commands whose events nobody can give any more: history that is known to be missing. */
export const gaps = pgTable('gaps', {
  firstSeq: bigint('first_seq', { mode: 'number' }).primaryKey(),
  lastSeq: whole('last_seq'),
});

/** Every table, in the order a checkpoint holds them. */
export const tables = {
  progress,
  fills,
  fundingPaid,
  interest,
  ledger,
  orders,
  rejections,
  trades,
  candles,
  fundingRates,
  marginWindows,
  gaps,
} as const;

/** Tables whose rows belong to one account. */
export const accountTables = [
  fills,
  fundingPaid,
  interest,
  ledger,
  orders,
  rejections,
  marginWindows,
] as const;

/** The words for `orders.state`, by number. */
export const ORDER_STATES = ['open', 'parked', 'filled', 'cancelled'] as const;
export const OrderStateCode = { open: 0, parked: 1, filled: 2, cancelled: 3 } as const;

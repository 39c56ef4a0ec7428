import { RISK_CELLS } from '../pricing/riskVector.ts';
import type { Limits } from '../protocol/commands/types.ts';
import { assert } from '../units/assert.ts';
import {
  ACCOUNT_LAYOUT,
  BALANCE_LAYOUT,
  FIRM_LAYOUT,
  FIRM_VOLUME_LAYOUT,
  LEVERAGE_CAP_LAYOUT,
  VOLUME_DAYS,
} from './accounts/accountTable.ts';
import { AGENT_LAYOUT, NONCE_LAYOUT } from './accounts/agentTable.ts';
import { createDirectory, type Directory } from './accounts/directory.ts';
import { EXPOSURE_LAYOUT, POSITION_LAYOUT } from './accounts/positionTable.ts';
import { type BookStore, createBookStore, tablesOf } from './book/bookStore.ts';
import { AGENTS_MAX } from './book/orderTable.ts';
import { STAKE_LAYOUT } from './caps/stakeTable.ts';
import { NODE_LAYOUT } from './firms/nodeTable.ts';
import {
  CORRELATION_LAYOUT,
  INSTRUMENT_LAYOUT,
  MATURITY_LAYOUT,
  UNDERLYING_LAYOUT,
} from './instruments/instrumentTable.ts';
import {
  ASSET_LIMIT_LAYOUT,
  CLASS_LIMIT_LAYOUT,
  LIMIT_LAYOUT,
  LIMITED_NODE_LAYOUT,
  LIMITED_NODES_MAX,
  REACH_LAYOUT,
  UNDERLYING_CLASSES,
} from './limits/limitTables.ts';
import { UNDERLYINGS_MAX } from './margin/parameters.ts';
import { COLLATERAL_ROWS_MAX } from './margin/portfolio.ts';
import { createDenseTable, createTable, type Table } from './memory/table.ts';
import { NETTING_LAYOUT } from './moves/nettingTable.ts';
import { OPTION_LAYOUT, RISK_CELL_LAYOUT } from './options/optionTable.ts';
import { AVERAGE_LAYOUT, AVERAGE_SAMPLE_LAYOUT, SAMPLES_PER_AVERAGE } from './oracle/averageTable.ts';
import { ISOLATION_LAYOUT, MOVE_LAYOUT, MOVE_SLOTS } from './oracle/isolationTable.ts';
import { MULTIPLIER_LAYOUT } from './oracle/multiplierTable.ts';
import { SOURCE_LAYOUT, SOURCES_PER_UNDERLYING } from './oracle/sourceTable.ts';
import { BRACKET_LAYOUT, BRACKET_LINK_LAYOUT } from './orders/bracketTable.ts';
import { CLIENT_ID_LAYOUT, clientIdSlots } from './orders/clientIdTable.ts';
import { EXPIRY_LAYOUT } from './orders/expiryTable.ts';
import { CREDIT_LAYOUT } from './settlement/creditTable.ts';

/** Facts of which there is one. */
const GLOBAL_LAYOUT = {
  seq: 'f64',
  timeMs: 'f64',
  lastTradeId: 'f64',
  /** Hour (timeMs ÷ 1 h) up to which interest was charged. */
  interestHour: 'f64',
  /** Day (timeMs ÷ 1 d) up to which fee tiers were set. */
  tierDay: 'f64',
  /** Running mix of every event lane since genesis. */
  eventHash: 'i32',
  expiryCount: 'i32',
  /** Sequence that last changed a volatility multiplier: parameters made before are old. */
  multiplierSeq: 'f64',
  /** Sequence that last changed a firm's tree, or what holds in it. */
  treeSeq: 'f64',
  /** The account whose margin was looked at last for calls. */
  callCursor: 'f64',
  /** Since when this day's gains and losses are counted: its first tick; 0 before any. */
  daySinceMs: 'f64',
  /** The account whose worth was looked at last for limits of a day's loss. */
  dayCursor: 'f64',
  /** What the settlement currency itself is worth, ppm of a dollar; 0 before the first report. */
  settlementPricePpm: 'f64',
  /** The last tick, and since when ticks have come without a pause of the engine. */
  tickMs: 'f64',
  awakeMs: 'f64',
  /** Deposits credited so far: the number of the next one. */
  depositCursor: 'f64',
  /** Number of the last withdrawal that was authorised; 0 before any. */
  withdrawalNonce: 'f64',
} as const;

/**
 * Everything the engine knows. Hot facts are rows of tables; names, labels and keys, which change by
 * the day, are the directory. Snapshots, hashes and forks take `tables` and the directory, nothing else.
 */
export interface State {
  readonly limits: Limits;
  readonly tables: readonly Table[];
  readonly globals: Table<typeof GLOBAL_LAYOUT>;
  readonly accounts: Table<typeof ACCOUNT_LAYOUT>;
  readonly balances: Table<typeof BALANCE_LAYOUT>;
  readonly credits: Table<typeof CREDIT_LAYOUT>;
  readonly firms: Table<typeof FIRM_LAYOUT>;
  readonly firmVolumes: Table<typeof FIRM_VOLUME_LAYOUT>;
  readonly exposures: Table<typeof EXPOSURE_LAYOUT>;
  readonly nodes: Table<typeof NODE_LAYOUT>;
  readonly nettings: Table<typeof NETTING_LAYOUT>;
  readonly limitedNodes: Table<typeof LIMITED_NODE_LAYOUT>;
  readonly nodeLimits: Table<typeof LIMIT_LAYOUT>;
  readonly classLimits: Table<typeof CLASS_LIMIT_LAYOUT>;
  readonly assetLimits: Table<typeof ASSET_LIMIT_LAYOUT>;
  readonly reaches: Table<typeof REACH_LAYOUT>;
  readonly stakes: Table<typeof STAKE_LAYOUT>;
  readonly leverageCaps: Table<typeof LEVERAGE_CAP_LAYOUT>;
  readonly positions: Table<typeof POSITION_LAYOUT>;
  readonly agents: Table<typeof AGENT_LAYOUT>;
  readonly nonces: Table<typeof NONCE_LAYOUT>;
  readonly underlyings: Table<typeof UNDERLYING_LAYOUT>;
  readonly correlations: Table<typeof CORRELATION_LAYOUT>;
  readonly sources: Table<typeof SOURCE_LAYOUT>;
  readonly multipliers: Table<typeof MULTIPLIER_LAYOUT>;
  readonly averages: Table<typeof AVERAGE_LAYOUT>;
  readonly averageSamples: Table<typeof AVERAGE_SAMPLE_LAYOUT>;
  readonly isolations: Table<typeof ISOLATION_LAYOUT>;
  readonly moves: Table<typeof MOVE_LAYOUT>;
  readonly instruments: Table<typeof INSTRUMENT_LAYOUT>;
  readonly maturities: Table<typeof MATURITY_LAYOUT>;
  readonly options: Table<typeof OPTION_LAYOUT>;
  readonly riskCells: Table<typeof RISK_CELL_LAYOUT>;
  readonly clientIds: Table<typeof CLIENT_ID_LAYOUT>;
  readonly expiries: Table<typeof EXPIRY_LAYOUT>;
  readonly brackets: Table<typeof BRACKET_LAYOUT>;
  readonly bracketLinks: Table<typeof BRACKET_LINK_LAYOUT>;
  readonly book: BookStore;
  directory: Directory;
}

/** Nonces kept per agent: a replay lower than all of them is refused by that alone. */
export const NONCES_PER_AGENT = 100;

/** An order book and a trigger book. */
const BOOKS_PER_INSTRUMENT = 2;

/** Tree nodes set aside for each price level; neighbours share theirs, so a real book needs under one. */
const NODES_PER_LEVEL = 2;

export function createState(limits: Limits): State {
  // The settlement currency is an asset without a row.
  const isHeld = limits.underlyings <= UNDERLYINGS_MAX && limits.assets - 1 <= COLLATERAL_ROWS_MAX;
  assert(isHeld, 'a portfolio has a row for every underlying and asset that may be listed');
  assert(limits.agents <= AGENTS_MAX, 'an order can name every agent');
  const table = createTable;
  const dense = createDenseTable;
  const book = createBookStore({
    orders: limits.orders,
    levels: limits.levels,
    nodes: limits.levels * NODES_PER_LEVEL + limits.instruments * BOOKS_PER_INSTRUMENT * 2,
    books: limits.instruments * BOOKS_PER_INSTRUMENT,
  });
  // As many groups as accounts, and a root each.
  const nodes = 2 * limits.accounts + limits.firms;
  const limited = Math.min(nodes, LIMITED_NODES_MAX);
  const hot = {
    globals: dense('globals', 1, GLOBAL_LAYOUT),
    accounts: table('accounts', limits.accounts, ACCOUNT_LAYOUT),
    balances: dense('balances', limits.accounts * limits.assets, BALANCE_LAYOUT),
    credits: dense('credits', limits.assets, CREDIT_LAYOUT),
    firms: table('firms', limits.firms, FIRM_LAYOUT),
    firmVolumes: dense('firmVolumes', limits.firms * VOLUME_DAYS, FIRM_VOLUME_LAYOUT),
    // Each group has one at most, and there are as many groups as accounts.
    nettings: table('nettings', limits.accounts + limits.firms, NETTING_LAYOUT),
    nodes: table('nodes', nodes, NODE_LAYOUT),
    limitedNodes: table('limitedNodes', limited, LIMITED_NODE_LAYOUT),
    nodeLimits: table('nodeLimits', limited * 2, LIMIT_LAYOUT),
    classLimits: table('classLimits', limited * 2 * UNDERLYING_CLASSES, CLASS_LIMIT_LAYOUT),
    assetLimits: table('assetLimits', limited * 2 * limits.underlyings, ASSET_LIMIT_LAYOUT),
    reaches: table('reaches', limited * limits.underlyings, REACH_LAYOUT),
    exposures: table('exposures', limits.firms * limits.instruments, EXPOSURE_LAYOUT),
    stakes: table('stakes', limits.firms * limits.underlyings, STAKE_LAYOUT),
    leverageCaps: table('leverageCaps', limits.accounts * limits.underlyings, LEVERAGE_CAP_LAYOUT),
    positions: table('positions', limits.positions, POSITION_LAYOUT),
    agents: table('agents', limits.agents, AGENT_LAYOUT),
    nonces: table('nonces', limits.agents * NONCES_PER_AGENT, NONCE_LAYOUT),
    underlyings: table('underlyings', limits.underlyings, UNDERLYING_LAYOUT),
    correlations: dense('correlations', limits.underlyings * limits.underlyings, CORRELATION_LAYOUT),
    // One block more: the settlement currency has sources of its own.
    sources: dense('sources', (limits.underlyings + 1) * SOURCES_PER_UNDERLYING, SOURCE_LAYOUT),
    multipliers: dense('multipliers', limits.underlyings, MULTIPLIER_LAYOUT),
    averages: dense('averages', limits.underlyings, AVERAGE_LAYOUT),
    averageSamples: dense('averageSamples', limits.underlyings * SAMPLES_PER_AVERAGE, AVERAGE_SAMPLE_LAYOUT),
    isolations: dense('isolations', limits.underlyings, ISOLATION_LAYOUT),
    moves: dense('moves', limits.underlyings * MOVE_SLOTS, MOVE_LAYOUT),
    instruments: table('instruments', limits.instruments, INSTRUMENT_LAYOUT),
    // Each listing opens one at most.
    maturities: table('maturities', limits.instruments, MATURITY_LAYOUT),
    options: table('options', limits.instruments, OPTION_LAYOUT),
    riskCells: table('riskCells', limits.instruments * RISK_CELLS, RISK_CELL_LAYOUT),
    clientIds: dense('clientIds', clientIdSlots(limits.orders), CLIENT_ID_LAYOUT),
    expiries: dense('expiries', limits.orders, EXPIRY_LAYOUT),
    // Each has an open order of its own at least, besides the one that is on its way.
    brackets: table('brackets', limits.orders + 1, BRACKET_LAYOUT),
    bracketLinks: table('bracketLinks', limits.orders, BRACKET_LINK_LAYOUT),
  };
  const tables: Table[] = [...(Object.values(hot) as unknown as Table[]), ...tablesOf(book)];
  return { limits, tables, ...hot, book, directory: createDirectory() };
}

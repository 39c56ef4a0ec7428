// Goal: whatever is moved between whatever is traded, nothing is made or lost. How: random flow on every kind of
// instrument, past an expiry, mixed with transfers, ports, crossings, windows and unwinds; before and after each, what
// every account holds is read from the tables and compared in whole units. The seed reproduces a failure.
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, type Desk, MAKER, OTHER, only, VOL } from '../../lab/fixtures/desk.ts';
import { seeds } from '../../lab/fixtures/longRun.ts';
import { randomFlow, sequence } from '../../lab/fixtures/randomFlow.ts';
import type { Action, CollateralTransfer, PortPosition } from '../../protocol/commands/actions.ts';
import { encodeEnvelope } from '../../protocol/commands/envelope.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { OK } from '../../protocol/errors.ts';
import { apply } from '../apply.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, FEES, USDC } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 900);
const ACCOUNTS = [BASIS, ALTS, VOL, MAKER, OTHER];
const ASSETS = ['USDC', 'BTC', 'ETH'];

type Below = (n: number) => number;

test.each(seeds(3))('P3: moves among trades conserve lots, cost and cash to the unit (seed %i)', (seed) => {
  const desk = openContractDesk();
  const flow = randomFlow(seed);
  const below = sequence(seed + 70);
  const done = new Map<string, number>();
  const log: [number, number, Uint8Array][] = [];
  const start = saveState(desk.engine.state);
  for (let count = 0; count < COMMANDS; count++) {
    const command: Command = below(10) < 5 ? flow.next(desk) : propose(desk, randomMove(below, desk));
    if (command.kind === 'Propose') {
      const isDone = judgeMove(desk, command.action, command, count % 16 === 0);
      if (isDone) done.set(command.action.kind, (done.get(command.action.kind) ?? 0) + 1);
    } else desk.run(command);
    const { seq, timeMs } = desk.engine.state.globals.columns;
    log.push([seq[0]!, timeMs[0]!, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined })]);
    if (count % 32 === 0) checkInvariants(desk.engine.state);
  }
  checkInvariants(desk.engine.state);
  const engine = restoreState(start);
  for (const [seq, timeMs, bytes] of log) {
    engine.out.reset();
    apply(engine, seq, timeMs, bytes);
  }
  expect(stateHash(engine.state)).toBe(stateHash(desk.engine.state));
  for (const kind of [
    'Transfer',
    'TransferMany',
    'PortPosition',
    'NetPositions',
    'SetNettingWindow',
    'Unwind',
  ])
    expect([kind, (done.get(kind) ?? 0) >= 5]).toEqual([kind, true]);
});

/** In the firm of the account that gives; a crossing in the sandbox's own. */
function propose(desk: Desk, action: Action): Command {
  const from =
    action.kind === 'TransferMany' ? action.transfers[0]!.from : 'from' in action ? action.from : BASIS;
  const account = action.kind === 'Unwind' ? action.account : from;
  return { kind: 'Propose', firm: desk.engine.state.accounts.columns.firm[account]!, action };
}

/** Runs one move and holds what it did against what it may do. @returns whether it was done */
function judgeMove(desk: Desk, action: Action, command: Command, isTriedFirst: boolean): boolean {
  const { engine } = desk;
  if (isTriedFirst) {
    const hash = stateHash(engine.state);
    desk.tryOut(command);
    expect(stateHash(engine.state)).toBe(hash);
  }
  const before = bookOf(desk);
  const events = desk.run(command);
  const after = bookOf(desk);
  // What an unwind leaves is said with a code, and it is done all the same.
  if (only(events, 'CommandApplied').code !== OK) {
    expect(
      events.filter(
        ({ kind }) => kind !== 'CommandApplied' && !kind.startsWith('Order') && kind !== 'LevelChanged',
      ),
    ).toEqual([]);
    return false;
  }
  if (action.kind === 'Unwind') {
    expect(after.size[action.account]! <= before.size[action.account]!).toBe(true);
    expect(engine.state.accounts.columns.orderCount[action.account]).toBe(0);
    return true;
  }
  // Nothing is traded and no fee is paid; entry values and what was booked of them sum to the same.
  expect(all(events, 'Traded')).toEqual([]);
  expect(after.fees).toBe(before.fees);
  expect(after.entryValue + after.clearing).toBe(before.entryValue + before.clearing);
  expect(sum(after.cash) + after.clearing).toBe(sum(before.cash) + before.clearing);
  expect(after.coins).toEqual(before.coins);
  if (action.kind === 'NetPositions') expect(after.worth).toEqual(before.worth);
  if (action.kind === 'PortPosition') judgePort(desk, action, before, after);
  if (action.kind === 'Transfer') expect(engine.risk.judgeStanding(action.from)).toBe(OK);
  return true;
}

function judgePort(desk: Desk, action: PortPosition, before: Book, after: Book): void {
  const { from, to, instrument, lots, priceTicks } = action;
  const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
  const key = `${from}/${instrument}`;
  const moved = (before.lots.get(key) ?? 0) > 0 ? lots : -lots;
  expect((after.lots.get(key) ?? 0) - (before.lots.get(key) ?? 0)).toBe(-moved + 0);
  const other = `${to}/${instrument}`;
  expect((after.lots.get(other) ?? 0) - (before.lots.get(other) ?? 0)).toBe(moved);
  // What the price differs from the mark is all that one side gains and the other gives.
  const usdPerLot = priceTicks === 0 ? mark[instrument]! : priceTicks * usdPerTickLot[instrument]!;
  const gained = moved * (usdPerLot - mark[instrument]!);
  expect(after.worth[from]! - before.worth[from]! - gained + 0).toBe(0);
  expect(after.worth[to]! - before.worth[to]! + gained + 0).toBe(0);
  for (const account of [from, to]) expect(desk.engine.risk.judgeStanding(account)).toBe(OK);
}

/** What all accounts hold, summed from the tables. */
interface Book {
  fees: number;
  clearing: number;
  entryValue: number;
  cash: number[];
  /** Per account: USDC and unrealized profit at the mark. */
  worth: number[];
  /** Per account: Σ |lots|. */
  size: number[];
  /** Per coin: Σ over people's accounts. */
  coins: number[];
  lots: Map<string, number>;
}

function bookOf({ engine: { state } }: Desk): Book {
  const p = state.positions.columns;
  const book: Book = {
    fees: balanceOf(state, FEES, USDC),
    clearing: balanceOf(state, CLEARING, USDC),
    entryValue: 0,
    cash: [],
    worth: [],
    size: [],
    coins: [0, 0, 0],
    lots: new Map(),
  };
  for (let account = BASIS; account < highWater(state.accounts); account++) {
    const cash = balanceOf(state, account, USDC);
    let [unrealized, size] = [0, 0];
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      const lots = p.lots[row]!;
      unrealized += lots * state.instruments.columns.mark[instrument]! - p.entryValue[row]!;
      size += Math.abs(lots);
      book.entryValue += p.entryValue[row]!;
      book.lots.set(`${account}/${instrument}`, lots);
    }
    book.cash[account] = cash;
    book.worth[account] = cash + unrealized;
    book.size[account] = size;
    for (const asset of [1, 2]) book.coins[asset] = book.coins[asset]! + balanceOf(state, account, asset);
  }
  return book;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + (value ?? 0), 0);
}

function randomMove(below: Below, desk: Desk): Action {
  const { state } = desk.engine;
  const node = state.firms.columns.root[1]!;
  const dice = below(20);
  if (dice < 5) return { kind: 'Transfer', ...randomTransfer(below, desk) };
  if (dice < 7) {
    const first = randomTransfer(below, desk);
    const rest = Array.from({ length: below(3) }, () => ({
      ...randomTransfer(below, desk),
      from: first.from,
    }));
    return { kind: 'TransferMany', transfers: [first, ...rest] };
  }
  if (dice < 14) return randomPort(below, desk);
  if (dice < 18)
    return { kind: 'NetPositions', node, instrument: someInstrument(below, desk, someone(below)) };
  if (dice < 19) {
    const everyMinutes = [0, 5, 10, 60, 7][below(5)]!;
    return { kind: 'SetNettingWindow', node, everyMinutes, startMinuteUtc: below(1_440) };
  }
  return { kind: 'Unwind', account: someone(below) };
}

const someone = (below: Below) => ACCOUNTS[below(ACCOUNTS.length)]!;

function randomTransfer(below: Below, desk: Desk): CollateralTransfer {
  const from = someone(below);
  const asset = below(ASSETS.length);
  const has = Math.max(0, balanceOf(desk.engine.state, from, asset));
  return {
    from,
    to: someone(below),
    asset: ASSETS[asset]!,
    amount: 1 + Math.floor((has / 900) * below(1_000)),
  };
}

function randomPort(below: Below, desk: Desk): PortPosition {
  const { state } = desk.engine;
  const from = someone(below);
  const instrument = someInstrument(below, desk, from);
  const { mark, usdPerTickLot } = state.instruments.columns;
  const held = Math.abs(bookOf(desk).lots.get(`${from}/${instrument}`) ?? 0);
  const ticks = Math.round(
    (mark[instrument]! / usdPerTickLot[instrument]!) * (1 + (below(121) - 60) / 1_000),
  );
  const priceTicks = below(2) === 0 ? 0 : Math.max(1, ticks);
  return {
    kind: 'PortPosition',
    from,
    to: someone(below),
    instrument,
    lots: 1 + below(held + 2),
    priceTicks,
  };
}

/** One that the account has a row for; some other when it has none. */
function someInstrument(below: Below, desk: Desk, account: number): number {
  const { positions, accounts } = desk.engine.state;
  const rows: number[] = [];
  const { next, instrument } = positions.columns;
  for (let row = accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!)
    rows.push(instrument[row]!);
  return rows.length === 0 ? below(16) : rows[below(rows.length)]!;
}

// Goal: a change set is its parts and nothing more: whatever they are, cash, coins, lots and cost are conserved; done
// whole or not at all; the same as its parts one after the other where each passes; and independent parts may stand in
// any order. How: random flow on every kind of instrument, random sets in between, all that accounts hold compared in
// whole units. The seed reproduces a failure.
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  OTHER,
  only,
  SOL,
  VOL,
} from '../../lab/fixtures/desk.ts';
import { seeds } from '../../lab/fixtures/longRun.ts';
import { randomFlow, sequence } from '../../lab/fixtures/randomFlow.ts';
import type { Action, ChangePart, ChangeSet } from '../../protocol/commands/actions.ts';
import { encodeEnvelope } from '../../protocol/commands/envelope.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { apply } from '../apply.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, FEES, USDC } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 700);
const FIRM = 1;
const OWN = [BASIS, ALTS, VOL];
const ANY = [...OWN, MAKER, OTHER];
const ASSETS = ['USDC', 'BTC', 'ETH'];
const MARGIN = new Set([
  'margin.initialInsufficient',
  'margin.debtLimit',
  'margin.bookTooLarge',
  'oracle.stale',
]);

type Below = (n: number) => number;

test.each(seeds(3))('random sets between random trades (seed %i)', (seed) => {
  const desk = thinDesk();
  const flow = randomFlow(seed);
  const below = sequence(seed + 170);
  const seen = { done: 0, onlyTogether: 0, refused: 0, byMargin: 0, permuted: 0 };
  const log: [number, number, Uint8Array][] = [];
  const start = saveState(desk.engine.state);
  const run = (command: Command) => {
    const events = desk.run(command);
    const { seq, timeMs } = desk.engine.state.globals.columns;
    log.push([seq[0]!, timeMs[0]!, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined })]);
    return events;
  };
  for (let count = 0; count < COMMANDS; count++) {
    if (below(10) < 6) {
      run(flow.next(desk));
      continue;
    }
    const set = randomSet(below, desk);
    const oneByOne = attempt(desk, () => inTurn(desk, set));
    const before = bookOf(desk);
    const events = run(propose(set));
    const after = bookOf(desk);
    if (desk.code === undefined) {
      seen.done++;
      conserves(before, after);
      expect(all(events, 'Traded')).toEqual([]);
      if (oneByOne.code === undefined) expect(after).toEqual(oneByOne.book);
      else seen.onlyTogether++;
      // What passes together and not in turn was refused for margin, and for nothing else.
      if (oneByOne.code !== undefined) expect(MARGIN).toContain(oneByOne.code);
    } else {
      seen.refused++;
      expect(after).toEqual(before);
      const { part } = only(events, 'ChangeSetRefused');
      if (MARGIN.has(desk.code)) seen.byMargin++;
      else if (!MARGIN.has(oneByOne.code!)) expect([oneByOne.code, oneByOne.part]).toEqual([desk.code, part]);
      // Each part passing in turn, all of them pass together.
      expect(oneByOne.code).toBeDefined();
    }
    if (count % 4 === 0 && isSameInAnyOrder(below, desk)) seen.permuted++;
    if (count % 32 === 0) checkInvariants(desk.engine.state);
  }
  checkInvariants(desk.engine.state);
  const engine = restoreState(start);
  for (const [seq, timeMs, bytes] of log) {
    engine.out.reset();
    apply(engine, seq, timeMs, bytes);
  }
  expect(stateHash(engine.state)).toBe(stateHash(desk.engine.state));
  for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
});

/** Accounts with so little of their own that much of what alone is too much for them passes together. */
function thinDesk(): Desk {
  const desk = openContractDesk();
  for (const from of OWN)
    for (const [place, asset] of ASSETS.entries()) {
      const kept = place === 0 ? 20_000 * 1e6 : 1e6;
      const amount = balanceOf(desk.engine.state, from, place) - kept;
      if (amount > 0) desk.accept(propose({ kind: 'Transfer', from, to: OTHER, asset, amount }));
    }
  return desk;
}

/** Parts that touch no position and no coin of another, and take no cash, in their order and in another. */
function isSameInAnyOrder(below: Below, desk: Desk): boolean {
  const parts: ChangePart[] = [];
  for (const instrument of [BTC, ETH, SOL]) {
    const [from, to] = pair(below);
    const held = Math.abs(lotsOf(desk, from, instrument));
    if (held > 0)
      parts.push({ kind: 'PortPosition', from, to, instrument, lots: 1 + below(held), priceTicks: 0 });
  }
  for (const asset of [1, 2]) {
    const [from, to] = pair(below);
    const has = balanceOf(desk.engine.state, from, asset);
    if (has > 0)
      parts.push({
        kind: 'Transfer',
        from,
        to,
        asset: ASSETS[asset]!,
        amount: 1 + Math.floor((has / 20) * (below(10) / 10)),
      });
  }
  if (parts.length < 2) return false;
  const shuffled = parts.map((part) => ({ part, at: below(1_000) })).sort((a, b) => a.at - b.at);
  const one = attempt(desk, () => inOne(desk, { kind: 'ChangeSet', parts }));
  const other = attempt(desk, () =>
    inOne(desk, { kind: 'ChangeSet', parts: shuffled.map(({ part }) => part) }),
  );
  // Where several accounts end short, the order says which is named: the one short since the earliest part.
  expect(other.code === undefined).toBe(one.code === undefined);
  expect(other.book).toEqual(one.book);
  return one.code === undefined;
}

function pair(below: Below): [number, number] {
  const from = OWN[below(3)]!;
  const others = OWN.filter((account) => account !== from);
  return [from, others[below(2)]!];
}

interface Outcome {
  code: string | undefined;
  /** From 1; of what was done in turn the first that did not pass. */
  part: number;
  book: Book;
}

/** What something comes to, taken back. */
function attempt(desk: Desk, act: () => Omit<Outcome, 'book'>): Outcome {
  const { undo, state } = desk.engine;
  const hash = stateHash(state);
  beginUndo(undo);
  const done = act();
  const book = bookOf(desk);
  rollBack(undo);
  expect(stateHash(state)).toBe(hash);
  return { ...done, book };
}

function inTurn(desk: Desk, { parts }: ChangeSet): Omit<Outcome, 'book'> {
  for (const [at, part] of parts.entries()) {
    desk.run(propose(part));
    if (desk.code !== undefined) return { code: desk.code, part: at + 1 };
  }
  return { code: undefined, part: 0 };
}

function inOne(desk: Desk, set: ChangeSet): Omit<Outcome, 'book'> {
  desk.run(propose(set));
  return { code: desk.code, part: 0 };
}

function propose(action: Action): Command {
  return { kind: 'Propose', firm: FIRM, action };
}

function conserves(before: Book, after: Book): void {
  const { cash, clearing, fees, coins, costs } = before;
  expect(after.fees).toBe(fees);
  expect(sum(after.cash) + after.clearing).toBe(sum(cash) + clearing);
  expect(sum(after.costs) + after.clearing).toBe(sum(costs) + clearing);
  for (const asset of [0, 1]) expect(sum(after.coins[asset]!)).toBe(sum(coins[asset]!));
  expect(after.lotsOf).toEqual(before.lotsOf);
}

/** What all accounts hold, from the tables. */
interface Book {
  cash: number[];
  /** Per coin, per account. */
  coins: number[][];
  /** Per account: entry values of its positions. */
  costs: number[];
  /** Each position that is not flat: lots and entry value. */
  held: Record<string, [number, number]>;
  /** Per instrument: Σ lots of all accounts. */
  lotsOf: Record<number, number>;
  clearing: number;
  fees: number;
  /** What losses of the day are measured from and by. */
  days: number[];
}

function bookOf({ engine: { state } }: Desk): Book {
  const { firstPosition, dayBaseUsd, dayValueUsd } = state.accounts.columns;
  const p = state.positions.columns;
  const accounts = Array.from({ length: highWater(state.accounts) - BASIS }, (_, at) => BASIS + at);
  const book: Book = {
    cash: accounts.map((account) => balanceOf(state, account, USDC)),
    coins: [1, 2].map((asset) => accounts.map((account) => balanceOf(state, account, asset))),
    costs: accounts.map(() => 0),
    held: {},
    lotsOf: {},
    clearing: balanceOf(state, CLEARING, USDC),
    fees: balanceOf(state, FEES, USDC),
    days: accounts.flatMap((account) => [dayBaseUsd[account]!, dayValueUsd[account]!]),
  };
  for (const [at, account] of accounts.entries())
    for (let row = firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const [instrument, lots, cost] = [p.instrument[row]!, p.lots[row]!, p.entryValue[row]!];
      book.costs[at] = book.costs[at]! + cost;
      book.lotsOf[instrument] = (book.lotsOf[instrument] ?? 0) + lots;
      if (lots !== 0) book.held[`${account}/${instrument}`] = [lots, cost];
    }
  return book;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function lotsOf({ engine: { state } }: Desk, account: number, of: number): number {
  const { lots, instrument, next } = state.positions.columns;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!)
    if (instrument[row] === of) return lots[row]!;
  return 0;
}

/** Two to six moves of the firm; now and then to another owner, of what is not there, or of all that is. */
function randomSet(below: Below, desk: Desk): ChangeSet {
  if (below(5) === 0) return wholeBook(below, desk);
  const parts = Array.from({ length: 2 + below(5) }, () =>
    below(5) < 2 ? randomTransfer(below, desk) : randomPort(below, desk),
  );
  return { kind: 'ChangeSet', parts };
}

/** Nearly all the cash of an account, then all it holds: what neither side could do alone. */
function wholeBook(below: Below, desk: Desk): ChangeSet {
  const [from, to] = pair(below);
  const amount = Math.floor(Math.max(0, balanceOf(desk.engine.state, from, USDC)) * 0.97) + 1;
  const ports = heldBy(desk, from).map((instrument): ChangePart => {
    const lots = Math.abs(lotsOf(desk, from, instrument));
    return { kind: 'PortPosition', from, to, instrument, lots, priceTicks: 0 };
  });
  return {
    kind: 'ChangeSet',
    parts: [
      { kind: 'Transfer', from, to, asset: 'USDC', amount },
      ...ports,
      { kind: 'Transfer', from: to, to: from, asset: 'USDC', amount: 1 },
    ],
  };
}

function heldBy({ engine: { state } }: Desk, account: number): number[] {
  const rows: number[] = [];
  const { next, instrument, lots } = state.positions.columns;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!)
    if (lots[row] !== 0) rows.push(instrument[row]!);
  return rows;
}

function randomTransfer(below: Below, desk: Desk): ChangePart {
  const [from, inside] = pair(below);
  const asset = below(ASSETS.length);
  const has = Math.max(0, balanceOf(desk.engine.state, from, asset));
  const share = below(4) === 0 ? 900 + below(101) : below(200);
  const to = below(8) === 0 ? ANY[below(ANY.length)]! : inside;
  return { kind: 'Transfer', from, to, asset: ASSETS[asset]!, amount: 1 + Math.floor((has / 1_000) * share) };
}

function randomPort(below: Below, desk: Desk): ChangePart {
  const { state } = desk.engine;
  const [from, inside] = pair(below);
  const rows = heldBy(desk, from);
  const instrument = rows.length === 0 ? below(3) : rows[below(rows.length)]!;
  const most = Math.max(1, Math.abs(lotsOf(desk, from, instrument)));
  const { mark, usdPerTickLot } = state.instruments.columns;
  const ticks = Math.round((mark[instrument]! / usdPerTickLot[instrument]!) * (1 + (below(61) - 30) / 1_000));
  const priceTicks = below(3) === 0 ? Math.max(1, ticks) : 0;
  const to = below(8) === 0 ? ANY[below(ANY.length)]! : inside;
  const lots = below(20) === 0 ? most + 1 : 1 + below(most);
  return { kind: 'PortPosition', from, to, instrument, lots, priceTicks };
}

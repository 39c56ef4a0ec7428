// Goal: what a place has lost this day is the worth of its accounts as the day began, and what came in since, less what
// they are worth now; and an order is judged by it. How: a twin that knows events alone (ledger, fills, ports, marks)
// follows random orders, prices, deposits, transfers, pots, ports, moves in the tree, hours of funding and midnights,
// and adds everything up anew after each tick, to the micro-USD. A failure means that a desk trades on past its loss,
// or is stopped short of it. The seed reproduces it.
import { expect, test } from 'vitest';
import { BASIS, BTC, Desk, ETH, MAKER, ORDER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { LedgerReason, OrderFlag, type Side } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { DAY_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const EPISODES = Number(process.env.BALLAST_LONG_COUNT ?? 3);
const COMMANDS = 300;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_122);
const FIRM = 1;
const MOVED: readonly number[] = [LedgerReason.deposit, LedgerReason.collateralMove, LedgerReason.transfer];

test(`${EPISODES} random days: a kept loss is the loss summed from events, and orders are judged by it`, {
  timeout: timeoutMs(300_000),
}, () => {
  const counts = { refused: 0, opened: 0, days: 0 };
  for (let episode = 0; episode < EPISODES; episode++) playOne(randomFrom(SEED + episode), counts);
  expect(counts.refused).toBeGreaterThan(EPISODES * 3);
  expect(counts.opened).toBeGreaterThan(EPISODES * 3);
  expect(counts.days).toBeGreaterThan(EPISODES);
});

interface Account {
  /** By asset, its smallest unit. */
  amounts: number[];
  positions: Map<number, { lots: number; entryValue: number }>;
  baseUsd: number;
}

/** Accounts as events tell of them. */
class Twin {
  readonly accounts = new Map<number, Account>();
  readonly marks = new Map<number, number>();
  /** By underlying. */
  readonly prices = new Map<number, number>();
  readonly assets: { underlying: number; decimals: number; ratioPpm: number }[];
  day: number;

  constructor(desk: Desk) {
    const { state } = desk.engine;
    const { assets } = state.directory;
    this.assets = assets.map(({ underlying, decimals, redemptionPpm }) => {
      return { underlying, decimals, ratioPpm: redemptionPpm === 0 ? 1_000_000 : redemptionPpm };
    });
    for (let of = 0; of < highWater(state.underlyings); of++)
      this.prices.set(of, state.underlyings.columns.indexE8[of]! / 1e8);
    this.day = Math.floor(desk.timeMs / DAY_MS);
    for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
      const amounts = state.directory.assets.map((_, asset) => balanceOf(state, account, asset));
      this.accounts.set(account, { amounts, positions: new Map(), baseUsd: 0 });
    }
    for (let instrument = 0; instrument < highWater(state.instruments); instrument++)
      this.marks.set(instrument, state.instruments.columns.mark[instrument]!);
    // Nothing has been lost yet: the day has just begun.
    for (const [number, account] of this.accounts) account.baseUsd = this.worthUsd(number);
  }

  hear(events: readonly EngineEvent[], timeMs: number): void {
    for (const event of events) this.#hearOne(event);
    if (!events.some((event) => event.kind === 'CommandApplied' && event.commandKind === TICK)) return;
    const day = Math.floor(timeMs / DAY_MS);
    if (day === this.day) return;
    this.day = day;
    for (const [number, account] of this.accounts) account.baseUsd = this.worthUsd(number);
  }

  #hearOne(event: EngineEvent): void {
    switch (event.kind) {
      case 'SubaccountOpened':
      case 'PotOpened':
        this.#of(event.account);
        return;
      case 'MarkChanged':
        this.marks.set(event.instrument, event.mark);
        return;
      case 'LedgerPosted':
        this.#add(event.debitAccount, event.asset, -event.amount, event.reason);
        this.#add(event.creditAccount, event.asset, event.amount, event.reason);
        return;
      case 'OrderFilled':
        this.#hold(event.account, event.instrument, event.positionLots, event.entryValue);
        return;
      case 'PositionPorted':
        this.#hold(event.account, event.instrument, event.positionLots, event.positionEntryValue);
    }
  }

  #of(account: number): Account {
    const known = this.accounts.get(account) ?? { amounts: [], positions: new Map(), baseUsd: 0 };
    this.accounts.set(account, known);
    return known;
  }

  #add(account: number, asset: number, amount: number, reason: number): void {
    if (account < FIRST_ACCOUNT) return;
    const of = this.#of(account);
    of.amounts[asset] = (of.amounts[asset] ?? 0) + amount;
    if (MOVED.includes(reason)) of.baseUsd += this.#valueUsd(asset, amount);
  }

  #hold(account: number, instrument: number, lots: number, entryValue: number): void {
    this.#of(account).positions.set(instrument, { lots, entryValue });
  }

  /** At prices of whole hundreds of dollars every smallest unit that is moved here is worth whole micro-USD. */
  #valueUsd(asset: number, amount: number): number {
    if (asset === 0) return amount;
    const { underlying, decimals, ratioPpm } = this.assets[asset]!;
    const microUsd = BigInt(this.prices.get(underlying)! * ratioPpm);
    return Number((BigInt(amount) * microUsd) / 10n ** BigInt(decimals));
  }

  worthUsd(number: number): number {
    const { amounts, positions } = this.accounts.get(number)!;
    let usd = amounts.reduce((sum, amount, asset) => sum + this.#valueUsd(asset, amount), 0);
    for (const [instrument, { lots, entryValue }] of positions)
      usd += lots * this.marks.get(instrument)! - entryValue;
    return usd;
  }

  lossUsd(accounts: readonly number[]): number {
    return accounts.reduce((sum, each) => sum + this.accounts.get(each)!.baseUsd - this.worthUsd(each), 0);
  }
}

/** Number of the command that lets time pass. */
let TICK = 0;

function playOne(random: Random, counts: { refused: number; opened: number; days: number }): void {
  const desk = openDesk();
  expect(desk.engine.state.directory.assets.map(({ name }) => name).slice(1, 3)).toEqual(['BTC', 'ETH']);
  for (const firm of [1, 2, 3]) desk.accept({ kind: 'RegisterMarketMaker', firm, capMultiple: 1_000 });
  const [first] = desk.accept({ kind: 'Tick' });
  TICK = (first as Extract<EngineEvent, { kind: 'CommandApplied' }>).commandKind;
  const tree = growTree(desk, random);
  const twin = new Twin(desk);
  // Losses as orders read them: those of the last tick, or of the last change of the tree.
  let read = lossesOf(desk, twin, tree.limited);
  const run = (command: Command) => {
    const events = desk.run(command);
    twin.hear(events, desk.timeMs);
    return events;
  };
  for (let count = 0; count < COMMANDS; count++) {
    if (count === COMMANDS / 2) restoredGoesOn(desk);
    const dice = random.below(12);
    if (dice < 4) {
      passTime(desk, random, twin, run, counts);
      read = lossesOf(desk, twin, tree.limited);
      expectKept(desk, read);
      expectWorth(desk, twin, tree.limited);
    } else if (dice < 6) {
      const action = anyAction(random, tree);
      run({ kind: 'Propose', firm: FIRM, action });
      if (action.kind === 'MoveNode' && desk.code === undefined) read = lossesOf(desk, twin, tree.limited);
    } else judgeOrder(desk, random, tree, read, run, counts);
    if (count % 50 === 0) checkInvariants(desk.engine.state);
  }
  checkInvariants(desk.engine.state);
}

interface Tree {
  groups: number[];
  nodes: number[];
  accounts: number[];
  limited: Map<number, number>;
}

function growTree(desk: Desk, random: Random): Tree {
  const groups = [0, 1, 2];
  const open = (isAccount: boolean) => {
    const parent = groups[random.below(groups.length)]!;
    const action = { kind: 'OpenNode', parent, label: 'Place', isAccount } as const;
    return only(desk.accept({ kind: 'Propose', firm: FIRM, action }), 'NodeOpened');
  };
  for (let count = 0; count < 3; count++) groups.push(open(false).node);
  const opened = Array.from({ length: 6 }, () => open(true));
  for (const { account } of opened)
    desk.accept({ kind: 'CreditDeposit', account, asset: 'USDC', amount: 5e12, reference: 'random' });
  const limited = new Map<number, number>();
  for (const node of [...groups, ...opened.map((each) => each.node)]) {
    if (random.chance(0.3)) continue;
    const dayLossUsd = random.below(40) * 1e9;
    const limits = { soft: {}, hard: { dayLossUsd } };
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits } });
    limited.set(node, dayLossUsd);
  }
  const accounts = opened.map(({ account }) => account);
  return { groups, nodes: opened.map(({ node }) => node), accounts, limited };
}

/** Of each limited node the loss by the twin, whose tree is read from parents alone. */
function lossesOf(desk: Desk, twin: Twin, limited: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...limited.keys()].map((node) => [node, twin.lossUsd(below(desk, twin, node))]));
}

function below(desk: Desk, twin: Twin, node: number): number[] {
  return [...twin.accounts.keys()].filter((account) => placesOf(desk, account).includes(node));
}

/** After the looks of its ticks a node knows what its accounts are worth: what leverage is held against. */
function expectWorth(desk: Desk, twin: Twin, limited: ReadonlyMap<number, number>): void {
  const { limitedNodes, nodes } = desk.engine.state;
  for (const node of limited.keys()) {
    const worth = below(desk, twin, node).reduce((sum, account) => sum + twin.worthUsd(account), 0);
    expect([node, limitedNodes.columns.worthUsd[nodes.columns.limits[node]!]]).toEqual([node, worth]);
  }
}

function placesOf(desk: Desk, account: number): number[] {
  const { accounts, nodes } = desk.engine.state;
  const places: number[] = [];
  for (let node = accounts.columns.node[account]!; node >= 0; node = nodes.columns.parent[node]!)
    places.push(node);
  return places;
}

function expectKept(desk: Desk, losses: ReadonlyMap<number, number>): void {
  const { limitedNodes, nodes } = desk.engine.state;
  for (const [node, loss] of losses)
    expect([node, limitedNodes.columns.dayLossUsd[nodes.columns.limits[node]!]]).toEqual([node, loss]);
}

/** A price, and the ticks after it; now and then an hour of funding, or the night. */
function passTime(
  desk: Desk,
  random: Random,
  twin: Twin,
  run: (command: Command) => EngineEvent[],
  counts: { days: number },
): void {
  const dice = random.below(20);
  if (dice === 0) {
    desk.timeMs = (Math.floor(desk.timeMs / DAY_MS) + 1) * DAY_MS;
    counts.days++;
  } else desk.wait(dice < 3 ? 3_600_000 : 2_000);
  const [btcUsd, ethUsd] = [58_000 + random.below(31) * 100, 2_900 + random.below(3) * 100];
  twin.prices.set(0, btcUsd).set(1, ethUsd);
  twin.hear(desk.prices({ 0: btcUsd, 1: ethUsd }), desk.timeMs);
  // One funding a tick, and the looks of one tick reach every account here.
  for (let tick = 0; tick < 14; tick++) run({ kind: 'Tick' });
}

function anyAction(random: Random, { accounts, nodes, groups }: Tree): Action {
  const one = (from: readonly number[]) => from[random.below(from.length)]!;
  const [from, to] = [one(accounts), one([...accounts, BASIS, OTHER])];
  const dice = random.below(5);
  if (dice === 0) return { kind: 'MoveNode', node: one(nodes), parent: one(groups) };
  if (dice === 1)
    return { kind: 'Transfer', from: BASIS, to: one(accounts), asset: 'BTC', amount: 1 + random.below(1e6) };
  if (dice === 2) {
    const lots = 1 + random.below(5_000);
    const priceTicks = random.chance(0.5) ? 0 : 580_000 + random.below(30_000);
    return { kind: 'PortPosition', from, to, instrument: BTC, lots, priceTicks };
  }
  return { kind: 'Transfer', from, to, asset: 'USDC', amount: 1 + random.below(1e11) };
}

/** An order of a place against a maker that stands ready; what opens is judged by the losses that were read last. */
function judgeOrder(
  desk: Desk,
  random: Random,
  { accounts, limited }: Tree,
  read: ReadonlyMap<number, number>,
  run: (command: Command) => EngineEvent[],
  counts: { refused: number; opened: number },
): void {
  const { state } = desk.engine;
  const account = accounts[random.below(accounts.length)]!;
  const instrument = random.chance(0.5) ? BTC : ETH;
  const side = random.below(2) as Side;
  const { mark, usdPerTickLot } = state.instruments.columns;
  const priceTicks = Math.round(mark[instrument]! / usdPerTickLot[instrument]!);
  const sizeLots = 1_000 + random.below(instrument === BTC ? 40_000 : 60_000);
  const isReduceOnly = random.chance(0.2);
  run({ ...ORDER, account: MAKER, instrument, side: (1 - side) as Side, priceTicks, sizeLots });
  const isFlat = state.accounts.columns.firstPosition[account] === -1;
  const flags = isReduceOnly ? OrderFlag.reduceOnly : 0;
  run({ ...ORDER, account, instrument, side, priceTicks, sizeLots, flags, timeInForce: 1 });
  const isOver = placesOf(desk, account).some(
    (node) => limited.has(node) && read.get(node)! > limited.get(node)!,
  );
  if (desk.code === 'limit.dayLoss') {
    expect([isOver, isReduceOnly]).toEqual([true, false]);
    counts.refused++;
  } else if (desk.code === undefined && isFlat && !isReduceOnly) {
    expect(isOver).toBe(false);
    counts.opened++;
  }
  run({ kind: 'CancelAll', account: MAKER, instrument });
  expect(desk.code).toBeUndefined();
}

/** A desk that is restored in the middle of a day comes to the same state by the same commands. */
function restoredGoesOn(desk: Desk): void {
  const pair = [restoreState(saveState(desk.engine.state)), restoreState(saveState(desk.engine.state))];
  const hashes = pair.map((engine) => {
    const fork = new Desk(engine);
    fork.timeMs = (Math.floor(desk.timeMs / DAY_MS) + 1) * DAY_MS - 1_000;
    for (const btcUsd of [59_000, 58_500]) {
      fork.prices({ 0: btcUsd, 1: 3_000 });
      fork.accept({ kind: 'Tick' });
      fork.wait(1_000);
    }
    return stateHash(fork.engine.state);
  });
  expect(hashes[0]).toBe(hashes[1]);
}

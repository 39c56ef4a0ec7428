// Goal: whatever orders come and fill, in whatever order, no limit of any place is passed. How: random trees and limits
// in the sandbox's firm, random orders of all its accounts against two makers and crossings of what they hold, asked
// for and by windows, the index standing still; after each command what is held and could come to be held is added up anew from the views of positions and orders. A failure
// means that a desk holds more than its risk officer allowed. The seed reproduces it.
import { expect, test } from 'vitest';
import { BTC, type Desk, ETH, MAKER, ORDER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { NodeLimits } from '../../protocol/commands/actions.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { OrderFlag, type Side, type UnderlyingClassName } from '../../protocol/enums.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { directoryOf } from '../views/directory.ts';
import { ordersOf } from '../views/order.ts';

const EPISODES = Number(process.env.BALLAST_LONG_COUNT ?? 3);
const COMMANDS = 250;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const FIRM = 1;
const MARKETS = [
  { instrument: BTC, name: 'BTC', class: 'bitcoin', usd: 60_000, ticks: 600_000, lotsPerCoin: 10_000 },
  { instrument: ETH, name: 'ETH', class: 'ether', usd: 3_000, ticks: 300_000, lotsPerCoin: 1_000 },
] as const;
/** Sums of products of doubles: the last bits may differ. */
const SLACK = 1 + 1e-9;

test(`${EPISODES} random trees: gross and net are never passed without orders that are reduce-only`, {
  timeout: timeoutMs(300_000),
}, () => {
  playAll(SEED, false);
});

test(`${EPISODES} random trees: gross is never passed, whatever closes in between`, {
  timeout: timeoutMs(300_000),
}, () => {
  playAll(SEED + 1_000, true);
});

function playAll(seed: number, hasReduceOnly: boolean): void {
  const seen: Seen = { refused: 0, crossed: 0 };
  for (let episode = 0; episode < EPISODES; episode++)
    playOne(randomFrom(seed + episode), hasReduceOnly, seen);
  expect(seen.refused).toBeGreaterThan((EPISODES * COMMANDS) / 20);
  expect(seen.crossed).toBeGreaterThan(EPISODES);
}

interface Seen {
  /** Orders that a limit refused. */
  refused: number;
  crossed: number;
}

function playOne(random: Random, hasReduceOnly: boolean, seen: Seen): void {
  const desk = openDesk();
  for (const firm of [1, 2, 3]) desk.accept({ kind: 'RegisterMarketMaker', firm, capMultiple: 1_000 });
  const { accounts, groups, limits } = growTree(desk, random);
  const limited = new Set(limits.flatMap(({ below }) => below));
  let accepted = 0;
  // A tree that refuses most goes on until as much has passed as elsewhere: what is refused proves little.
  const isEnough = (count: number) =>
    count >= COMMANDS && (accepted > COMMANDS / 10 || count >= 10 * COMMANDS);
  for (let count = 0; !isEnough(count); count++) {
    if (count % 20 === 0) desk.wait(2_000).prices({ 0: 60_000, 1: 3_000 });
    const command = random.chance(0.3)
      ? anyCrossing(random, groups)
      : anyCommand(desk, random, accounts, hasReduceOnly);
    if (command.kind === 'Tick') desk.wait(60_000).prices({ 0: 60_000, 1: 3_000 });
    for (const event of desk.run(command)) {
      if (event.kind === 'OrderAccepted') accepted++;
      if (event.kind === 'OrderRejected' && errorCodeOf(event.code)!.startsWith('limit.')) seen.refused++;
      if (event.kind === 'NettingDone') seen.crossed++;
    }
    const worst = new Map([...limited].map((account) => [account, worstOf(desk, account)]));
    for (const { hard, below } of limits)
      expectWithin(
        below.flatMap((account) => worst.get(account)!),
        hard,
        hasReduceOnly,
      );
    if (count % 50 === 0) checkInvariants(desk.engine.state);
  }
  checkInvariants(desk.engine.state);
  expect(accepted).toBeGreaterThan(COMMANDS / 10);
}

/** A place with limits, and the accounts that are in it. */
interface Limited {
  hard: NodeLimits;
  below: number[];
}

/** Groups below groups, eight accounts somewhere in them with money of their own, limits on some of the places. */
function growTree(desk: Desk, random: Random): { accounts: number[]; groups: number[]; limits: Limited[] } {
  const groups = [0, 1, 2];
  const open = (isAccount: boolean) => {
    const parent = groups[random.below(groups.length)]!;
    const action = { kind: 'OpenNode', parent, label: 'Place', isAccount } as const;
    return only(desk.accept({ kind: 'Propose', firm: FIRM, action }), 'NodeOpened');
  };
  for (let count = 0; count < 3; count++) groups.push(open(false).node);
  const opened = Array.from({ length: 8 }, () => open(true));
  for (const { account } of opened)
    desk.accept({ kind: 'CreditDeposit', account, asset: 'USDC', amount: 5e13, reference: 'random' });
  const limits: Limited[] = [];
  for (const node of [...groups, ...opened.map((each) => each.node)]) {
    if (random.chance(0.4)) continue;
    const hard = anyLimits(random);
    limits.push({ hard, below: accountsBelow(desk, node) });
    desk.accept({
      kind: 'Propose',
      firm: FIRM,
      action: { kind: 'SetLimits', node, limits: { soft: {}, hard } },
    });
  }
  return { accounts: opened.map(({ account }) => account), groups, limits };
}

/** Below some group, asked for or by a tick of its windows: five minutes on, the next is due. */
function anyCrossing(random: Random, groups: readonly number[]): Command {
  const node = groups[random.below(groups.length)]!;
  const { instrument } = MARKETS[random.below(MARKETS.length)]!;
  const dice = random.below(6);
  if (dice === 0) {
    const action = { kind: 'SetNettingWindow', node, everyMinutes: 5, startMinuteUtc: 0 } as const;
    return { kind: 'Propose', firm: FIRM, action };
  }
  if (dice < 3) return { kind: 'Tick' };
  return { kind: 'Propose', firm: FIRM, action: { kind: 'NetPositions', node, instrument } };
}

function anyLimits(random: Random): NodeLimits {
  const usd = () => (1 + random.below(30)) * 1e11;
  const share = () => ({
    ...(random.chance(0.5) ? { grossUsd: usd() } : {}),
    ...(random.chance(0.5) ? { netUsd: usd() } : {}),
  });
  const of = MARKETS[random.below(MARKETS.length)]!;
  return {
    ...share(),
    ...(random.chance(0.5) ? { assets: [{ underlying: of.name, ...share() }] } : {}),
    ...(random.chance(0.5) ? { classes: [{ class: of.class, ...share() }] } : {}),
  };
}

function anyCommand(
  desk: Desk,
  random: Random,
  accounts: readonly number[],
  hasReduceOnly: boolean,
): Command {
  const isMaker = random.chance(0.4);
  const account = isMaker ? [MAKER, OTHER][random.below(2)]! : accounts[random.below(accounts.length)]!;
  const { instrument, ticks, lotsPerCoin, usd } = MARKETS[random.below(MARKETS.length)]!;
  const near = Math.round(ticks * (1 + (random.below(41) - 20) / 10_000));
  const sizeLots = 1 + random.below(Math.round((1_500_000 / usd) * lotsPerCoin));
  const open = ordersOf(desk.engine.state, account);
  const dice = random.below(20);
  if (dice === 0) return { kind: 'CancelAll', account, instrument };
  if (dice < 5 && open.length > 0) {
    const { orderId, priceTicks } = open[random.below(open.length)]!;
    const moved = Math.max(1, Math.round(priceTicks * (1 + (random.below(21) - 10) / 10_000)));
    return { kind: 'AmendOrder', account, orderId, priceTicks: moved, sizeLots, triggerTicks: 0 };
  }
  const side = random.below(2) as Side;
  const isReduceOnly = hasReduceOnly && random.chance(0.3);
  const away = side === 0 ? 1 : -1;
  const stopLossTicks = Math.round(near * (1 - away / 10));
  const legs = { takeProfitTicks: 0, takeProfitLimitTicks: 0, stopLossTicks, stopLossLimitTicks: 0 };
  return {
    ...ORDER,
    account,
    instrument,
    side,
    timeInForce: random.chance(0.3) ? 1 : 0,
    flags: isReduceOnly ? OrderFlag.reduceOnly : 0,
    priceTicks: near,
    sizeLots,
    bracket: hasReduceOnly && !isReduceOnly && random.chance(0.2) ? legs : undefined,
  };
}

/** One position at the index with the worse of its sides, USD: the plain words of the documentation. */
interface Worst {
  name: string;
  class: UnderlyingClassName;
  gross: number;
  up: number;
  down: number;
}

function accountsBelow(desk: Desk, node: number): number[] {
  const { nodes } = directoryOf(desk.engine);
  const isBelow = (at: number | null): boolean => at === node || (at !== null && isBelow(nodes[at]!.parent));
  return nodes.filter((each) => each.account !== null && isBelow(each.node)).map(({ account }) => account!);
}

function worstOf(desk: Desk, account: number): Worst[] {
  const { state } = desk.engine;
  const open = ordersOf(state, account).filter((order) => !order.isReduceOnly && order.lotsAhead >= 0);
  return MARKETS.map(({ instrument, name, class: of, usd, lotsPerCoin }) => {
    const openOf = (side: string) =>
      open
        .filter((order) => order.instrument === instrument && order.side === side)
        .reduce((sum, { openLots }) => sum + openLots, 0);
    const lots = positionLots(state, account, instrument);
    const [bids, asks] = [openOf('buy'), openOf('sell')];
    const value = (of: number) => (of / lotsPerCoin) * usd;
    const gross = Math.max(Math.max(lots, 0) + bids, Math.max(-lots, 0) + asks, Math.abs(lots));
    return { name, class: of, gross: value(gross), up: value(lots + bids), down: value(asks - lots) };
  });
}

function expectWithin(worst: readonly Worst[], hard: NodeLimits, hasReduceOnly: boolean): void {
  const check = (of: readonly Worst[], { grossUsd, netUsd }: { grossUsd?: number; netUsd?: number }) => {
    const sum = (pick: (each: Worst) => number) => of.reduce((all, each) => all + pick(each), 0);
    if (grossUsd !== undefined)
      expect(sum(({ gross }) => gross)).toBeLessThanOrEqual((grossUsd / 1e6) * SLACK);
    if (netUsd === undefined || hasReduceOnly) return;
    const net = Math.max(
      sum(({ up }) => up),
      sum(({ down }) => down),
    );
    expect(net).toBeLessThanOrEqual((netUsd / 1e6) * SLACK);
  };
  check(worst, hard);
  for (const asset of hard.assets ?? [])
    check(
      worst.filter(({ name }) => name === asset.underlying),
      asset,
    );
  for (const each of hard.classes ?? [])
    check(
      worst.filter((position) => position.class === each.class),
      each,
    );
}

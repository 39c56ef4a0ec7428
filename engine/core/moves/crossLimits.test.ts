// Goal: a crossing takes nobody's hedge away to the point where a place passes a hard limit it was within. How: by hand,
// two groups of which one is hedged inside; then random trees whose limits are what the places hold or a little more,
// crossed again and again, against sums of positions made anew. The seed reproduces a failure.
import { expect, test } from 'vitest';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  only,
  openDesk,
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { NodeLimits } from '../../protocol/commands/actions.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { accountViewOf } from '../views/account.ts';
import { directoryOf } from '../views/directory.ts';

const EPISODES = Number(process.env.BALLAST_LONG_COUNT ?? 12);
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_401);
const FIRM = 1;
const [ROOT, MACRO] = [0, 1];
const ONE_BTC_USD = 60_000e6;
const USD_PER_LOT = [6, 3] as const;
/** Sums of products of doubles: the last bits may differ. */
const SLACK = 1 + 1e-9;

function limit(desk: Desk, node: number, hard: NodeLimits): void {
  const action = { kind: 'SetLimits', node, limits: { soft: {}, hard } } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action });
}

function net(desk: Desk, node = ROOT, instrument = BTC): EngineEvent[] {
  const events = desk.run({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'NetPositions', node, instrument },
  });
  checkInvariants(desk.engine.state);
  return events;
}

/** Trades with the first participant: positive lots buy. */
function trade(desk: Desk, account: number, lots: number, instrument = BTC): void {
  const terms = { instrument, priceTicks: instrument === BTC ? 600_000 : 300_000, sizeLots: Math.abs(lots) };
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, ...terms });
  desk.place({ account, side: lots > 0 ? 0 : 1, ...terms });
  expect(desk.code).toBeUndefined();
}

/** Macro is long 3 and short 3 inside; Vol is short 3 beside it. */
function hedgedDesk(): Desk {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  trade(desk, ALTS, -30_000);
  trade(desk, VOL, -30_000);
  return desk;
}

const lotsOf = (desk: Desk) =>
  [BASIS, ALTS, VOL].map((account) => positionLots(desk.engine.state, account, BTC));

test('without limits the hedge of one group closes the position of another', () => {
  const desk = hedgedDesk();
  expect(all(net(desk), 'NettingLeft')).toEqual([]);
  expect(lotsOf(desk)).toEqual([0, -15_000, -15_000]);
});

test.each<[string, NodeLimits]>([
  ['limit.net', { netUsd: ONE_BTC_USD }],
  ['limit.assetNet', { assets: [{ underlying: 'BTC', netUsd: ONE_BTC_USD }] }],
  ['limit.classNet', { classes: [{ class: 'bitcoin', netUsd: ONE_BTC_USD }] }],
])('%s of the hedged group: so much less is crossed, and it is said of whom and why', (code, hard) => {
  const desk = hedgedDesk();
  limit(desk, MACRO, hard);
  const equity = () =>
    [BASIS, ALTS, VOL].map((account) => accountViewOf(desk.engine, account).margin.equityUsd);
  const before = equity();
  const events = net(desk);
  const [basis, alts, vol] = lotsOf(desk) as [number, number, number];
  expect(basis + alts).toBeGreaterThanOrEqual(-10_000);
  // Cut to the limit, not left out: nearly two of the three are crossed.
  expect(basis).toBeLessThan(11_000);
  expect(basis + alts + vol).toBe(-30_000);
  const left = only(events, 'NettingLeft');
  expect(left).toMatchObject({ account: BASIS, instrument: BTC, lots: basis });
  expect(errorCodeOf(left.code)).toBe(code);
  expect(equity()).toEqual(before);
});

test('limit.concentration: who would be left with one asset alone gives up nothing', () => {
  const desk = hedgedDesk();
  trade(desk, BASIS, 600_000, ETH);
  limit(desk, desk.engine.state.accounts.columns.node[BASIS]!, { concentrationPpm: 950_000 });
  const events = net(desk);
  expect(desk.code).toBe('limit.concentration');
  expect(all(events, 'NettingDone')).toEqual([]);
  expect(lotsOf(desk)).toEqual([30_000, -30_000, -30_000]);
});

test('what passes its limit already is not taken further from it', () => {
  const desk = hedgedDesk();
  trade(desk, ALTS, -20_000);
  limit(desk, MACRO, { netUsd: ONE_BTC_USD });
  net(desk);
  expect(desk.code).toBe('limit.net');
  expect(lotsOf(desk)).toEqual([30_000, -50_000, -30_000]);
  net(desk, MACRO);
  expect(desk.code).toBeUndefined();
  expect(lotsOf(desk)).toEqual([0, -20_000, -30_000]);
});

test('a window that finds everybody at a limit leaves the market and says why', () => {
  const desk = hedgedDesk();
  limit(desk, MACRO, { netUsd: 0 });
  limit(desk, desk.engine.state.accounts.columns.node[ALTS]!, { concentrationPpm: 0 });
  const window = { kind: 'SetNettingWindow', node: ROOT, everyMinutes: 5, startMinuteUtc: 0 } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action: window });
  const crossed = () => {
    const events: EngineEvent[] = [];
    for (const end = desk.timeMs + 6 * MINUTE_MS; desk.timeMs < end; ) {
      desk.wait(5_000).prices({ 0: 60_000, 1: 3_000 });
      events.push(...desk.run({ kind: 'Tick' }));
    }
    return events;
  };
  const events = crossed();
  const [basis, alts, vol] = lotsOf(desk) as [number, number, number];
  expect(basis + alts).toBe(0);
  expect(vol).toBe(-30_000);
  expect([...all(events, 'NettingLeft'), ...all(events, 'NettingSkipped')].length).toBeGreaterThan(0);
});

test(`${EPISODES} random trees: no crossing takes a place past a hard limit`, {
  timeout: timeoutMs(300_000),
}, () => {
  const seen = { crossed: 0, held: 0 };
  for (let episode = 0; episode < EPISODES; episode++) playOne(randomFrom(SEED + episode), seen);
  expect(seen.crossed).toBeGreaterThan(EPISODES);
  expect(seen.held).toBeGreaterThan(EPISODES);
});

interface Place {
  node: number;
  accounts: number[];
  hard: NodeLimits;
}

function playOne(random: Random, seen: { crossed: number; held: number }): void {
  const desk = openDesk();
  raiseOwnerCap(desk);
  for (const firm of [1, 2, 3]) desk.accept({ kind: 'RegisterMarketMaker', firm, capMultiple: 1_000 });
  const nodes = growTree(desk, random);
  const places = nodes.filter(() => random.chance(0.4)).map((node) => limitAt(desk, random, node));
  for (let count = 0; count < 8; count++) {
    const before = places.map(({ accounts }) => measured(desk, accounts));
    const events = net(desk, nodes[random.below(6)]!, random.below(2) === 0 ? BTC : ETH);
    seen.crossed += all(events, 'NettingDone').length;
    seen.held += all(events, 'NettingLeft').length + Number(desk.code?.startsWith('limit.') === true);
    for (const [at, place] of places.entries())
      expectWithin(place.hard, before[at]!, measured(desk, place.accounts));
  }
}

/** Groups below groups and eight accounts somewhere in them, each long or short of both coins. */
function growTree(desk: Desk, random: Random): number[] {
  const groups = [0, 1, 2];
  const open = (isAccount: boolean) => {
    const parent = groups[random.below(groups.length)]!;
    const action = { kind: 'OpenNode', parent, label: 'Place', isAccount } as const;
    return only(desk.accept({ kind: 'Propose', firm: FIRM, action }), 'NodeOpened');
  };
  for (let count = 0; count < 3; count++) groups.push(open(false).node);
  const opened = Array.from({ length: 8 }, () => open(true));
  for (const { account } of opened) {
    desk.accept({ kind: 'CreditDeposit', account, asset: 'USDC', amount: 5e13, reference: 'random' });
    for (const instrument of [BTC, ETH]) {
      const lots = 1_000 + random.below(20_000);
      trade(desk, account, random.chance(0.5) ? lots : -lots, instrument);
    }
  }
  return [...groups, ...opened.map(({ node }) => node)];
}

/** What the place holds, or up to four fifths more. */
function limitAt(desk: Desk, random: Random, node: number): Place {
  const { nodes } = directoryOf(desk.engine);
  const isBelow = (at: number | null): boolean => at === node || (at !== null && isBelow(nodes[at]!.parent));
  const accounts = nodes.flatMap((each) =>
    each.account !== null && isBelow(each.node) ? [each.account] : [],
  );
  const now = measured(desk, accounts);
  const room = (usd: number) => Math.ceil((usd * (100 + random.below(81))) / 100);
  const hard: NodeLimits = {
    ...(random.chance(0.4) ? { netUsd: room(Math.abs(now.btc + now.eth)) } : {}),
    ...(random.chance(0.4) ? { assets: [{ underlying: 'BTC', netUsd: room(Math.abs(now.btc)) }] } : {}),
    ...(random.chance(0.4) ? { classes: [{ class: 'ether', netUsd: room(Math.abs(now.eth)) }] } : {}),
    ...(random.chance(0.2) ? { concentrationPpm: Math.ceil(now.share * 1e6) } : {}),
  };
  limit(desk, node, hard);
  return { node, accounts, hard };
}

/** Plain sums of positions at the index, micro-USD; `share` is that of the larger coin in gross. */
interface Measured {
  btc: number;
  eth: number;
  share: number;
}

function measured({ engine: { state } }: Desk, accounts: readonly number[]): Measured {
  const usd = { btc: 0, eth: 0, btcGross: 0, ethGross: 0 };
  for (const account of accounts) {
    const btc = positionLots(state, account, BTC) * USD_PER_LOT[0] * 1e6;
    const eth = positionLots(state, account, ETH) * USD_PER_LOT[1] * 1e6;
    usd.btc += btc;
    usd.eth += eth;
    usd.btcGross += Math.abs(btc);
    usd.ethGross += Math.abs(eth);
  }
  const gross = usd.btcGross + usd.ethGross;
  return {
    btc: usd.btc,
    eth: usd.eth,
    share: gross === 0 ? 0 : Math.max(usd.btcGross, usd.ethGross) / gross,
  };
}

function expectWithin(hard: NodeLimits, before: Measured, after: Measured): void {
  const check = (limit: number | undefined, of: (measured: Measured) => number) => {
    if (limit !== undefined) expect(of(after)).toBeLessThanOrEqual(Math.max(limit, of(before)) * SLACK);
  };
  check(hard.netUsd, ({ btc, eth }) => Math.abs(btc + eth));
  check(hard.assets?.[0]?.netUsd, ({ btc }) => Math.abs(btc));
  check(hard.classes?.[0]?.netUsd, ({ eth }) => Math.abs(eth));
  check(hard.concentrationPpm, ({ share }) => share * 1e6);
}

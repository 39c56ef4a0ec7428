// Goal: whatever prices, sources and orders do, windows come and go alike on every machine, and while one runs nobody
// holds more of it through an order of his own. How: random flow with jumps, silences and pauses; a second engine starts
// from a snapshot in the middle and hears the same commands. The run’s seed reproduces a failure.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, Desk, ETH, MAKER, ORDER, OTHER } from '../../lab/fixtures/desk.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { Command, PriceReport } from '../../protocol/commands/types.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { requirementOf } from '../margin/requirement.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { isIsolated } from './isolated.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 8_000);
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const SOURCES = 7;
const MARKETS = [
  { instrument: BTC, underlying: 0, usd: 60_000, ticksPerUsd: 10, lots: 20_000 },
  { instrument: ETH, underlying: 1, usd: 3_000, ticksPerUsd: 100, lots: 40_000 },
] as const;
const ACCOUNTS = [BASIS, ALTS, MAKER, OTHER];

/** What the flow remembers: prices as factors, and whether sources are away. */
interface Flow {
  factors: number[];
  live: number;
}

test.each([0, 1])('windows are the same on every machine, and only shrink what is held (run %i)', (run) => {
  const random = randomFrom(SEED + run);
  const desk = new Desk();
  desk.prices({ 0: 60_000, 1: 3_000 });
  const flow: Flow = { factors: [1, 1], live: SOURCES };
  let joined: Desk | undefined;
  const counts = { started: 0, ended: 0, refused: 0 };
  for (let count = 0; count < COMMANDS; count++) {
    if (count === COMMANDS >> 1) joined = new Desk(restoreState(saveState(desk.engine.state)));
    desk.wait(random.chance(0.002) ? 1_500_000 : random.below(1_500));
    const command = anyCommand(random, desk, flow);
    const held = command.kind === 'PlaceOrder' ? lotsOf(desk, command) : 0;
    const events = desk.run(command);
    if (joined !== undefined) {
      joined.timeMs = desk.timeMs;
      expect(joined.run(command)).toEqual(events);
    }
    counts.started += events.filter(({ kind }) => kind === 'IsolationStarted').length;
    counts.ended += events.filter(({ kind }) => kind === 'IsolationEnded').length;
    if (desk.code === 'market.isolated') counts.refused++;
    if (command.kind === 'PlaceOrder' && isIsolated(desk.engine.state, marketOf(command).underlying)) {
      const after = lotsOf(desk, command);
      expect(Math.abs(after)).toBeLessThanOrEqual(Math.abs(held));
      expect(after * held).toBeGreaterThanOrEqual(0);
    }
    if (count % 100 === 0) checkAccounts(desk);
  }
  expect(stateHash(joined!.engine.state)).toBe(stateHash(desk.engine.state));
  expect(counts.started).toBeGreaterThan(1);
  expect(counts.ended).toBeGreaterThan(0);
  expect(counts.refused).toBeGreaterThan(COMMANDS / 100);
});

function marketOf({ instrument }: { instrument: number }) {
  return MARKETS.find((market) => market.instrument === instrument)!;
}

function lotsOf(desk: Desk, { account, instrument }: { account: number; instrument: number }): number {
  return positionLots(desk.engine.state, account, instrument);
}

/** Value is conserved, and nothing is held back of what is not gained. */
function checkAccounts(desk: Desk): void {
  const { state, risk } = desk.engine;
  checkInvariants(state);
  for (const account of ACCOUNTS) {
    const { heldBackUsd, creditCutUsd } = requirementOf(risk.parameters(), risk.portfolioOf(account));
    expect(heldBackUsd).toBeGreaterThanOrEqual(0);
    expect(creditCutUsd).toBeGreaterThanOrEqual(0);
    if (!MARKETS.some(({ underlying }) => isIsolated(state, underlying))) expect(heldBackUsd).toBe(0);
  }
}

function anyCommand(random: Random, desk: Desk, flow: Flow): Command {
  const dice = random.below(10);
  if (dice < 3) return { kind: 'Tick' };
  if (dice < 6) return anyReport(random, desk, flow);
  const { instrument, usd, ticksPerUsd, lots, underlying } = MARKETS[random.below(2)]!;
  const near = usd * flow.factors[underlying]! * (1 + (random.below(21) - 10) / 10_000);
  return {
    ...ORDER,
    account: ACCOUNTS[random.below(ACCOUNTS.length)]!,
    instrument,
    side: random.below(2) as 0 | 1,
    timeInForce: random.below(3) === 0 ? 1 : 0,
    priceTicks: Math.max(1, Math.round(near * ticksPerUsd)),
    sizeLots: 1 + random.below(lots),
  };
}

/** Small steps, now and then a jump of a tenth; sources fall silent for a while and come back. */
function anyReport(random: Random, desk: Desk, flow: Flow): Command {
  if (random.chance(flow.live < SOURCES ? 0.1 : 0.003)) flow.live = SOURCES + 2 - flow.live;
  const jump = random.chance(0.01) ? (random.chance(0.5) ? 1.1 : 0.9) : 1;
  const reports: PriceReport[] = MARKETS.flatMap(({ usd, underlying }) => {
    const factor = flow.factors[underlying]! * jump * (1 + (random.below(201) - 100) / 200_000);
    flow.factors[underlying] = Math.min(2, Math.max(0.5, factor));
    return Array.from({ length: flow.live }, (_, source) => ({
      underlying,
      source,
      priceE8: Math.round(usd * flow.factors[underlying]! * 1e8),
      sourceTimeMs: desk.timeMs,
    }));
  });
  return { kind: 'ReportPrices', reports };
}

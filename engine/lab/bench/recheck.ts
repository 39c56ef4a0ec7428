import { createRiskParameters, type RiskParameters } from '../../core/margin/parameters.ts';
import { addPosition, clearPortfolio, createPortfolio, type Portfolio } from '../../core/margin/portfolio.ts';
import { maintenanceMarginUsd } from '../../core/margin/requirement.ts';
import { createSafeMoves, nextDue, noteMove, safeMoveOf, storeSafeMove } from '../../core/margin/safeMove.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { randomRisk } from '../twins/randomBook.ts';

/** What a round of marks costs over all accounts, with the safe-move skip. */
export interface RecheckCosts {
  accounts: number;
  instruments: number;
  medianMs: number;
  p99Ms: number;
  /** Accounts computed in a round, at the median: the others are skipped. */
  computedMedian: number;
  /** A round without the skip: every account computed in full, the median of some. */
  fullMs: number;
}

const ACCOUNTS = 100_000;
const INSTRUMENTS = 32;
const ROUNDS = 1_000;
const SWEEPS = 7;
/** A round of marks every second: one in a hundred is a jump. */
const STEP = 0.000_05;
const JUMP = 0.000_5;
const JUMP_EVERY = 100;

/** Many accounts of one desk: signed notional by account and instrument, and what each has besides. */
interface Desk {
  readonly notional: Float64Array;
  readonly usdc: Float64Array;
  readonly parameters: RiskParameters;
  /** Price of each instrument against the start. */
  readonly price: Float64Array;
}

/** Walks a market under 100,000 accounts and times each round; whoever is due is computed in full. */
export function measureRecheck(seed = 7): RecheckCosts {
  const random = randomFrom(seed);
  const desk = drawDesk(random);
  const safe = createSafeMoves(ACCOUNTS);
  const portfolio = createPortfolio();
  const sweeps: number[] = [];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const start = performance.now();
    for (let account = 0; account < ACCOUNTS; account++) {
      gather(desk, account, portfolio);
      storeSafeMove(safe, account, safeMoveOf(desk.parameters, portfolio));
    }
    sweeps.push(performance.now() - start);
  }
  const times: number[] = [];
  const computed: number[] = [];
  let liquidatable = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const largest = walk(desk, random, round % JUMP_EVERY === JUMP_EVERY - 1 ? JUMP : STEP);
    const start = performance.now();
    noteMove(safe, largest);
    let count = 0;
    for (let account = nextDue(safe, 0); account < ACCOUNTS; account = nextDue(safe, account + 1)) {
      count++;
      gather(desk, account, portfolio);
      const move = safeMoveOf(desk.parameters, portfolio);
      if (move === 0) liquidatable++;
      storeSafeMove(safe, account, move);
    }
    times.push(performance.now() - start);
    computed.push(count);
  }
  if (!Number.isFinite(liquidatable)) throw new Error('a recheck gave no number');
  const at = (values: number[], share: number): number =>
    values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
  return {
    accounts: ACCOUNTS,
    instruments: INSTRUMENTS,
    medianMs: at(times, 0.5),
    p99Ms: at(times, 0.99),
    computedMedian: at(computed, 0.5),
    fullMs: at(sweeps, 0.5),
  };
}

/** Accounts with 2 to 30 times their maintenance margin in every instrument, hedged both ways. */
function drawDesk(random: Random): Desk {
  const parameters = createRiskParameters(randomRisk(random, INSTRUMENTS));
  const desk: Desk = {
    notional: new Float64Array(ACCOUNTS * INSTRUMENTS),
    usdc: new Float64Array(ACCOUNTS),
    parameters,
    price: new Float64Array(INSTRUMENTS).fill(1),
  };
  const portfolio = createPortfolio();
  for (let account = 0; account < ACCOUNTS; account++) {
    for (let leg = 0; leg < INSTRUMENTS; leg++) {
      desk.notional[account * INSTRUMENTS + leg] = Math.round((random.unit() - 0.5) * 2e10);
    }
    gather(desk, account, portfolio);
    const maintenance = maintenanceMarginUsd(parameters, portfolio);
    desk.usdc[account] = Math.round(maintenance * (2 + 28 * random.unit()));
  }
  return desk;
}

/** One account at the marks of now. */
function gather(desk: Desk, account: number, portfolio: Portfolio): void {
  clearPortfolio(portfolio);
  portfolio.usdc = desk.usdc[account]!;
  for (let leg = 0; leg < INSTRUMENTS; leg++) {
    const entry = desk.notional[account * INSTRUMENTS + leg]!;
    const notional = Math.round(entry * desk.price[leg]!);
    addPosition(portfolio, leg, notional);
    portfolio.unrealizedPnl += notional - entry;
  }
}

/** Moves every price by up to a step. Returns the largest move. */
function walk({ price }: Desk, random: Random, step: number): number {
  let largest = 0;
  for (let leg = 0; leg < INSTRUMENTS; leg++) {
    const move = (random.unit() * 2 - 1) * step;
    price[leg] = price[leg]! * (1 + move);
    largest = Math.max(largest, Math.abs(move));
  }
  return largest;
}

import type { AckResult } from './ack.ts';
import type { DurableResult, ReplayCosts } from './durable.ts';
import type { FirmRiskCosts } from './firmRisk.ts';
import type { FirstLoad } from './firstLoad.ts';
import type { FullPathResult } from './fullPath.ts';
import type { JournalMeasure } from './journal.ts';
import type { LimitCosts } from './limits.ts';
import type { MarginCosts } from './margin.ts';
import type { MatchCosts } from './match.ts';
import type { PricingCosts } from './pricing.ts';
import type { SettlementCosts } from './settlement.ts';
import type { SignedResult } from './signed.ts';

/** One line of the bench: what was measured beside what must hold. */
export interface BenchRow {
  goal: string;
  value: number;
  unit: string;
  /** `≥ 40`: what must be met, read by `isHeld`. */
  hold: string;
  isHeld: boolean;
  /** Figures of the same run that the value is made of. */
  from: object;
}

function row(goal: string, value: number, unit: string, hold: string, from: object): BenchRow {
  const [sign, bound] = hold.split(' ') as [string, string];
  const isHeld = sign === '≥' ? value >= Number(bound) : value <= Number(bound);
  return { goal, value: Math.round(value * 1_000) / 1_000, unit, hold, isHeld, from };
}

/** Of a strict run: 1 where a goal is not held, and where none was measured. */
export function exitCodeOf(rows: readonly BenchRow[]): 0 | 1 {
  return rows.length > 0 && rows.every(({ isHeld }) => isHeld) ? 0 : 1;
}

export function matchRows(costs: MatchCosts): BenchRow[] {
  const { kind } = costs;
  return [
    row(`match core, ${kind}, against nodejs-order-book`, costs.ratio, '×', '≥ 40', costs),
    row(`one operation p99, ${kind}`, costs.p99Ns / 1e3, 'µs', '≤ 1', {}),
    row(`one operation p99.9, ${kind}`, costs.p999Ns / 1e3, 'µs', '≤ 5', {}),
    row(`one operation max, ${kind}`, costs.maxNs / 1e6, 'ms', '≤ 5', {}),
    row(`memory of a resting order, ${kind}`, costs.bytesPerRestingOrder, 'B', '≤ 96', {}),
  ];
}

export function fullPathRows(path: FullPathResult): BenchRow[] {
  return [row('full path without sync', path.commandsPerSecond, 'commands/s', '≥ 1000000', path)];
}

export function durableRows(durable: DurableResult): BenchRow[] {
  return [
    row('durable, groups of 256', durable.durablePerSecond, 'commands/s', '≥ 500000', durable),
    row('durable against a bare write+fdatasync loop', durable.ratio, '×', '≥ 0.8', {}),
  ];
}

export function replayRows(replay: ReplayCosts): BenchRow[] {
  return [row('replay at start', replay.replayPerSecond, 'commands/s', '≥ 500000', replay)];
}

export function journalRows(journal: JournalMeasure): BenchRow[] {
  return [row('journal alone against the bare loop', journal.ratio, '×', '≥ 0.8', journal)];
}

export function marginRows(costs: MarginCosts): BenchRow[] {
  const roomy = costs.preTrade.at(-1)!;
  const tight = costs.preTradeAtLimit.at(-1)!;
  const name = `pre-trade margin, ${roomy.instruments} instruments`;
  return [
    row(`${name}, median`, roomy.medianNs / 1e3, 'µs', '≤ 1', costs),
    row(`${name}, p99`, roomy.p99Ns / 1e3, 'µs', '≤ 2', {}),
    row(`${name}, at the limit, median`, tight.medianNs / 1e3, 'µs', '≤ 1', {}),
    row(`${name}, at the limit, p99`, tight.p99Ns / 1e3, 'µs', '≤ 2', {}),
    row('fill update of one account', costs.fill.medianNs / 1e3, 'µs', '≤ 1', costs.fill),
    row('scan of 20 underlyings', costs.scan20MedianUs, 'µs', '≤ 500', {}),
    row('scan of 20 underlyings, 2 with options', costs.optionScan20MedianUs, 'µs', '≤ 500', {}),
    row('joint liquidation distance, 10 underlyings', costs.distance10MedianMs, 'ms', '≤ 1', {}),
    row('the same of 3 underlyings, 2 with options', costs.optionDistanceMedianMs, 'ms', '≤ 1', {}),
    row('100,000 accounts rechecked, full sweep', costs.recheck.fullMs, 'ms', '≤ 5', {}),
    row('100,000 accounts rechecked, median', costs.recheck.medianMs, 'ms', '≤ 1', costs.recheck),
    row('100,000 accounts rechecked, p99', costs.recheck.p99Ms, 'ms', '≤ 10', {}),
  ];
}

export function limitRows(costs: LimitCosts): BenchRow[] {
  const name = 'order of an account under three limited nodes';
  return [
    row(`${name}, against one under none`, costs.ratio, '×', '≤ 2', costs),
    row(`${name}, its limits, median`, costs.limitsMedianNs / 1e3, 'µs', '≤ 1', {}),
    row(`${name}, its limits, p99`, costs.limitsP99Ns / 1e3, 'µs', '≤ 2', {}),
  ];
}

export function firmRiskRows(costs: FirmRiskCosts): BenchRow[] {
  const name = 'margin, distance and limits of 1,000 subaccounts';
  return [
    // A ticket's preview waits behind it and has 50 ms in all.
    row(`${name}, median`, costs.medianMs, 'ms', '≤ 40', costs),
    row(`${name}, p99`, costs.p99Ms, 'ms', '≤ 80', {}),
  ];
}

export function pricingRows(costs: PricingCosts): BenchRow[] {
  return [row('reprice 1,200 option vectors', costs.repriceMedianMs, 'ms', '≤ 60', costs)];
}

export function settlementRows(costs: SettlementCosts): BenchRow[] {
  return [
    row('root of 100,000 accounts, 5 assets', costs.rootMs / 1e3, 's', '≤ 2', costs),
    row('the first inclusion proof checked', costs.firstProofMs, 'ms', '≤ 50', {}),
    row('an inclusion proof checked, p99', costs.proofMsP99, 'ms', '≤ 50', {}),
  ];
}

export function signedRows(signed: SignedResult): BenchRow[] {
  return [
    row('signed orders, verified, matched and durable', signed.perSecond, 'orders/s', '≥ 10000', signed),
  ];
}

export function ackRows({ http, socket }: AckResult): BenchRow[] {
  return [
    row('order to durable answer, HTTP against a bare echo', http.ratio, '×', '≤ 2.5', http),
    row('order to durable answer, WebSocket against a bare echo', socket.ratio, '×', '≤ 4', socket),
  ];
}

export function firstLoadRows(load: FirstLoad): BenchRow[] {
  return [row('JavaScript of the first trade screen, gzip', load.gzipBytes / 1_000, 'kB', '≤ 350', load)];
}

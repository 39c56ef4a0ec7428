import type {
  AddOnView,
  MarginRowView,
  MarginView,
  ScanView,
  ScenarioView,
} from '../../protocol/views/margin.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { ADD_ON_NAMES, ADD_ONS, computeAddOns } from './addOns.ts';
import { apportion } from './apportion.ts';
import { countedCollateralUsd } from './equity.ts';
import { prepareLegs } from './legs.ts';
import { CorrelationSet, type RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import type { MarginKind } from './range.ts';
import { requirementOf } from './requirement.ts';
import { scanLegs } from './scan.ts';
import { type Contribution, contributionsOf } from './scenario.ts';
import { createScanScratch, ScanDecision, type ScanScratch } from './scratch.ts';
import { scenarioWords } from './sentence.ts';
import { timeToLiquidation } from './time.ts';

const scratch = createScanScratch();
const VOLATILITY_NAMES = ['same', 'up', 'down'] as const;

/**
 * Margin of an account and why: equity, both requirements, and for each the worst scenario with what every
 * leg brings to it.
 *
 * @returns a plain object; the rows of each scan sum to it exactly, and a requirement is its scan (× 60 %
 *   for maintenance) plus its add-ons
 * @see engine/core/margin/README.md, Explanation
 */
export function explainMargin(parameters: RiskParameters, portfolio: Portfolio): MarginView {
  const requirement = requirementOf(parameters, portfolio);
  const initial = explainScan(parameters, portfolio, 'initial');
  const maintenance = explainScan(parameters, portfolio, 'maintenance');
  const addOns = explainAddOns(parameters, portfolio);
  const charges = addOns.reduce((sum, { initialUsd }) => sum + initialUsd, 0);
  const liftUsd = requirement.initialUsd - initial.scanUsd - charges;
  if (liftUsd > 0) initial.addOns.push({ name: 'never below maintenance', kind: 'clamp', usd: liftUsd });
  for (const { name, initialUsd } of addOns) initial.addOns.push({ name, kind: 'addOn', usd: initialUsd });
  for (const { name, maintenanceUsd } of addOns) {
    if (maintenanceUsd > 0) maintenance.addOns.push({ name, kind: 'addOn', usd: maintenanceUsd });
  }
  return {
    ...requirement,
    time: timeToLiquidation(parameters, portfolio),
    collateralUsd: portfolio.usdc + countedCollateralUsd(portfolio),
    unrealizedPnlUsd: portfolio.unrealizedPnl,
    initial,
    maintenance,
    addOns,
  };
}

/** Every charge that is not zero, for new risk and for risk already held. */
export function explainAddOns(parameters: RiskParameters, portfolio: Portfolio): AddOnView[] {
  const initial = new Float64Array(ADD_ONS);
  const maintenance = new Float64Array(ADD_ONS);
  prepareLegs(parameters, portfolio, 'initial', scratch);
  computeAddOns(parameters, portfolio, 'initial', scratch.rowStandalone, initial);
  computeAddOns(parameters, portfolio, 'maintenance', scratch.rowStandalone, maintenance);
  return ADD_ON_NAMES.map(({ name, kind }, at) => ({
    name,
    kind,
    initialUsd: initial[at]!,
    maintenanceUsd: maintenance[at]!,
  })).filter(({ initialUsd }) => initialUsd > 0);
}

/** One scan, its worst scenario and its rows. */
export function explainScan(parameters: RiskParameters, portfolio: Portfolio, kind: MarginKind): ScanView {
  prepareLegs(parameters, portfolio, kind, scratch);
  scanLegs(parameters, portfolio, scratch, true);
  const scanUsd = Math.ceil(scratch.scan);
  const standalone = standaloneOf(parameters, scratch);
  const standaloneUsd = standalone.reduce((sum, { usd }) => sum + usd, 0);
  const contributions = contributionsOf(parameters, portfolio, kind, scratch);
  const scenario = scenarioOf(parameters, scratch, contributions);
  return {
    scanUsd,
    standaloneUsd,
    savedUsd: standaloneUsd - scanUsd,
    savedPpm: standaloneUsd === 0 ? 0 : Math.floor(((standaloneUsd - scanUsd) / standaloneUsd) * PPM_SCALE),
    standalone,
    scenario,
    sentence: scenarioWords(scenario),
    rows: rowsOf(parameters, scratch, contributions, scanUsd),
    addOns: [],
  };
}

/** Standalone margins in whole micro-USD, summing to their total rounded up. */
function standaloneOf(parameters: RiskParameters, legs: ScanScratch): ScanView['standalone'] {
  const parts = Array.from(legs.standalone.subarray(0, legs.count));
  const whole = apportion(parts, Math.ceil(legs.count === 0 ? 0 : legs.standaloneSum));
  return whole.map((usd, leg) => ({ underlying: parameters.symbols[legs.underlying[leg]!]!, usd }));
}

function scenarioOf(
  parameters: RiskParameters,
  legs: ScanScratch,
  { moves, losses }: Contribution,
): ScenarioView {
  if (legs.count === 0)
    return {
      kind: 'none',
      epicentre: '',
      fraction: 0,
      set: 'low',
      volatility: 'same',
      moves: [],
      bound: 'none',
    };
  const isGap = legs.epicentre < 0;
  const symbolOf = (leg: number): string => parameters.symbols[legs.underlying[leg]!]!;
  const order = moves
    .map((_, leg) => leg)
    .sort(
      (a, b) => rankOf(legs, a) - rankOf(legs, b) || Math.abs(losses[b]!) - Math.abs(losses[a]!) || a - b,
    );
  return {
    kind: isGap ? 'altGap' : 'epicentre',
    epicentre: isGap ? '' : symbolOf(legs.epicentre),
    fraction: isGap ? -1 : legs.fraction,
    set: legs.set === CorrelationSet.low ? 'low' : 'high',
    volatility: VOLATILITY_NAMES[legs.volatility]!,
    moves: order.map((leg) => ({ underlying: symbolOf(leg), move: moves[leg]! })),
    bound:
      legs.decision === ScanDecision.floor ? 'floor' : legs.decision === ScanDecision.cap ? 'cap' : 'none',
  };
}

/** The epicentre is named first, whatever it costs. */
function rankOf(legs: ScanScratch, leg: number): number {
  return leg === legs.epicentre ? 0 : 1;
}

function rowsOf(
  parameters: RiskParameters,
  legs: ScanScratch,
  contribution: Contribution,
  scanUsd: number,
): MarginRowView[] {
  if (legs.count === 0) return [];
  const { losses, optionLosses, residual } = contribution;
  const loss = losses.reduce((sum, part) => sum + part, 0) + residual;
  const rows: MarginRowView[] = losses.flatMap((usd, leg) => {
    const name = parameters.symbols[legs.underlying[leg]!]!;
    if (leg < legs.linearCount) return [{ name, kind: 'leg', usd }];
    const optionUsd = optionLosses[leg]!;
    const options: MarginRowView = { name: `${name} options`, kind: 'leg', usd: optionUsd };
    return usd === optionUsd ? [options] : [{ name, kind: 'leg', usd: usd - optionUsd }, options];
  });
  if (residual !== 0) rows.push({ name: 'imperfect hedges', kind: 'residual', usd: residual });
  const faded = legs.worst - loss;
  if (isFaded(legs)) rows.push({ name: 'small epicentre', kind: 'fade', usd: faded });
  if (legs.scan !== legs.worst)
    rows.push({ name: 'floor of 40 %', kind: 'clamp', usd: legs.scan - legs.worst });
  const whole = apportion(
    rows.map(({ usd }) => usd),
    scanUsd,
  );
  return rows.map((row, at) => ({ ...row, usd: whole[at]! }));
}

function isFaded(legs: ScanScratch): boolean {
  return legs.epicentre >= 0 && legs.standalone[legs.epicentre]! < legs.fullSize;
}

import type {
  StressedAccountView,
  StressesView,
  StressOutcomeView,
  StressView,
} from '../../../../engine/protocol/views/stress.ts';
import {
  formatMove,
  formatRatio,
  formatSignedPercent,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

const PPM = 1_000_000;
/** From here on an account is called. */
const CALL_PPM = 800_000;

/** One stress on the accounts looked at, taken together. */
export interface ScenarioRow {
  id: string;
  name: string;
  pnlUsd: number;
  /** Sums: one account's surplus does not pay another's loss, so `deficitUsd` may be owed all the same. */
  equityUsd: number;
  maintenanceUsd: number;
  deficitUsd: number;
  /** Of the account that is worst off; −1 is infinite. */
  ratioPpm: number;
  worst: string;
  /** Accounts that would be liquidated. */
  overCount: number;
  outcomes: readonly { label: string; outcome: StressOutcomeView }[];
  stress: StressView;
}

/** The fixed list on the accounts given, in its order. */
export function scenarioRows(
  { stresses }: Pick<StressesView, 'stresses'>,
  accounts: readonly StressedAccountView[],
): readonly ScenarioRow[] {
  if (accounts.length === 0) return [];
  return stresses.map((stress) => {
    const outcomes = accounts.flatMap(({ label, outcomes: all }) =>
      all.filter(({ id }) => id === stress.id).map((outcome) => ({ label, outcome })),
    );
    const total = (key: 'pnlUsd' | 'equityUsd' | 'maintenanceUsd' | 'deficitUsd') =>
      outcomes.reduce((sum, { outcome }) => sum + outcome[key], 0);
    const [worst] = [...outcomes].sort((a, b) => danger(b.outcome) - danger(a.outcome));
    return {
      id: stress.id,
      name: stress.name,
      pnlUsd: total('pnlUsd'),
      equityUsd: total('equityUsd'),
      maintenanceUsd: total('maintenanceUsd'),
      deficitUsd: total('deficitUsd'),
      ratioPpm: worst?.outcome.ratioPpm ?? 0,
      worst: worst?.label ?? '',
      overCount: outcomes.filter(({ outcome }) => isOver(outcome)).length,
      outcomes,
      stress,
    };
  });
}

export function isOver({ ratioPpm }: Pick<StressOutcomeView, 'ratioPpm'>): boolean {
  return ratioPpm < 0 || ratioPpm >= PPM;
}

export function isCalled({ ratioPpm }: Pick<StressOutcomeView, 'ratioPpm'>): boolean {
  return !isOver({ ratioPpm }) && ratioPpm >= CALL_PPM;
}

/** Infinite ratios before all finite ones, the larger deficit first. */
function danger({ ratioPpm, deficitUsd }: Pick<StressOutcomeView, 'ratioPpm' | 'deficitUsd'>): number {
  return ratioPpm < 0 ? Number.MAX_SAFE_INTEGER + deficitUsd : ratioPpm;
}

/** The row to look at first: the largest deficit, else the highest ratio; undefined when nothing is at risk. */
export function worstRow(rows: readonly ScenarioRow[]): string | undefined {
  const [worst] = [...rows].sort((a, b) => b.deficitUsd - a.deficitUsd || danger(b) - danger(a));
  return worst === undefined || danger(worst) === 0 ? undefined : worst.id;
}

/** Ends of the scale that all bars share, 0 among them. */
export function scaleOf(rows: readonly ScenarioRow[]): { least: number; most: number } {
  const profits = rows.map(({ pnlUsd }) => pnlUsd);
  return { least: Math.min(0, ...profits), most: Math.max(0, ...profits) };
}

/** A million USD: from here on a narrow pane shows thousands. */
const LARGE_USD = 1_000_000_000_000;

export function areLarge(rows: readonly ScenarioRow[]): boolean {
  return rows.some(({ pnlUsd, equityUsd }) => Math.max(Math.abs(pnlUsd), Math.abs(equityUsd)) >= LARGE_USD);
}

const signed = (usd: number) => formatSignedUsd(usd, 2);
const money = (usd: number) => formatUsd(usd, 2);

/** Which legs bring the profit or loss: of one account by kind, of several by account. */
export function pnlReason({ stress, outcomes, pnlUsd }: ScenarioRow): Reason {
  const isOne = outcomes.length === 1;
  const formula = isOne
    ? `${stress.name}, at once and before anybody acts: legs at the moved prices, options by their risk vectors`
    : `${stress.name}, at once and before anybody acts: the sum over accounts`;
  const parts = isOne
    ? legInputs(outcomes[0]!.outcome)
    : outcomes.map(({ label, outcome }) => [label, signed(outcome.pnlUsd)] as const);
  const volatility =
    stress.volatility === 0
      ? []
      : [['implied volatility of a month', formatSignedPercent(stress.volatility * PPM, 0)] as const];
  return { formula, inputs: [...volatility, ...parts, ['P&L', signed(pnlUsd)]] };
}

function legInputs({ legs }: StressOutcomeView): Reason['inputs'] {
  return legs.flatMap(({ underlying, move, linearUsd, optionsUsd, collateralUsd }) => {
    const kinds = [
      ['perpetuals, futures', linearUsd],
      ['options', optionsUsd],
      ['coins held', collateralUsd],
    ] as const;
    return kinds
      .filter(([, usd]) => usd !== 0)
      .map(([kind, usd]) => [`${underlying} ${formatMove(move)}, ${kind}`, signed(usd)] as const);
  });
}

export function equityReason({ outcomes, pnlUsd, equityUsd }: ScenarioRow): Reason {
  return {
    formula: 'equity now + what the legs bring',
    inputs: [
      ['equity now', money(equityUsd - pnlUsd)],
      ['P&L', signed(pnlUsd)],
      ...byAccount(outcomes, ({ equityUsd: usd }) => money(usd)),
    ],
  };
}

export function maintenanceReason({ outcomes, maintenanceUsd }: ScenarioRow): Reason {
  return {
    formula:
      'computed anew on the book as it would stand: positions at the moved prices, multipliers and correlations as they are',
    inputs: [
      ...byAccount(outcomes, ({ maintenanceUsd: usd }) => money(usd)),
      ['maintenance margin after', money(maintenanceUsd)],
    ],
  };
}

export function ratioReason({ outcomes, worst }: ScenarioRow): Reason {
  const own = outcomes.find(({ label }) => label === worst)?.outcome;
  return {
    formula:
      'maintenance margin ÷ equity after the stress, of the account that is worst off; at 100 % liquidation starts',
    inputs: [
      ['maintenance margin after', money(own?.maintenanceUsd ?? 0)],
      ['equity after', money(own?.equityUsd ?? 0)],
      ...byAccount(outcomes, ({ ratioPpm }) => formatRatio(ratioPpm)),
    ],
  };
}

export function deficitReason({ outcomes, deficitUsd }: ScenarioRow): Reason {
  return {
    formula:
      'what accounts would owe beyond all they have; one account’s surplus does not pay another’s loss',
    inputs: [...byAccount(outcomes, ({ deficitUsd: usd }) => money(usd)), ['deficit', money(deficitUsd)]],
  };
}

/** A line for each account where there are several. */
function byAccount(
  outcomes: ScenarioRow['outcomes'],
  read: (outcome: StressOutcomeView) => string,
): Reason['inputs'] {
  return outcomes.length < 2 ? [] : outcomes.map(({ label, outcome }) => [label, read(outcome)] as const);
}

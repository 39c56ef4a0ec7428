import type { MarginRowView, MarginView, ScanView, TimeView } from '../../engine/protocol/views/margin.ts';
import { formatCount, formatMove, formatSignedUsd, formatTime, formatUsd } from '../format.ts';
import { zoneText } from '../timeZone.ts';
import type { Reason } from './reason.ts';

const money = (usd: number) => formatUsd(usd, 2);
const signed = (usd: number) => formatSignedUsd(usd, 2);

/** The last line of an answer: which state of the engine the numbers were read from. */
export function sourceText(seq: number, timeMs?: number): string {
  const read = `seq ${formatCount(seq)}`;
  return timeMs === undefined ? read : `${read}, engine time ${formatTime(timeMs)} ${zoneText(timeMs)}`;
}

export function equityReason({ collateralUsd, unrealizedPnlUsd }: MarginView): Reason {
  return {
    formula: 'USDC + other collateral at index price less its haircut + unrealized PnL at mark',
    inputs: [
      ['counted collateral', money(collateralUsd)],
      ['unrealized PnL', signed(unrealizedPnlUsd)],
    ],
  };
}

export function initialReason({ initial, initialUsd }: MarginView): Reason {
  return {
    formula: 'scan of positions and open orders + add-ons; an order that opens risk needs it covered',
    inputs: [
      ['scan', money(initial.scanUsd)],
      ...named(initial.addOns),
      ['initial margin', money(initialUsd)],
      ['worst case', initial.sentence],
    ],
  };
}

export function maintenanceReason({ maintenance, maintenanceUsd, equityUsd }: MarginView): Reason {
  const addOnUsd = maintenance.addOns.reduce((sum, { usd }) => sum + usd, 0);
  return {
    formula: '60 % of the scan of the positions + add-ons; under it liquidation starts',
    inputs: [
      ['scan', money(maintenance.scanUsd)],
      ['60 % of it', money(maintenanceUsd - addOnUsd)],
      ...named(maintenance.addOns),
      ['equity', money(equityUsd)],
      ['worst case', maintenance.sentence],
    ],
  };
}

export function freeReason({ equityUsd, creditCutUsd, initialUsd }: MarginView): Reason {
  return {
    formula: 'equity − profit not credited − initial margin; below zero only orders that reduce risk pass',
    inputs: [
      ['equity', money(equityUsd)],
      ['profit not credited', money(creditCutUsd)],
      ['initial margin', money(initialUsd)],
    ],
  };
}

export function ratioReason({ maintenanceUsd, equityUsd, heldBackUsd }: MarginView): Reason {
  return {
    formula: 'maintenance margin ÷ (equity − gains held back), rounded up; liquidation starts at 100 %',
    inputs: [
      ['maintenance margin', money(maintenanceUsd)],
      ['equity', money(equityUsd)],
      ...(heldBackUsd === 0 ? [] : [['held back while its coin stands alone', money(heldBackUsd)] as const]),
    ],
  };
}

/** The loss in the worst scenario: what each leg brings to it. */
export function scanReason({ sentence, rows, scanUsd }: ScanView): Reason {
  return {
    formula: `largest loss over all scenarios: ${sentence}`,
    inputs: [...rows.map(({ name, usd }) => [name, signed(usd)] as const), ['scan', money(scanUsd)]],
  };
}

/** How the worst scenario is built: who starts it, how far, and how strongly the others follow. */
export function scenarioReason({ scenario, scanUsd }: ScanView): Reason {
  const { kind, epicentre, fraction, set, volatility, moves, bound } = scenario;
  const formula = {
    none: 'a book without risk has no worst case',
    epicentre: 'one underlying moves by a share of its range and drags the others by their correlation',
    altGap: 'every alt falls by its whole range, majors by half of theirs',
  }[kind];
  const start =
    kind === 'epicentre' ? [['epicentre', `${epicentre}, ${percentOf(fraction)} of its range`] as const] : [];
  const words = { low: 'low, which guards hedges', high: 'high, which guards one side' };
  return {
    formula,
    inputs: [
      ...start,
      ['correlations', words[set]],
      ['volatility', volatility],
      ...moves.map(({ underlying, move }) => [underlying, formatMove(move)] as const),
      ...(bound === 'none' ? [] : [['bound', `${bound} of the legs alone`] as const]),
      ['scan', money(scanUsd)],
    ],
  };
}

/** Legs alone, each at its own worst, against the one book. */
export function standaloneReason({ standalone, scanUsd, savedUsd }: ScanView): Reason {
  return {
    formula: 'what the same legs would need in pots of their own: each worst case at once',
    inputs: [
      ...standalone.map(({ underlying, usd }) => [`${underlying} alone`, money(usd)] as const),
      ['one book', money(scanUsd)],
      ['saved', money(savedUsd)],
    ],
  };
}

export function addOnsReason(scan: ScanView): Reason {
  return {
    formula: 'charges on top of the scan; none depends on what hedges what, so none is ever negative',
    inputs: scan.addOns.length === 0 ? [['charges', 'none']] : named(scan.addOns),
  };
}

export function timeReason(
  { reasons, netUsdPerDay, state, days }: TimeView,
  margin: Pick<MarginView, 'equityUsd' | 'maintenanceUsd'>,
): Reason {
  return {
    formula: '(equity − maintenance margin) ÷ what a day costs at today’s rates, while no price moves',
    inputs: [
      ['equity − maintenance margin', signed(margin.equityUsd - margin.maintenanceUsd)],
      ...reasons.map(({ name, usdPerDay }) => [`${name} a day`, signed(usdPerDay)] as const),
      ['net a day', signed(netUsdPerDay)],
      ['days', state === 'measured' ? formatCount(Math.floor(days)) : state],
    ],
  };
}

function named(rows: readonly MarginRowView[]): Reason['inputs'] {
  return rows.map(({ name, usd }) => [name, money(usd)] as const);
}

function percentOf(fraction: number): string {
  return `${Math.round(fraction * 100)} %`.replace('-', '−');
}

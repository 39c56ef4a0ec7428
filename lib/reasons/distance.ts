import type { DistanceRowView, DistanceView, MarginView } from '../../engine/protocol/views/margin.ts';
import { formatMove, formatPercent, formatSigmas, formatUsd } from '../format.ts';
import type { Reason } from './reason.ts';

type Money = Pick<MarginView, 'equityUsd' | 'maintenanceUsd'>;

/** The engine looks no further. */
const SIGMAS_COUNTED = 100;

const formulas: Record<DistanceRowView['kind'], string> = {
  joint:
    'the smallest √(xᵀΣ⁻¹x) at which equity meets maintenance margin, x the moves of all underlyings together',
  market: 'every underlying moves with BTC by its β until equity meets maintenance margin',
  own: 'this price alone moves until equity meets maintenance margin, which is computed anew on the way',
};

/** How far one way to liquidation is. A missing row is a way that never gets there. */
export function wayReason(
  kind: DistanceRowView['kind'],
  row: Pick<DistanceRowView, 'move' | 'priceUsd' | 'sigmas'> | undefined,
  { equityUsd, maintenanceUsd }: Money,
): Reason {
  const price =
    row === undefined || row.priceUsd <= 0 ? [] : [['price there', formatUsd(row.priceUsd, 2)] as const];
  return {
    formula: formulas[kind],
    inputs: [
      ['equity', formatUsd(equityUsd, 2)],
      ['maintenance margin', formatUsd(maintenanceUsd, 2)],
      ['move', row === undefined ? 'none gets there' : formatMove(row.move)],
      ...price,
      [
        'length in the joint metric',
        row === undefined ? `> ${SIGMAS_COUNTED - 1} σ-days` : `${formatSigmas(row.sigmas)} σ-days`,
      ],
    ],
  };
}

/** The number of the gauge, and the most likely way as it is made. */
export function jointReason(
  { sigmas, path, sentence }: Pick<DistanceView, 'sigmas' | 'path' | 'sentence'>,
  { equityUsd, maintenanceUsd }: Money,
): Reason {
  return {
    formula: formulas.joint,
    inputs: [
      ['equity', formatUsd(equityUsd, 2)],
      ['maintenance margin', formatUsd(maintenanceUsd, 2)],
      ...path.map(({ underlying, move }) => [underlying, formatMove(move)] as const),
      ['length', path.length === 0 ? sentence : `${formatSigmas(sigmas)} σ-days`],
    ],
  };
}

export function touchReason({ sigmas, touchPpm }: Pick<DistanceView, 'sigmas' | 'touchPpm'>): Reason {
  return {
    formula:
      'how often a move this long was touched within a day, as measured, fat tails included; none was measured past 4 σ',
    inputs: [
      ['joint distance', `${formatSigmas(sigmas)} σ-days`],
      ['days that touched it', formatPercent(touchPpm, 2)],
    ],
  };
}

import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import {
  formatAverage,
  formatMark,
  formatMove,
  formatPercent,
  formatSignedSize,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import { wayReason } from '../../../../lib/reasons/distance.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { type PositionRow, sharedWay } from './Positions.state.ts';

/** Why each number of a row is what it is. Every input is the engine's own, at one sequence. */
export function positionReason(id: string, row: PositionRow, view: AccountView): Reason {
  const { position, market } = row;
  const mark = ['mark', formatMark(position.markUsdPerLot, market)] as const;
  const average = ['average', formatAverage(position.entryValueUsd, position.lots, market)] as const;
  const net = ['net', formatSignedSize(position.lots, market)] as const;
  const delta = ['delta', formatSignedUsd(position.deltaUsd, 2)] as const;
  switch (id) {
    case 'net':
      return {
        formula: 'sizes bought − sizes sold, what was ported counted as well; positive is long',
        inputs: [net],
      };
    case 'notional':
      return { formula: '|net| × mark', inputs: [net, mark] };
    case 'average':
      return {
        formula: 'what was paid for what is still held ÷ net; reducing keeps it',
        inputs: [['paid', formatUsd(Math.abs(position.entryValueUsd), 2)], net],
      };
    case 'mark':
      return {
        formula: 'index price and the mid of our book, kept near the index; options at their surface',
        inputs: [mark],
      };
    case 'unrealized':
      return { formula: 'net × (mark − average)', inputs: [net, mark, average] };
    case 'carry':
      return {
        formula:
          'funding of a day at the mean of this hour so far, and the time value of options; negative is paid',
        inputs: [net, ['a day', formatSignedUsd(position.carryUsdPerDay, 2)]],
      };
    case 'delta':
      return {
        formula: 'change of value for a move of 100 %: net × mark, for options × their delta',
        inputs: [net, mark],
      };
    case 'scan':
      return {
        formula: `loss of this position alone in the worst case of maintenance margin: ${view.margin.maintenance.sentence}`,
        inputs: [delta, ['move', formatMove(row.worstMove)], ['loss', formatSignedUsd(position.scanUsd, 2)]],
      };
    case 'share':
      return {
        formula:
          'its loss ÷ the loss of all positions on the most likely way to liquidation; negative hedges',
        inputs: [
          delta,
          ...sharedWay(view).map(({ underlying, move }) => [underlying, formatMove(move)] as const),
          ['share', row.sharePpm === undefined ? 'no way' : formatPercent(row.sharePpm)],
        ],
      };
    default:
      return wayReason('own', row.own, view.margin);
  }
}

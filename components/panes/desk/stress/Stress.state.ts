import type { StressCellView, StressMapView } from '../../../../engine/protocol/views/stressMap.ts';
import { formatGreek, formatSignedPercent } from '../../../../lib/format.ts';

const PPM = 1_000_000;
const MILLION_USD = 1_000_000_000_000;

export interface StressCell extends StressCellView {
  /** In the unit of the map, sign visible. */
  text: string;
  /** −1 to 1, the largest of the map being 1: the root, so that small losses can be told apart. */
  shade: number;
  isNow: boolean;
}

export interface StressRow {
  name: string;
  cells: readonly StressCell[];
}

export interface StressMap {
  unit: '$m' | '$k';
  heads: readonly string[];
  rows: readonly StressRow[];
}

/** The map in one unit for all cells, so that they compare. */
export function stressMapOf({ moves, volatilities, cells }: StressMapView): StressMap {
  const most = cells.reduce((largest, { pnlUsd }) => Math.max(largest, Math.abs(pnlUsd)), 0);
  const unit = most >= MILLION_USD ? '$m' : '$k';
  const rows = volatilities.map((volatility, row) => ({
    name: percentText(volatility),
    cells: moves.map((move, column) => {
      const cell = cells[row * moves.length + column]!;
      const shade = most === 0 ? 0 : Math.sign(cell.pnlUsd) * Math.sqrt(Math.abs(cell.pnlUsd) / most);
      return { ...cell, shade, text: amountText(cell.pnlUsd, unit), isNow: move === 0 && volatility === 0 };
    }),
  }));
  return { unit, heads: moves.map(percentText), rows };
}

function amountText(usd: number, unit: StressMap['unit']): string {
  const digits = unit === '$m' ? 1 : 0;
  const amount = usd / (unit === '$m' ? MILLION_USD : MILLION_USD / 1_000);
  const text = formatGreek(amount, digits);
  return Number(amount.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** `−9`, `+4.5`, `0`, in percent: the head says so. */
function percentText(share: number): string {
  const digits = Number.isInteger(Math.round(share * 1_000) / 10) ? 0 : 1;
  return formatSignedPercent(Math.round(share * PPM), digits).replace('%', '');
}

/** Where a key leads from a cell; the same place at an edge. */
export function stepFrom(
  [row, column]: readonly [row: number, column: number],
  key: string,
  { rows, heads }: Pick<StressMap, 'rows' | 'heads'>,
): [row: number, column: number] | undefined {
  const clamp = (at: number, count: number) => Math.max(0, Math.min(at, count - 1));
  switch (key) {
    case 'ArrowUp':
      return [clamp(row - 1, rows.length), column];
    case 'ArrowDown':
      return [clamp(row + 1, rows.length), column];
    case 'ArrowLeft':
      return [row, clamp(column - 1, heads.length)];
    case 'ArrowRight':
      return [row, clamp(column + 1, heads.length)];
    case 'Home':
      return [row, 0];
    case 'End':
      return [row, heads.length - 1];
    default:
      return undefined;
  }
}

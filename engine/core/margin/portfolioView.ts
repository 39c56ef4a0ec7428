import { RISK_CELLS } from '../../pricing/riskVector.ts';
import type { PortfolioColumns, PortfolioView } from '../../protocol/views/marginBook.ts';
import { clearPortfolio, type Portfolio } from './portfolio.ts';

/** What only initial margin reads, and what shows an owner's other subaccounts: nobody computes it outside. */
const UNTOLD = new Set([
  'bids',
  'asks',
  'othersLong',
  'othersShort',
  'openInterest',
  'orderCells',
  'shortUsdMax',
]);

type Columns = Record<string, unknown>;

/**
 * A portfolio as plain lists.
 *
 * Columns travel by their own names, so that one added to the model reaches the page without being named here.
 *
 * @see unpackPortfolio, its way back: maintenance margin and distance of both are equal to the last unit
 */
export function packPortfolio(portfolio: Portfolio): PortfolioView {
  const { count, collateralCount, options, expiries } = portfolio;
  const own = portfolio as unknown as Columns;
  return {
    rows: cut(own, (name) => (isCollateral(name) ? 0 : count)),
    collateral: cut(own, (name) => (isCollateral(name) ? collateralCount : 0)),
    options: cut(options as unknown as Columns, (name) =>
      name === 'cells' ? options.count * RISK_CELLS : options.count,
    ),
    expiries: cut(expiries as unknown as Columns, () => expiries.count),
    numbers: { ...numbersOf(own), optionBlocks: options.count, expiryLegs: expiries.count },
  };
}

/** Fills a portfolio with what another one told. Columns that were not told are zero, or as an empty one has them. */
export function unpackPortfolio(view: PortfolioView, into: Portfolio): void {
  clearPortfolio(into);
  const { optionBlocks, expiryLegs, ...numbers } = view.numbers;
  Object.assign(into, numbers);
  into.options.count = Number(optionBlocks);
  into.expiries.count = Number(expiryLegs);
  for (const name of UNTOLD) {
    columnOf(into as unknown as Columns, name)?.fill(0);
    columnOf(into.options as unknown as Columns, name)?.fill(0);
  }
  fill(into as unknown as Columns, view.rows);
  fill(into as unknown as Columns, view.collateral);
  fill(into.options as unknown as Columns, view.options);
  fill(into.expiries as unknown as Columns, view.expiries);
}

function isCollateral(name: string): boolean {
  return name.startsWith('collateral');
}

function columnOf(from: Columns, name: string): Float64Array | Int32Array | undefined {
  const column = from[name];
  return column instanceof Float64Array || column instanceof Int32Array ? column : undefined;
}

/** @param lengthOf rows in use of a column; 0 leaves it out */
function cut(from: Columns, lengthOf: (name: string) => number): PortfolioColumns {
  const columns: Record<string, number[]> = {};
  for (const name of Object.keys(from)) {
    const column = columnOf(from, name);
    const length = lengthOf(name);
    if (column === undefined || length === 0 || UNTOLD.has(name)) continue;
    columns[name] = Array.from(column.subarray(0, length));
  }
  return columns;
}

function fill(into: Columns, columns: PortfolioColumns): void {
  for (const [name, values] of Object.entries(columns)) columnOf(into, name)?.set(values);
}

function numbersOf(from: Columns): Record<string, number | boolean> {
  const numbers: Record<string, number | boolean> = {};
  for (const [name, value] of Object.entries(from)) {
    if (typeof value === 'number' || typeof value === 'boolean') numbers[name] = value;
  }
  return numbers;
}

import { formatPrice, formatSignedUsd, formatSize, formatUsd } from '../../../../lib/format.ts';
import { plainPrice, plainSize, plainUsd } from '../../../../lib/plainText.ts';
import { AlignedNum } from '../../../grid/AlignedNum.tsx';
import { ask } from '../../../grid/ask.tsx';
import type { MarketDecimals } from '../../../grid/decimals.ts';
import type { GridColumn } from '../../../grid/gridColumn.ts';
import { timeColumn } from '../../../grid/timeColumn.tsx';
import { Num } from '../../../ui/Num.tsx';
import { SideText } from '../../../ui/SideText.tsx';
import { type FillRow, notionalUsd } from './Fills.state.ts';
import { fillReason } from './fillReasons.ts';

const liquidityText = ({ fill }: FillRow) => (fill.isMaker ? 'maker' : 'taker');
const sum = (rows: readonly FillRow[], of: (row: FillRow) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

export const fillColumns = (decimals: MarketDecimals): readonly GridColumn<FillRow>[] => [
  timeColumn(124, 'fills', ({ fill }) => fill.timeMs),
  {
    id: 'market',
    title: 'market',
    kind: 'enum',
    width: 96,
    text: ({ market }) => market.name,
    cell: ({ market }) => <b>{market.name}</b>,
  },
  {
    id: 'side',
    title: 'side',
    kind: 'enum',
    width: 54,
    text: ({ fill }) => fill.side,
    cell: ({ fill }) => <SideText side={fill.side} />,
  },
  {
    id: 'size',
    title: 'quantity',
    kind: 'number',
    width: 80,
    text: ({ fill, market }) => plainSize(fill.lots, market),
    cell: ({ fill, market }) =>
      ask(<AlignedNum text={formatSize(fill.lots, market)} significant={9} decimals={decimals.size} />),
    why: (row) => fillReason('size', row),
  },
  {
    id: 'price',
    title: 'price',
    kind: 'number',
    width: 80,
    text: ({ fill, market }) => plainPrice(fill.priceTicks, market),
    cell: ({ fill, market }) =>
      ask(
        <AlignedNum text={formatPrice(fill.priceTicks, market)} significant={9} decimals={decimals.price} />,
      ),
    why: (row) => fillReason('price', row),
  },
  {
    id: 'notional',
    title: 'notional USDC',
    kind: 'number',
    width: 92,
    text: (row) => plainUsd(notionalUsd(row)),
    cell: (row) => ask(formatUsd(notionalUsd(row))),
    why: (row) => fillReason('notional', row),
    total: (rows) => formatUsd(sum(rows, notionalUsd)),
  },
  {
    id: 'fee',
    title: 'fee',
    kind: 'number',
    width: 72,
    text: ({ fill }) => plainUsd(fill.feeUsd),
    cell: ({ fill }) => ask(<data value={fill.feeUsd}>{formatUsd(fill.feeUsd, 2)}</data>),
    why: (row) => fillReason('fee', row),
    total: (rows) =>
      formatUsd(
        sum(rows, ({ fill }) => fill.feeUsd),
        2,
      ),
  },
  {
    id: 'realized',
    title: 'realized',
    kind: 'number',
    width: 88,
    text: ({ fill }) => plainUsd(fill.realizedPnlUsd),
    cell: ({ fill }) => ask(<Num text={formatSignedUsd(fill.realizedPnlUsd, 2)} isSigned />),
    why: (row) => fillReason('realized', row),
    total: (rows) => (
      <Num
        text={formatSignedUsd(
          sum(rows, ({ fill }) => fill.realizedPnlUsd),
          2,
        )}
        isSigned
      />
    ),
  },
  {
    id: 'liquidity',
    title: 'liquidity',
    kind: 'enum',
    width: 66,
    yields: 1,
    text: liquidityText,
    cell: (row) => ask(liquidityText(row)),
    why: (row) => fillReason('liquidity', row),
  },
  {
    id: 'order',
    title: 'order',
    kind: 'number',
    width: 90,
    yields: 0,
    text: ({ fill }) => String(fill.orderId),
  },
];

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
import { plainMark, plainPercent, plainSize, plainUsd } from '../../../../lib/plainText.ts';
import { AlignedNum } from '../../../grid/AlignedNum.tsx';
import { ask } from '../../../grid/ask.tsx';
import { mostDecimals } from '../../../grid/decimals.ts';
import type { GridColumn, GridGrouping } from '../../../grid/gridColumn.ts';
import { Num } from '../../../ui/Num.tsx';
import { MarkNum } from './MarkNum.tsx';
import { PositionActions } from './PositionActions.tsx';
import styles from './Positions.module.css';
import { type PositionRow, totalsOf } from './Positions.state.ts';
import { positionReason } from './positionReasons.ts';
import { ShareBar } from './ShareBar.tsx';

export const positionGroupings: readonly GridGrouping<PositionRow>[] = [
  { id: 'account', title: 'account', of: ({ account }) => account },
  { id: 'asset', title: 'asset', of: ({ market }) => market.underlying },
  { id: 'kind', title: 'kind', of: ({ market }) => market.kind },
];

type Column = GridColumn<PositionRow>;

/** @param decimals most digits after the point of sizes, averages and marks on the screen */
export function positionColumns(
  view: () => AccountView,
  decimals: { net: number; average: number; mark: number },
): readonly Column[] {
  const why = (id: string, name: string) => (row: PositionRow) => ({
    name: `${name} of ${row.market.name}`,
    ...positionReason(id, row, view()),
  });
  const money = (
    id: string,
    title: string,
    width: number,
    of: (row: PositionRow) => number,
    totalOf: (rows: readonly PositionRow[]) => number,
    isSigned: boolean,
    yields?: number,
  ): Column => {
    const print = (usd: number) => (isSigned ? formatSignedUsd(usd) : formatUsd(usd));
    return {
      id,
      title,
      width,
      ...(yields !== undefined && { yields }),
      kind: 'number',
      text: (row) => plainUsd(of(row)),
      cell: (row) => ask(<Num text={print(of(row))} isSigned={isSigned && id !== 'delta'} />),
      why: why(id, title),
      total: (rows) => <Num text={print(totalOf(rows))} isSigned={isSigned && id !== 'delta'} isStrong />,
    };
  };
  return [
    {
      id: 'market',
      title: 'market',
      kind: 'text',
      width: 112,
      text: ({ market }) => market.name,
      cell: (row) => <MarketName row={row} />,
      total: (rows) => `${rows.length} ${rows.length === 1 ? 'position' : 'positions'}`,
    },
    {
      id: 'net',
      title: 'net',
      kind: 'number',
      width: 94,
      text: ({ position, market }) => plainSize(position.lots, market),
      cell: ({ position, market }) =>
        ask(
          <data value={position.lots}>
            <AlignedNum text={formatSignedSize(position.lots, market)} decimals={decimals.net} isStrong />
          </data>,
        ),
      why: why('net', 'net'),
    },
    money(
      'notional',
      'notional USDC',
      84,
      (row) => row.position.notionalUsd,
      (rows) => totalsOf(rows).notionalUsd,
      false,
      -1,
    ),
    {
      id: 'average',
      title: 'average',
      kind: 'number',
      width: 84,
      yields: -2,
      text: ({ position, market }) => plainMark(Math.abs(position.entryValueUsd / position.lots), market),
      cell: (row) => ask(<AlignedNum text={averageText(row)} significant={1} decimals={decimals.average} />),
      why: why('average', 'average'),
    },
    {
      id: 'mark',
      title: 'mark',
      kind: 'number',
      width: 84,
      text: ({ position, market }) => plainMark(position.markUsdPerLot, market),
      cell: (row) => ask(<MarkNum row={row} decimals={decimals.mark} />),
      why: why('mark', 'mark'),
    },
    money(
      'unrealized',
      'unrealized',
      76,
      (row) => row.position.unrealizedPnlUsd,
      (rows) => totalsOf(rows).unrealizedPnlUsd,
      true,
    ),
    money(
      'carry',
      'carry 24 h',
      66,
      (row) => row.position.carryUsdPerDay,
      (rows) => totalsOf(rows).carryUsdPerDay,
      true,
      1,
    ),
    money(
      'delta',
      'delta USDC',
      86,
      (row) => row.position.deltaUsd,
      (rows) => totalsOf(rows).deltaUsd,
      true,
      2,
    ),
    money(
      'scan',
      'scan leg',
      78,
      (row) => row.position.scanUsd,
      (rows) => totalsOf(rows).scanUsd,
      false,
      0,
    ),
    {
      id: 'share',
      title: 'risk share',
      kind: 'number',
      width: 84,
      text: ({ sharePpm }) => (sharePpm === undefined ? '' : plainPercent(sharePpm)),
      cell: (row) =>
        ask(
          <>
            <ShareBar ppm={row.sharePpm} />
            <Num text={row.sharePpm === undefined ? undefined : formatPercent(row.sharePpm, 0)} />
          </>,
        ),
      why: why('share', 'risk share'),
      total: (rows) => {
        const { sharePpm } = totalsOf(rows);
        return sharePpm === 0 ? null : <Num text={formatPercent(sharePpm, 0)} isStrong />;
      },
    },
    {
      id: 'alone',
      title: 'moves alone to',
      kind: 'number',
      width: 120,
      text: ({ own, ownIn }) => (own === undefined || ownIn !== undefined ? '' : plainUsd(own.priceUsd)),
      cell: (row) =>
        row.ownIn === undefined ? (
          ask(<Alone row={row} />)
        ) : (
          <span className={styles.faint}>see {row.ownIn}</span>
        ),
      why: why('alone', 'moves alone to'),
    },
    {
      id: 'actions',
      title: '',
      name: 'actions',
      kind: 'actions',
      width: 100,
      text: () => '',
      cell: (row, isGone) => (isGone ? 'flat' : <PositionActions row={row} />),
    },
  ];
}

function MarketName({ row: { position, market } }: { row: PositionRow }) {
  const isLong = position.lots > 0;
  return (
    <b className={styles.market}>
      <span className={isLong ? styles.long : styles.short}>
        <span aria-hidden="true">{isLong ? '▲ ' : '▼ '}</span>
        <span className="visually-hidden">{isLong ? 'long ' : 'short '}</span>
      </span>
      {market.name}
    </b>
  );
}

function Alone({ row: { own } }: { row: PositionRow }) {
  if (own === undefined) return <span className={styles.faint}>nowhere</span>;
  return (
    <>
      <Num text={formatUsd(own.priceUsd, 2)} /> <span className={styles.faint}>{formatMove(own.move)}</span>
    </>
  );
}

function averageText({ position, market }: PositionRow): string {
  return formatAverage(position.entryValueUsd, position.lots, market);
}

export function decimalsOf(rows: readonly PositionRow[]) {
  return {
    net: mostDecimals(rows.map(({ position, market }) => formatSignedSize(position.lots, market))),
    average: mostDecimals(rows.map(averageText)),
    mark: mostDecimals(rows.map(({ position, market }) => formatMark(position.markUsdPerLot, market))),
  };
}

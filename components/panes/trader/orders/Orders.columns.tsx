import { formatPrice, formatSignedUsd, formatSize, formatTime, UNKNOWN } from '../../../../lib/format.ts';
import { plainPercent, plainPrice, plainSize, plainTime, plainUsd } from '../../../../lib/plainText.ts';
import { PointRoom } from '../../../grid/AlignedNum.tsx';
import { ask } from '../../../grid/ask.tsx';
import type { MarketDecimals } from '../../../grid/decimals.ts';
import type { GridColumn } from '../../../grid/gridColumn.ts';
import { Num } from '../../../ui/Num.tsx';
import { splitZeros } from '../../../ui/numberText.ts';
import { SideText } from '../../../ui/SideText.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { AmendCell } from './AmendCell.tsx';
import { LegReading } from './LegReading.tsx';
import { OrderButtons } from './OrderButtons.tsx';
import styles from './Orders.module.css';
import {
  fromMarkPpm,
  fromMarkText,
  isUnset,
  type OrderKind,
  type OrderRow,
  queueText,
  sideOf,
  stateText,
  termsText,
  typeText,
} from './Orders.state.ts';
import { orderReason } from './orderReasons.ts';
import { EndCell, EndFilledCell, StateCell } from './StateCell.tsx';
import { legText, shortLegText } from './waitingLegs.ts';

type Column = GridColumn<OrderRow>;

const head: readonly Column[] = [
  {
    id: 'time',
    title: 'time UTC',
    kind: 'time',
    width: 88,
    text: ({ order, pending }) => plainTime(order?.acceptedMs ?? pending?.sentMs ?? 0),
    cell: (row) => <AskedTime row={row} />,
  },
  {
    id: 'market',
    title: 'market',
    kind: 'enum',
    width: 88,
    text: ({ market }) => market.name,
    cell: ({ market }) => <b className={styles.market}>{market.name}</b>,
  },
  {
    id: 'side',
    title: 'side',
    kind: 'enum',
    width: 48,
    text: sideOf,
    cell: (row) => <SideText side={sideOf(row)} />,
  },
  {
    id: 'type',
    title: 'type',
    kind: 'enum',
    width: 80,
    text: ({ order, pending }) => typeText({ type: order?.type ?? pending?.order.type ?? 'limit' }),
  },
];

const terms: Column = {
  id: 'terms',
  title: 'terms',
  kind: 'text',
  width: 112,
  yields: 1,
  text: textOfTerms,
  cell: (row) => <span title={row.leg && legText(row.leg)}>{textOfTerms(row)}</span>,
};

const sizesOf = (decimals: MarketDecimals): readonly Column[] => [
  {
    id: 'open',
    title: 'open',
    name: 'open size',
    kind: 'number',
    width: 68,
    text: ({ order, pending, market }) =>
      order === undefined ? (pending?.order.size ?? '') : plainSize(order.openLots, market),
    cell: (row, isGone) =>
      isGone ? (
        <Size text={formatSize(0, row.market)} decimals={decimals.size} />
      ) : (
        <OpenSize row={row} decimals={decimals.size} />
      ),
    why: (row) => orderReason('open', row),
  },
  {
    id: 'filled',
    title: 'filled',
    kind: 'number',
    width: 64,
    text: ({ order, market }) =>
      order === undefined ? '' : plainSize(order.sizeLots - order.openLots, market),
    cell: (row, isGone) =>
      isGone ? <EndFilledCell row={row} /> : <FilledSize row={row} decimals={decimals.size} />,
    why: (row) => orderReason('filled', row),
  },
  {
    id: 'price',
    title: 'price',
    kind: 'number',
    width: 76,
    text: (row) => {
      const { order, pending, market } = row;
      if (order === undefined) return pending?.order.price ?? pending?.order.triggerPrice ?? '';
      if (isUnset(row)) return '';
      return plainPrice(order.priceTicks > 0 ? order.priceTicks : order.triggerTicks, market);
    },
    cell: (row) => (
      <AmendCell row={row} field="priceText">
        {ask(<PriceText row={row} decimals={decimals.price} />)}
      </AmendCell>
    ),
    why: (row) => orderReason('price', row),
  },
  {
    id: 'fromMark',
    title: 'from mark',
    kind: 'number',
    width: 62,
    yields: 2,
    text: (row) => {
      const ppm = fromMarkPpm(row);
      return ppm === undefined ? '' : plainPercent(ppm);
    },
    cell: (row) =>
      ask(
        <Num
          text={row.order === undefined ? UNKNOWN : fromMarkText(row.order, row.market, row.markUsdPerLot)}
        />,
      ),
    why: (row) => orderReason('fromMark', row),
  },
];

const queue: Column = {
  id: 'queue',
  title: 'queue',
  kind: 'number',
  width: 96,
  yields: -1,
  text: ({ order, market }) =>
    order === undefined || order.lotsAhead < 0 ? '' : plainSize(order.lotsAhead, market),
  cell: (row) => {
    const { order, market, leg } = row;
    if (leg !== undefined)
      return (
        <LegReading leg={leg} market={market}>
          at its fill
        </LegReading>
      );
    return order !== undefined && ask(queueText(order, market));
  },
  why: (row) => orderReason('queue', row),
};

const belongs: Column = {
  id: 'siblings',
  title: 'belongs to',
  kind: 'text',
  width: 212,
  text: ({ siblings }) => siblings,
  cell: (row) =>
    row.leg === undefined ? (
      <span title={row.siblings}>{row.siblings}</span>
    ) : (
      <LegReading leg={row.leg} market={row.market}>
        {row.siblings}
      </LegReading>
    ),
};

const foot: readonly Column[] = [
  {
    id: 'held',
    title: 'IM it holds',
    name: 'initial margin it holds',
    kind: 'number',
    width: 72,
    yields: 0,
    text: ({ heldUsd }) => (heldUsd === undefined ? '' : plainUsd(heldUsd)),
    cell: ({ order, heldUsd }) =>
      order !== undefined && ask(<Num text={heldUsd === undefined ? undefined : formatSignedUsd(heldUsd)} />),
    why: (row) => orderReason('held', row),
  },
  {
    id: 'state',
    title: 'state',
    kind: 'enum',
    width: 92,
    text: stateText,
    cell: (row, isGone) => (isGone ? <EndCell row={row} /> : <StateCell row={row} />),
  },
  {
    id: 'actions',
    title: '',
    name: 'actions',
    kind: 'actions',
    width: 128,
    text: () => '',
    cell: (row, isGone) => !isGone && <OrderButtons row={row} />,
  },
];

/** Where it fires, and the worst it then takes. */
const TWO_PRICES_PX = 132;

/** @param decimals most digits after the point of sizes and prices among the rows */
export function orderColumns(kind: OrderKind, decimals: MarketDecimals): readonly Column[] {
  const sizes = sizesOf(decimals);
  if (kind === 'working') return [...head, terms, ...sizes, queue, ...foot];
  const wide = sizes.map((column) => (column.id === 'price' ? { ...column, width: TWO_PRICES_PX } : column));
  return [...head, terms, ...wide, belongs, ...foot];
}

function textOfTerms({ order, pending, leg }: OrderRow): string {
  if (leg !== undefined) return shortLegText(leg);
  return order === undefined ? (pending?.order.timeInForce ?? '').toUpperCase() : termsText(order);
}

/** What an entry will place has the time of its entry, and stands under it. */
function AskedTime({ row: { order, pending, leg } }: { row: OrderRow }) {
  const timeMs = order?.acceptedMs ?? pending?.sentMs ?? 0;
  if (leg === undefined) return <TimeText timeMs={timeMs} />;
  return <span className={styles.under}>{timeMs > 0 ? formatTime(timeMs, false) : UNKNOWN}</span>;
}

/** The step of the lot is there, its zeros do not shout. */
function Size({ text, decimals }: { text: string; decimals: number }) {
  const [significant, zeros] = splitZeros(text);
  return (
    <>
      {significant}
      <span className={styles.faint}>{zeros}</span>
      <PointRoom text={text} decimals={decimals} />
    </>
  );
}

interface OrderNumberProps {
  row: OrderRow;
  /** Of its column. */
  decimals: number;
}

function OpenSize({ row, decimals }: OrderNumberProps) {
  const { order, pending, market } = row;
  return (
    <AmendCell row={row} field="sizeText">
      {order === undefined
        ? pending?.order.size
        : ask(<Size text={formatSize(order.openLots, market)} decimals={decimals} />)}
    </AmendCell>
  );
}

function FilledSize({ row: { order, market }, decimals }: OrderNumberProps) {
  return (
    order !== undefined &&
    ask(<Size text={formatSize(order.sizeLots - order.openLots, market)} decimals={decimals} />)
  );
}

/** A stop with a limit shows both: where it fires, and the worst it takes. */
function PriceText({ row: { order, pending, market }, decimals }: OrderNumberProps) {
  if (order === undefined) return pending?.order.price ?? pending?.order.triggerPrice ?? 'market';
  const { priceTicks, triggerTicks, state } = order;
  const price = formatPrice(priceTicks > 0 ? priceTicks : triggerTicks, market);
  if (state !== 'parked' || priceTicks === 0)
    return (
      <>
        {price}
        <PointRoom text={price} decimals={decimals} />
      </>
    );
  return (
    <>
      <span className={styles.faint}>at {formatPrice(triggerTicks, market)} </span>
      {price}
    </>
  );
}

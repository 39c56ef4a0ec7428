'use client';

import { formatPrice, formatSignedUsd, formatSize, formatTime, formatUsd } from '../../../../lib/format.ts';
import { useFills, useSession } from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Fills.module.css';

/** More than fit on any screen; the whole history belongs to the reports. */
const SHOWN = 100;

const head: { name: string; align: 'left' | 'right' }[] = [
  { name: 'time UTC', align: 'left' },
  { name: 'market', align: 'left' },
  { name: 'side', align: 'left' },
  { name: 'quantity', align: 'right' },
  { name: 'price', align: 'right' },
  { name: 'fee', align: 'right' },
  { name: 'realized', align: 'right' },
  { name: 'liquidity', align: 'left' },
  { name: 'order', align: 'right' },
];

/** What traded, newest first. */
export function Fills() {
  const fills = useFills();
  const markets = useMarkets();
  const session = useSession();
  if (session.state !== 'signedIn') return <EmptyState title="Sign in to see your fills." />;
  if (fills.length === 0) return <EmptyState title="No fills yet." />;
  return (
    <Table
      label="Fills"
      head={head.map(({ name, align }) => (
        <HeadCell key={name} align={align}>
          {name}
        </HeadCell>
      ))}
    >
      {fills.slice(0, SHOWN).map((fill) => {
        const market = markets.find((each) => each.instrument === fill.instrument);
        if (market === undefined) return null;
        return (
          <Row key={`${fill.tradeId}/${fill.orderId}`} data-fill={fill.tradeId}>
            <Cell align="left">{formatTime(fill.timeMs)}</Cell>
            <Cell align="left" isStrong>
              {market.name}
            </Cell>
            <Cell align="left" className={fill.side === 'buy' ? styles.buy : styles.sell}>
              {fill.side === 'buy' ? '▲ buy' : '▼ sell'}
            </Cell>
            <Cell isStrong>{formatSize(fill.lots, market)}</Cell>
            <Cell>{formatPrice(fill.priceTicks, market)}</Cell>
            <Cell>
              <data value={fill.feeUsd}>{formatUsd(fill.feeUsd, 2)}</data>
            </Cell>
            <Cell>
              <Num text={formatSignedUsd(fill.realizedPnlUsd, 2)} isSigned />
            </Cell>
            <Cell align="left">{fill.isMaker ? 'maker' : 'taker'}</Cell>
            <Cell>{fill.orderId}</Cell>
          </Row>
        );
      })}
    </Table>
  );
}

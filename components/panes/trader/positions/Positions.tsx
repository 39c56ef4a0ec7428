'use client';

import { useState } from 'react';
import type { AccountView, PositionView } from '../../../../engine/protocol/views/account.ts';
import {
  formatAverage,
  formatMark,
  formatSignedSize,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import { useAccount, useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useMarkFreshness } from '../../../../lib/hooks/connection.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { FlattenDialog } from './FlattenDialog.tsx';
import styles from './Positions.module.css';
import { positionsInOrder, totalsOf } from './Positions.state.ts';

const head = ['net', 'notional USDC', 'average', 'mark', 'unrealized'];

/** What the account holds, and the way out of each position. */
export function Positions() {
  const account = useAccount();
  const session = useSession();
  const count = account?.positions.length;
  return (
    <Pane title={`Positions ${count ?? ''}`} actions={account && <EquitySum account={account} />}>
      {session.state !== 'signedIn' && <EmptyState title="Sign in to see your positions." />}
      {session.state === 'signedIn' && account === undefined && (
        <EmptyState title="Waiting for the account." />
      )}
      {count === 0 && <EmptyState title="No positions." />}
      {account !== undefined && count !== 0 && <PositionTable account={account} />}
    </Pane>
  );
}

function EquitySum({ account: { margin } }: { account: AccountView }) {
  return (
    <span>
      collateral {formatUsd(margin.collateralUsd, 2)} + unrealized{' '}
      {formatSignedUsd(margin.unrealizedPnlUsd, 2)} = equity {formatUsd(margin.equityUsd, 2)}
    </span>
  );
}

function PositionTable({ account }: { account: AccountView }) {
  const [flattening, setFlattening] = useState<PositionView>();
  const totals = totalsOf(account.positions);
  return (
    <>
      <Table
        label="Positions"
        className={styles.table}
        head={
          <>
            <HeadCell align="left">market</HeadCell>
            {head.map((name) => (
              <HeadCell key={name}>{name}</HeadCell>
            ))}
            <HeadCell>
              <span className="visually-hidden">actions</span>
            </HeadCell>
          </>
        }
      >
        {positionsInOrder(account.positions).map((position) => (
          <PositionLine
            key={position.instrument}
            position={position}
            onFlatten={() => setFlattening(position)}
          />
        ))}
        <Row kind="total">
          <Cell align="left">Total</Cell>
          <Cell />
          <Cell>{formatUsd(totals.notionalUsd)}</Cell>
          <Cell />
          <Cell />
          <Cell>
            <Num text={formatSignedUsd(totals.unrealizedPnlUsd)} isSigned />
          </Cell>
          <Cell />
        </Row>
      </Table>
      {flattening !== undefined && (
        <FlattenDialog
          key={flattening.instrument}
          position={flattening}
          account={account}
          onClose={() => setFlattening(undefined)}
        />
      )}
    </>
  );
}

function PositionLine({ position, onFlatten }: { position: PositionView; onFlatten: () => void }) {
  const market = useMarkets().find((each) => each.instrument === position.instrument);
  const session = useSession();
  const selected = useSelectedAccount();
  const freshness = useMarkFreshness(position.instrument);
  if (market === undefined) return null;
  const age = freshness.face === 'stale' ? { face: 'stale' as const, ageMs: freshness.ageMs } : {};
  const mayTrade = selected?.mayTrade === true && session.state === 'signedIn' && session.agent !== undefined;
  const isLong = position.lots > 0;
  return (
    <Row data-instrument={position.instrument}>
      <Cell align="left" isStrong>
        <span className={isLong ? styles.long : styles.short}>
          <span aria-hidden="true">{isLong ? '▲ ' : '▼ '}</span>
          <span className="visually-hidden">{isLong ? 'long ' : 'short '}</span>
        </span>
        {market.name}
      </Cell>
      <Cell isStrong>
        <data value={position.lots}>{formatSignedSize(position.lots, market)}</data>
      </Cell>
      <Cell>{formatUsd(position.notionalUsd)}</Cell>
      <Cell>
        <Num text={formatAverage(position.entryValueUsd, position.lots, market)} significant={1} />
      </Cell>
      <Cell>
        <Num text={formatMark(position.markUsdPerLot, market)} significant={1} {...age} />
      </Cell>
      <Cell>
        <Num text={formatSignedUsd(position.unrealizedPnlUsd)} isSigned {...age} />
      </Cell>
      <Cell className={styles.actions}>
        {mayTrade && (
          <Button size="row" onClick={onFlatten}>
            flat <span className="visually-hidden">{market.name}</span>
          </Button>
        )}
      </Cell>
    </Row>
  );
}

'use client';

import { useMemo, useRef } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { useAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { Grid } from '../../../grid/Grid.tsx';
import { GridGroupPick, GridTools } from '../../../grid/GridTools.tsx';
import { HeldAge, HeldFace } from '../../../grid/HeldFace.tsx';
import { useGrid } from '../../../grid/useGrid.ts';
import { Waiting } from '../../../grid/Waiting.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { WhySource } from '../../../ui/Why.tsx';
import { decimalsOf, positionColumns, positionGroupings } from './Positions.columns.tsx';
import styles from './Positions.module.css';
import { type PositionRow, positionRows, positionsLayout, totalsOf } from './Positions.state.ts';

const none: readonly PositionRow[] = [];
const keyOf = ({ position }: PositionRow) => String(position.instrument);
const lookOf = ({ position }: PositionRow) => ({ 'data-instrument': position.instrument });

/** What the account holds, what of its risk each position is, and the ways out. */
export function Positions() {
  const account = useAccount();
  const session = useSession();
  const markets = useMarkets();
  const rows = useMemo(
    () => (account === undefined ? none : positionRows(account, markets)),
    [account, markets],
  );
  const model = useGrid({
    id: 'positions',
    label: 'Positions',
    rows,
    columns: usePositionColumns(account, rows),
    groupings: positionGroupings,
    defaults: positionsLayout,
    keyOf,
  });
  const isOut = session.state !== 'signedIn' && session.state !== 'unknown';
  return (
    <Pane
      title={`Positions ${account?.positions.length ?? ''}`}
      aside={
        <>
          <GridGroupPick model={model} />
          {account === undefined && !isOut && <Waiting what="the account snapshot" />}
          <HeldAge />
        </>
      }
      actions={
        <>
          {account !== undefined && <EquitySum account={account} />}
          <GridTools model={model} />
        </>
      }
    >
      <WhySource value={account === undefined ? '' : sourceText(account.seq, account.timeMs)}>
        <HeldFace>
          <div className={styles.stack}>
            <Grid
              model={model}
              isLoading={account === undefined && !isOut}
              lookOf={lookOf}
              empty={
                isOut ? (
                  <EmptyState title="Sign in to see your positions.">Sign in at the top right.</EmptyState>
                ) : (
                  <EmptyState title="No positions.">
                    What you buy or sell stands here with its share of the risk. Write an order in the ticket,
                    or take a price from the ladder.
                  </EmptyState>
                )
              }
            />
            {account !== undefined && rows.length > 0 && <ScanSum account={account} rows={rows} />}
          </div>
        </HeldFace>
      </WhySource>
    </Pane>
  );
}

/** The columns are one object while the digits they make room for are the same. */
function usePositionColumns(account: AccountView | undefined, rows: readonly PositionRow[]) {
  const view = useRef(account);
  view.current = account;
  const { net, average, mark } = decimalsOf(rows);
  return useMemo(
    () => positionColumns(() => view.current as AccountView, { net, average, mark }),
    [net, average, mark],
  );
}

function EquitySum({ account: { margin } }: { account: AccountView }) {
  return (
    <span className={styles.equity}>
      collateral {formatUsd(margin.collateralUsd, 2)} + unrealized{' '}
      {formatSignedUsd(margin.unrealizedPnlUsd, 2)} = equity {formatUsd(margin.equityUsd, 2)}
    </span>
  );
}

/** What the legs leave: hedges that do not fit, tails, coins held as collateral, bounds. */
function ScanSum({ account, rows }: { account: AccountView; rows: readonly PositionRow[] }) {
  const { scanUsd } = account.margin.maintenance;
  const restUsd = scanUsd - totalsOf(rows).scanUsd;
  const hasCoins = account.balances.some(({ asset, countedUsd }) => asset !== 0 && countedUsd > 0);
  return (
    <p className={styles.rest}>
      legs {formatUsd(totalsOf(rows).scanUsd)} + {hasCoins ? 'residual and coins' : 'residual'}{' '}
      {formatUsd(restUsd)} = scan {formatUsd(scanUsd)}
    </p>
  );
}

'use client';

import { type ReactNode, useMemo } from 'react';
import { formatSignedPercent, formatSignedUsd } from '../../../../lib/format.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useHistory } from '../../../../lib/hooks/history.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { plainAmount, plainUsd } from '../../../../lib/plainText.ts';
import { ask } from '../../../grid/ask.tsx';
import type { GridColumn, GridGrouping } from '../../../grid/gridColumn.ts';
import { HistoryGrid } from '../../../grid/HistoryGrid.tsx';
import { timeColumn } from '../../../grid/timeColumn.tsx';
import { type GridModel, useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { type FundingPaid, type FundingRow, fundingLayout, fundingRows } from './Funding.state.ts';
import { fundingReason } from './fundingReasons.ts';

const PPB_PER_PPM = 1_000;
/** A percentage has two digits more than the fraction it is of. */
const PPB_PERCENT_DECIMALS = 7;

const columns: readonly GridColumn<FundingRow>[] = [
  timeColumn(130, 'payments', ({ paid }) => paid.timeMs),
  {
    id: 'market',
    title: 'market',
    kind: 'enum',
    width: 120,
    text: ({ market }) => market.name,
    cell: ({ market }) => <b>{market.name}</b>,
  },
  {
    id: 'amount',
    title: 'received USDC',
    kind: 'number',
    width: 120,
    text: ({ paid }) => plainUsd(paid.amountUsd),
    cell: ({ paid }) => ask(<Num text={formatSignedUsd(paid.amountUsd, 2)} isSigned />),
    why: (row) => fundingReason('amount', row),
    total: (rows) => (
      <Num
        text={formatSignedUsd(
          rows.reduce((sum, { paid }) => sum + paid.amountUsd, 0),
          2,
        )}
        isSigned
      />
    ),
  },
  {
    id: 'rate',
    title: 'rate of the hour',
    name: 'rate of the hour, %',
    kind: 'number',
    width: 120,
    text: ({ paid }) => plainAmount(paid.ratePpb, PPB_PERCENT_DECIMALS),
    cell: ({ paid }) => ask(formatSignedPercent(paid.ratePpb / PPB_PER_PPM, 4)),
    why: (row) => fundingReason('rate', row),
  },
];
const groupings: readonly GridGrouping<FundingRow>[] = [
  { id: 'market', title: 'market', of: ({ market }) => market.name },
];
const keyOf = ({ paid }: FundingRow) => `${paid.seq}/${paid.place}`;

/** Funding paid and received, newest first. */
export function Funding({ tools }: { tools: (model: GridModel<FundingRow>) => ReactNode }) {
  const history = useHistory<FundingPaid>('funding', useSelectedAccount()?.account);
  const markets = useMarkets();
  const rows = useMemo(() => fundingRows(history.rows, markets), [history.rows, markets]);
  const model = useGrid({
    id: 'funding',
    label: 'Funding',
    rows,
    columns,
    groupings,
    defaults: fundingLayout,
    keyOf,
  });
  return (
    <>
      {tools(model)}
      <HistoryGrid
        model={model}
        history={history}
        empty={
          <EmptyState title="No funding yet.">
            Perpetuals pay or receive at each full hour, while a position is held.
          </EmptyState>
        }
      />
    </>
  );
}

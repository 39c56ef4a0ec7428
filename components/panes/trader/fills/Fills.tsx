'use client';

import { type ReactNode, useMemo } from 'react';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import { useFills, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { type Place, useHistory } from '../../../../lib/hooks/history.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { marketDecimals } from '../../../grid/decimals.ts';
import type { GridGrouping } from '../../../grid/gridColumn.ts';
import { HistoryGrid } from '../../../grid/HistoryGrid.tsx';
import { type GridModel, useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { fillColumns } from './Fills.columns.tsx';
import { type FillRow, fillKey, fillRows, fillsLayout } from './Fills.state.ts';

const groupings: readonly GridGrouping<FillRow>[] = [
  { id: 'market', title: 'market', of: ({ market }) => market.name },
  { id: 'order', title: 'order', of: ({ fill }) => String(fill.orderId) },
];
const keyOf = ({ fill }: FillRow) => fillKey(fill);
const lookOf = ({ fill }: FillRow) => ({ 'data-fill': fill.tradeId });

/** What traded, newest first: the stream's, and what the records hold behind it. */
export function Fills({ tools }: { tools: (model: GridModel<FillRow>) => ReactNode }) {
  const live = useFills();
  const history = useHistory<FillView & Place>('fills', useSelectedAccount()?.account);
  const markets = useMarkets();
  const rows = useMemo(() => fillRows(live, history.rows, markets), [live, history.rows, markets]);
  const { size, price } = marketDecimals(rows.map(({ market }) => market));
  const columns = useMemo(() => fillColumns({ size, price }), [size, price]);
  const model = useGrid({
    id: 'fills',
    label: 'Fills',
    rows,
    columns,
    groupings,
    defaults: fillsLayout,
    keyOf,
  });
  return (
    <>
      {tools(model)}
      <HistoryGrid
        model={model}
        history={history}
        lookOf={lookOf}
        empty={
          <EmptyState title="No fills yet.">
            What you trade stands here the moment the engine has it.
          </EmptyState>
        }
      />
    </>
  );
}

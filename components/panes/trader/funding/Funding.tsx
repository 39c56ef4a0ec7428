'use client';

import { type ReactNode, useMemo } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatSignedPercent, formatSignedUsd } from '../../../../lib/format.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { type Place, useHistory } from '../../../../lib/hooks/history.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { plainAmount, plainUsd } from '../../../../lib/plainText.ts';
import type { GridColumn, GridGrouping } from '../../../grid/gridColumn.ts';
import { HistoryGrid } from '../../../grid/HistoryGrid.tsx';
import { timeColumn } from '../../../grid/timeColumn.tsx';
import { type GridModel, useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';

/** A payment as the records tell it. */
interface FundingPaid extends Place {
  timeMs: number;
  instrument: number;
  /** Positive: received. */
  amountUsd: number;
  /** Of the hour, 1e-9; positive: longs paid. */
  ratePpb: number;
}

interface FundingRow {
  readonly paid: FundingPaid;
  readonly market: MarketView;
}

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
    cell: ({ paid }) => <Num text={formatSignedUsd(paid.amountUsd, 2)} isSigned />,
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
    cell: ({ paid }) => formatSignedPercent(paid.ratePpb / PPB_PER_PPM, 4),
  },
];
const groupings: readonly GridGrouping<FundingRow>[] = [
  { id: 'market', title: 'market', of: ({ market }) => market.name },
];
const defaults: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'time', isDescending: true }],
  groupBy: '',
};
const keyOf = ({ paid }: FundingRow) => `${paid.seq}/${paid.place}`;

/** Funding paid and received, newest first. */
export function Funding({ tools }: { tools: (model: GridModel<FundingRow>) => ReactNode }) {
  const history = useHistory<FundingPaid>('funding', useSelectedAccount()?.account);
  const markets = useMarkets();
  const rows = useMemo(() => {
    const marketOf = new Map(markets.map((market) => [market.instrument, market]));
    return history.rows.flatMap((paid) => {
      const market = marketOf.get(paid.instrument);
      return market === undefined ? [] : [{ paid, market }];
    });
  }, [history.rows, markets]);
  const model = useGrid({ id: 'funding', label: 'Funding', rows, columns, groupings, defaults, keyOf });
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

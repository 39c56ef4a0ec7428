'use client';

import { type ReactNode, useMemo } from 'react';
import type { AssetView } from '../../../../engine/protocol/views/market.ts';
import { formatSignedAmount } from '../../../../lib/format.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useHistory } from '../../../../lib/hooks/history.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { plainAmount } from '../../../../lib/plainText.ts';
import { ask } from '../../../grid/ask.tsx';
import type { GridColumn, GridGrouping } from '../../../grid/gridColumn.ts';
import { HistoryGrid } from '../../../grid/HistoryGrid.tsx';
import { timeColumn } from '../../../grid/timeColumn.tsx';
import { type GridModel, useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import {
  type LedgerRow,
  ledgerLayout,
  ledgerRows,
  type Posting,
  reasonText,
  sumsByAsset,
} from './Ledger.state.ts';
import { postingReason } from './ledgerReasons.ts';

const columns: readonly GridColumn<LedgerRow>[] = [
  timeColumn(130, 'postings', ({ posting }) => posting.timeMs),
  { id: 'reason', title: 'what', kind: 'enum', width: 110, text: reasonText },
  { id: 'market', title: 'market', kind: 'enum', width: 110, text: ({ market }) => market },
  {
    id: 'amount',
    title: 'amount',
    kind: 'number',
    width: 150,
    text: ({ posting, asset }) => plainAmount(posting.amount, asset.decimals),
    cell: ({ posting, asset }) => ask(<Amount asset={asset} amount={posting.amount} />),
    why: postingReason,
    total: (rows) =>
      sumsByAsset(rows).map((each, at) => (
        <span key={each.asset.asset}>
          {at > 0 && ', '}
          <Amount {...each} hasUnit />
        </span>
      )),
  },
  { id: 'asset', title: 'asset', kind: 'enum', width: 70, text: ({ asset }) => asset.name },
  { id: 'seq', title: 'seq', kind: 'number', width: 80, text: ({ posting }) => String(posting.seq) },
];
const groupings: readonly GridGrouping<LedgerRow>[] = [
  { id: 'reason', title: 'what', of: reasonText },
  { id: 'asset', title: 'asset', of: ({ asset }) => asset.name },
  { id: 'market', title: 'market', of: ({ market }) => (market === '' ? 'no market' : market) },
];
const keyOf = ({ posting }: LedgerRow) => `${posting.seq}/${posting.place}`;
const noAssets: readonly AssetView[] = [];

/** Every movement of the account's money and coins: deposits, fees, realized, funding, interest, transfers. */
export function Ledger({ tools }: { tools: (model: GridModel<LedgerRow>) => ReactNode }) {
  const history = useHistory<Posting>('ledger', useSelectedAccount()?.account);
  const listing = useListing();
  const rows = useMemo(
    () => ledgerRows(history.rows, listing?.assets ?? noAssets, listing?.markets ?? []),
    [history.rows, listing],
  );
  const model = useGrid({
    id: 'ledger',
    label: 'Ledger',
    rows,
    columns,
    groupings,
    defaults: ledgerLayout,
    keyOf,
  });
  return (
    <>
      {tools(model)}
      <HistoryGrid
        model={model}
        history={history}
        empty={<EmptyState title="No movement yet.">Deposits, fees and payments stand here.</EmptyState>}
      />
    </>
  );
}

function Amount({ asset, amount, hasUnit = false }: { asset: AssetView; amount: number; hasUnit?: boolean }) {
  const unit = hasUnit ? { unit: asset.name } : {};
  return <Num text={formatSignedAmount(amount, asset.decimals)} isSigned significant={2} {...unit} />;
}

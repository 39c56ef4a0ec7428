import type { LedgerReasonName } from '../../../../engine/protocol/enums.ts';
import type { AssetView, MarketView } from '../../../../engine/protocol/views/market.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';
import type { Place } from '../../../../lib/hooks/history.ts';

/** A posting as the records tell it, seen from this account. */
export interface Posting extends Place {
  timeMs: number;
  asset: number;
  /** In the asset's smallest unit; positive came in. */
  amount: number;
  reason: LedgerReasonName;
  counterAccount: number;
  /** −1 where there is none. */
  instrument: number;
}

export interface LedgerRow {
  readonly posting: Posting;
  readonly asset: AssetView;
  /** Empty where the posting is about no market. */
  readonly market: string;
}

export const ledgerLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'time', isDescending: true }],
  groupBy: '',
};

const reasonWords: Record<LedgerReasonName, string> = {
  deposit: 'deposit',
  realizedPnl: 'realized',
  takerFee: 'taker fee',
  makerFee: 'maker fee',
  makerRebate: 'maker rebate',
  funding: 'funding',
  fundingDust: 'funding, rounding',
  interest: 'interest',
  settlement: 'settlement',
  spotTrade: 'spot trade',
  collateralMove: 'transfer',
  transfer: 'transfer',
  portedPnl: 'ported gain',
  withdrawal: 'withdrawal',
  depositReverted: 'deposit taken back',
};

export function reasonText({ posting }: LedgerRow): string {
  return reasonWords[posting.reason];
}

export function ledgerRows(
  postings: readonly Posting[],
  assets: readonly AssetView[],
  markets: readonly MarketView[],
): LedgerRow[] {
  const marketOf = new Map(markets.map(({ instrument, name }) => [instrument, name]));
  const assetOf = new Map(assets.map((asset) => [asset.asset, asset]));
  return postings.flatMap((posting) => {
    const asset = assetOf.get(posting.asset);
    return asset === undefined ? [] : [{ posting, asset, market: marketOf.get(posting.instrument) ?? '' }];
  });
}

/** Sums by asset, because dollars and coins do not add up: `+1,200.50 USDC, −0.5 BTC`. */
export function sumsByAsset(rows: readonly LedgerRow[]): { asset: AssetView; amount: number }[] {
  const sums = new Map<number, { asset: AssetView; amount: number }>();
  for (const { asset, posting } of rows) {
    const before = sums.get(asset.asset)?.amount ?? 0;
    sums.set(asset.asset, { asset, amount: before + posting.amount });
  }
  return [...sums.values()];
}

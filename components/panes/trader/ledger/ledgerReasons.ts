import type { LedgerReasonName } from '../../../../engine/protocol/enums.ts';
import { formatSignedAmount } from '../../../../lib/format.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import type { CellReason } from '../../../../lib/reasons/reason.ts';
import { type LedgerRow, reasonText } from './Ledger.state.ts';

const formulas: Record<LedgerReasonName, string> = {
  deposit: 'what the vault received and the chain made final',
  realizedPnl: '(price − average of the position) × what of it a fill closed, of a short the other way round',
  takerFee: 'notional of a fill × the taker rate of the firm’s tier, rounded up',
  makerFee: 'notional of a fill × the maker rate of the firm’s tier, rounded up',
  makerRebate:
    'notional of a fill × the maker rate of the firm’s tier, which is paid to the maker where it is negative',
  funding: 'mean size held through the hour × index × rate of the hour; longs pay where it is positive',
  fundingDust: 'what rounding left of an hour’s payments',
  interest: 'USDC owed × the rate of a year × the time since it was charged last',
  settlement: '(settlement price − average) × size at expiry',
  spotTrade: 'size of a spot fill in its coin, and size × price in USDC the other way',
  collateralMove: 'as much as was asked to be moved between an account and a pot of it',
  transfer: 'as much as was asked and agreed to, between two accounts of the firm',
  portedPnl: 'what a ported position had gained at its price, paid by who received it',
  withdrawal: 'as much as was asked for and agreed to, on its way through the vault',
  depositReverted: 'what a deposit had credited before the chain took it back, and what others gave for it',
};

/** Why a posting is as large as it is; each stands twice, once on either side. */
export function postingReason(row: LedgerRow): CellReason {
  const { posting, asset, market } = row;
  return {
    name: `${reasonText(row)}${market === '' ? '' : ` in ${market}`}`,
    formula: `${formulas[posting.reason]}; it left or reached the other account by as much`,
    inputs: [
      ['amount', `${formatSignedAmount(posting.amount, asset.decimals)} ${asset.name}`],
      ['other account', String(posting.counterAccount)],
    ],
    source: sourceText(posting.seq, posting.timeMs),
  };
}

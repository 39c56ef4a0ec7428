import { OK, refusal } from '../../protocol/errors.ts';
import type { Change } from '../accounts/change.ts';
import { equityUsd } from '../margin/equity.ts';
import type { Portfolio } from '../margin/portfolio.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { microCoinsUsd } from './coinCaps.ts';

/** The largest cap that may be set, × 1000: a thousand times the equity. */
export const LEVERAGE_MILLI_MAX = 1_000_000;

const MILLI = 1_000;

export function leverageCapRow(state: State, account: number, underlying: number): number {
  return account * state.limits.underlyings + underlying;
}

/** The tighter of the coin's cap and the account's own for it, × 1000; 0 for none. */
export function leverageCapOf(state: State, account: number, underlying: number): number {
  const ofCoin = state.underlyings.columns.leverageMilliMax[underlying]!;
  const own = state.leverageCaps.columns.leverageMilli[leverageCapRow(state, account, underlying)]!;
  return ofCoin === 0 || own === 0 ? Math.max(ofCoin, own) : Math.min(ofCoin, own);
}

/**
 * What the account could come to hold, whatever of its open orders fills: Σ |lots| of the worse side, at the index.
 *
 * @param underlying NONE for all of the account
 * @param change of one instrument; undefined: as it stands
 * @returns micro-USD ≥ 0
 */
export function grossUsd(state: State, account: number, underlying: number, change?: Change): number {
  const p = state.positions.columns;
  let sum = 0;
  let isSeen = change === undefined;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
    const instrument = p.instrument[row]!;
    const own = instrument === change?.instrument ? change : undefined;
    if (own !== undefined) isSeen = true;
    sum += legUsd(state, underlying, instrument, p.lots[row]!, p.bidLots[row]!, p.askLots[row]!, own);
  }
  return isSeen ? sum : sum + legUsd(state, underlying, change!.instrument, 0, 0, 0, change);
}

function legUsd(
  state: State,
  wanted: number,
  instrument: number,
  lots: number,
  bids: number,
  asks: number,
  change: Change | undefined,
): number {
  const { underlying, microCoinsPerLot } = state.instruments.columns;
  const of = underlying[instrument]!;
  if (wanted !== NONE && of !== wanted) return 0;
  const held = lots + (change?.signedLots ?? 0);
  const isBuy = change?.side === 0;
  const bidsAfter = bids + (change !== undefined && isBuy ? change.openLots : 0);
  const asksAfter = asks + (change !== undefined && !isBuy ? change.openLots : 0);
  const most = Math.max(Math.abs(held + bidsAfter), Math.abs(held - asksAfter));
  return microCoinsUsd(state, of, most * microCoinsPerLot[instrument]!);
}

/** Whether any leverage cap could bind an order: of nearly all accounts none does, and nothing else is asked. */
export function hasLeverageCap(state: State, account: number, instrument: number): boolean {
  const { leverageMilli, leverageCapCount } = state.accounts.columns;
  const ofCoin =
    state.underlyings.columns.leverageMilliMax[state.instruments.columns.underlying[instrument]!]!;
  return (leverageMilli[account]! | leverageCapCount[account]! | ofCoin) !== 0;
}

/**
 * Judges what an order would make of notional ÷ equity, in its coin and in all of the account. One that does not
 * raise the notional passes whatever the cap: lowering a cap never forces a trade.
 *
 * @param portfolio the account after the change, as margin sees it
 * @returns OK or: cap.leverage
 */
export function judgeLeverage(state: State, account: number, change: Change, portfolio: Portfolio): number {
  const underlying = state.instruments.columns.underlying[change.instrument]!;
  const isBeyond = (capMilli: number, of: number): boolean => {
    if (capMilli === 0) return false;
    const after = grossUsd(state, account, of, change);
    return after * MILLI > capMilli * equityUsd(portfolio) && after > grossUsd(state, account, of);
  };
  return judgeBothCaps(state, account, underlying, isBeyond);
}

/**
 * The same of something that is done and was no order.
 *
 * @param before what the account could come to hold until then, of the coin and in all
 */
export function judgeLeverageSince(
  state: State,
  account: number,
  underlying: number,
  before: { inCoinUsd: number; inAllUsd: number },
  portfolio: Portfolio,
): number {
  return judgeBothCaps(state, account, underlying, (capMilli, of) => {
    if (capMilli === 0) return false;
    const after = grossUsd(state, account, of);
    const was = of === NONE ? before.inAllUsd : before.inCoinUsd;
    return after * MILLI > capMilli * equityUsd(portfolio) && after > was;
  });
}

function judgeBothCaps(
  state: State,
  account: number,
  underlying: number,
  isBeyond: (capMilli: number, of: number) => boolean,
): number {
  if (isBeyond(leverageCapOf(state, account, underlying), underlying)) return refusal['cap.leverage'];
  return isBeyond(state.accounts.columns.leverageMilli[account]!, NONE) ? refusal['cap.leverage'] : OK;
}

import { InstrumentKind, InstrumentStage } from '../../protocol/enums.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { takerPpmOf } from '../fees/tiers.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { addExpiryLeg, addOption, addUnrealized } from '../margin/addLegs.ts';
import {
  addCollateral,
  addOrders,
  addOtherSubaccount,
  clearPortfolio,
  createPortfolio,
  type Portfolio,
  rowOf,
} from '../margin/portfolio.ts';
import { NONE } from '../memory/table.ts';
import { settlementPricePpmOf } from '../oracle/settlementPrice.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';
import { provisionUsd } from './carry.ts';
import type { Change } from './change.ts';
import { collateralValueUsd, collateralWeightPpm } from './collateralValue.ts';
import { exposureRow, fillEffect } from './fill.ts';
import { readWindowGains } from './windowGains.ts';

/** Reads an account of the state as the portfolio that margin knows, before or after an order. */
export class PortfolioReader {
  readonly #state: State;
  /** What was read last; scratch, valid until the next read. */
  readonly portfolio: Portfolio = createPortfolio();
  /** What the account's open spot bids would spend, and the haircut of what they would buy: micro-USD. */
  spotBidsUsd = 0;
  spotHaircutUsd = 0;
  /** Fee at which the account would close what it holds. */
  #takerPpm = 0;

  constructor(state: State) {
    this.#state = state;
  }

  /** @returns false when the mark of something held is too old to judge by */
  read(account: number, change: Change): boolean {
    const { portfolio } = this;
    const state = this.#state;
    clearPortfolio(portfolio);
    portfolio.usdc = balanceOf(state, account, USDC) - change.fee;
    if (change.leavingAsset === USDC) portfolio.usdc -= change.leavingAmount;
    this.spotBidsUsd = 0;
    this.spotHaircutUsd = 0;
    this.#takerPpm = takerPpmOf(state, state.accounts.columns.firm[account]!);
    this.#readCollateral(account, change);
    const { mark } = state.instruments.columns;
    const p = state.positions.columns;
    let isFresh = true;
    let isChangeSeen = change.instrument === NONE;
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      const lots = p.lots[row]!;
      if (instrument === change.instrument) {
        isChangeSeen = true;
        this.#readChanged(account, lots, p.entryValue[row]!, p.bidLots[row]!, p.askLots[row]!, change);
      } else {
        const pnlUsd = lots * mark[instrument]! - p.entryValue[row]!;
        this.#readLeg(account, instrument, lots, p.bidLots[row]!, p.askLots[row]!, lots, pnlUsd);
      }
      if (lots !== 0 && isMarkStale(state, instrument)) isFresh = false;
    }
    if (!isChangeSeen) this.#readChanged(account, 0, 0, 0, 0, change);
    this.#readMarkets(account, change);
    return isFresh;
  }

  /** The leg of the change's own instrument: what is held and ordered of it, and the change. */
  #readChanged(
    account: number,
    lots: number,
    entryValue: number,
    bids: number,
    asks: number,
    change: Change,
  ): void {
    const { portfolio } = this;
    const state = this.#state;
    const { instrument, signedLots, notional, openLots } = change;
    const bidsAfter = change.side === 0 ? bids + openLots : bids;
    const asksAfter = change.side === 0 ? asks : asks + openLots;
    const spentUsd = signedLots > 0 ? notional : -notional;
    if (state.instruments.columns.kind[instrument] === InstrumentKind.spot) {
      portfolio.usdc -= spentUsd;
      this.#readSpotOrders(instrument, bidsAfter, asksAfter);
      return;
    }
    const mark = state.instruments.columns.mark[instrument]!;
    if (signedLots === 0) {
      this.#readLeg(account, instrument, lots, bidsAfter, asksAfter, lots, lots * mark - entryValue);
      return;
    }
    const effect = fillEffect(lots, entryValue, signedLots, notional / Math.abs(signedLots));
    // The average price may be a fraction; equity is taken from exact sums, realized PnL only moves USDC.
    const realized = Math.floor(effect.realizedPnl);
    const pnlUsd = effect.lots * mark - entryValue - spentUsd - realized;
    portfolio.usdc += realized;
    this.#readLeg(account, instrument, effect.lots, bidsAfter, asksAfter, lots, pnlUsd);
  }

  /**
   * @param ownLots what the account holds now: the firm's exposure without it is the other subaccounts'
   * @param pnlUsd unrealized. Remembered by underlying: as much as could not be closed in a day lends
   *   nothing to new risk
   */
  #readLeg(
    account: number,
    instrument: number,
    lots: number,
    bids: number,
    asks: number,
    ownLots: number,
    pnlUsd: number,
  ): void {
    const { portfolio } = this;
    const state = this.#state;
    const i = state.instruments.columns;
    const kind = i.kind[instrument];
    if (kind === InstrumentKind.spot) return this.#readSpotOrders(instrument, bids, asks);
    const underlying = i.underlying[instrument]!;
    if (i.stage[instrument] !== InstrumentStage.trading) {
      // What has expired is money on its way: it moves no more.
      if (pnlUsd !== 0) addUnrealized(portfolio, underlying, pnlUsd);
      return;
    }
    // An option weighs as its delta where size is counted, a linear leg as its mark.
    const isOption = kind === InstrumentKind.option;
    const weight = isOption ? state.options.columns.deltaUsdPerLot[instrument]! : i.mark[instrument]!;
    // One search for the row: this is the inner loop of every order.
    const row = rowOf(portfolio, underlying);
    if (isOption) {
      const cells = state.riskCells.columns.change;
      addOption(portfolio, underlying, cells, instrument, lots, bids, asks, weight, i.index[instrument]!);
    } else {
      portfolio.bids[row] = portfolio.bids[row]! + bids * weight;
      portfolio.asks[row] = portfolio.asks[row]! + asks * weight;
      if (kind === InstrumentKind.perpetual)
        portfolio.notional[row] = portfolio.notional[row]! + lots * weight;
      else addExpiryLeg(portfolio, underlying, this.#expiryMsOf(instrument), lots * weight);
    }
    portfolio.provision[row] =
      portfolio.provision[row]! +
      provisionUsd(lots, i.fundingUsdPerLot[instrument]!, i.mark[instrument]!, this.#takerPpm);
    portfolio.unrealized[row] = portfolio.unrealized[row]! + pnlUsd;
    portfolio.unrealizedPnl += pnlUsd;
    const openInterestUsd = i.openInterest[instrument]! * Math.abs(weight);
    portfolio.openInterest[row] = portfolio.openInterest[row]! + openInterestUsd;
    this.#readOthers(account, instrument, underlying, weight, ownLots);
  }

  /** What other subaccounts of the firm hold of it: they would be closed in the same market. */
  #readOthers(
    account: number,
    instrument: number,
    underlying: number,
    usdPerLot: number,
    ownLots: number,
  ): void {
    const { portfolio } = this;
    const state = this.#state;
    const exposure = exposureRow(state, state.accounts.columns.firm[account]!, instrument);
    const { longLots, shortLots } = state.exposures.columns;
    const longUsd = (longLots[exposure]! - Math.max(ownLots, 0)) * usdPerLot;
    const shortUsd = (shortLots[exposure]! - Math.max(-ownLots, 0)) * usdPerLot;
    if (longUsd !== 0) addOtherSubaccount(portfolio, underlying, longUsd);
    if (shortUsd !== 0) addOtherSubaccount(portfolio, underlying, -shortUsd);
  }

  /** What each underlying held is like now: how far its sources agree, its hour's average, whether it stands alone. */
  #readMarkets(account: number, change: Change): void {
    const { portfolio } = this;
    const state = this.#state;
    const { confidencePpm } = state.underlyings.columns;
    const { gap } = state.averages.columns;
    const { rule } = state.isolations.columns;
    portfolio.settlementPricePpm = settlementPricePpmOf(state);
    let rules = 0;
    for (let row = 0; row < portfolio.count; row++) {
      const underlying = portfolio.underlying[row]!;
      portfolio.confidencePpm[row] = confidencePpm[underlying]!;
      portfolio.averageGap[row] = gap[underlying]!;
      rules |= rule[underlying]!;
    }
    if (rules !== 0) readWindowGains(state, account, change, portfolio);
  }

  #expiryMsOf(instrument: number): number {
    return this.#state.maturities.columns.expiryMs[this.#state.instruments.columns.maturity[instrument]!]!;
  }

  /** Open spot orders: coins that may come or go at the mark, the dollars set aside for them, and their haircut. */
  #readSpotOrders(instrument: number, bids: number, asks: number): void {
    const { portfolio } = this;
    const state = this.#state;
    if (bids === 0 && asks === 0) return;
    const { mark, underlying, baseAsset } = state.instruments.columns;
    const bidsUsd = bids * mark[instrument]!;
    addOrders(portfolio, underlying[instrument]!, bidsUsd, asks * mark[instrument]!);
    const weightPpm = collateralWeightPpm(state, baseAsset[instrument]!);
    this.spotBidsUsd += bidsUsd;
    this.spotHaircutUsd += Math.ceil(bidsUsd * ((PPM_SCALE - weightPpm) / PPM_SCALE));
  }

  #readCollateral(account: number, change: Change): void {
    const { portfolio } = this;
    const state = this.#state;
    const { assets } = state.directory;
    const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
    const { instrument, signedLots } = change;
    // The coins of a spot trade; nothing of any other.
    const moved = signedLots === 0 ? NONE : baseAsset[instrument]!;
    for (let asset = 1; asset < assets.length; asset++) {
      let amount = balanceOf(state, account, asset);
      if (asset === moved) amount += signedLots * baseUnitsPerLot[instrument]!;
      if (asset === change.leavingAsset) amount -= change.leavingAmount;
      if (amount === 0) continue;
      const value = collateralValueUsd(state, asset, amount);
      const weightPpm = collateralWeightPpm(state, asset);
      addCollateral(portfolio, { underlying: assets[asset]!.underlying, value, weightPpm });
    }
  }
}

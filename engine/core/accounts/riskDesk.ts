import { InstrumentKind, InstrumentStage, type UnderlyingClass } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Usd } from '../../units/money.ts';
import type { Bps, Ppm } from '../../units/rate.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import type { Engine } from '../engine.ts';
import { feeOf } from '../fees/fee.ts';
import { takerPpmOf } from '../fees/tiers.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { addExpiryLeg, addOpenInterest, addOption, addUnrealized } from '../margin/addLegs.ts';
import {
  MAINTENANCE_SHARE_BPS,
  RANGE_CAP_PPM,
  RANGE_FLOOR_PPM,
  RANGE_Z_PPM,
} from '../margin/defaultParameters.ts';
import { debtLimitUsd, interestPpmYear, venueDebtLimitUsd } from '../margin/equity.ts';
import { marketTermsOf } from '../margin/marketTerms.ts';
import { initialMultiplierPpm, MU_ONE_PPM } from '../margin/multiplier.ts';
import { createRiskParameters, type RiskParameters } from '../margin/parameters.ts';
import {
  addCollateral,
  addOrders,
  addOtherSubaccount,
  addPosition,
  clearPortfolio,
  createPortfolio,
  isBookTooLarge,
  type Portfolio,
} from '../margin/portfolio.ts';
import { freeCollateralUsd } from '../margin/requirement.ts';
import { highWater, NONE } from '../memory/table.ts';
import { refreshVector } from '../options/reprice.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';
import { gatherCarry } from './carry.ts';
import { exposureRow, fillEffect } from './fill.ts';
import { findPosition } from './positions.ts';

/** What an order would change of an account. */
interface Change {
  instrument: number;
  signedLots: number;
  /** Σ price × lots of its fills, micro-USD, ≥ 0. */
  notional: number;
  fee: number;
  /** Open lots that are added on the order's side; negative when an amendment takes some back. */
  openLots: number;
  side: number;
}

const UNCHANGED: Change = { instrument: NONE, signedLots: 0, notional: 0, fee: 0, openLots: 0, side: 0 };

/**
 * The desk between state and margin model: reads an account as a portfolio, before or after an order,
 * and judges orders by it. Caches are derived from state and never saved.
 */
export class RiskDesk {
  private readonly state: State;
  private readonly portfolio: Portfolio = createPortfolio();
  private readonly change: Change = { ...UNCHANGED };
  private cached: RiskParameters | undefined;
  private version = -1;
  private multiplierSeq = -1;
  /** Of the gathered account's open spot bids: what they would spend, and the haircut of what they would buy. */
  private spotBidsUsd = 0;
  private spotHaircutUsd = 0;

  constructor(state: State) {
    this.state = state;
  }

  /** Parameters of the margin model, made again when listings, correlations or multipliers change. */
  parameters(): RiskParameters {
    const { directory } = this.state;
    const multiplierSeq = this.state.globals.columns.multiplierSeq[0]!;
    const isCurrent = this.version === directory.version && this.multiplierSeq === multiplierSeq;
    if (this.cached !== undefined && isCurrent) return this.cached;
    this.version = directory.version;
    this.multiplierSeq = multiplierSeq;
    this.cached = readParameters(this.state, this.state.multipliers.columns.nowPpm);
    return this.cached;
  }

  /** The same as it has been announced for the next full hour. */
  announcedParameters(): RiskParameters {
    return readParameters(this.state, this.state.multipliers.columns.nextPpm);
  }

  /** The account as it stands. Shared scratch, valid until the next call. */
  portfolioOf(account: number): Portfolio {
    this.gather(account, UNCHANGED);
    // The rate is a sum over all accounts; most owe nothing and pay none.
    const ratePpm = this.portfolio.usdc < 0 ? this.interestPpmYear() : 0;
    gatherCarry(this.state, account, ratePpm, this.portfolio);
    return this.portfolio;
  }

  /**
   * Judges the intent's plan by what the account would be after it.
   *
   * An order that leaves equity under initial margin passes only if it leaves more free collateral than
   * before: a trader may always reduce risk.
   *
   * @returns OK or: spot.balanceInsufficient, oracle.stale, margin.bookTooLarge, margin.debtLimit, margin.initialInsufficient
   */
  judge(engine: Engine): number {
    const { intent, plan } = engine;
    // A reduce-only order that only rests can never open anything: margin does not see it.
    if (intent.isReduceOnly && plan.filledLots === 0) return OK;
    const { change } = this;
    const perTick = this.state.instruments.columns.usdPerTickLot[intent.instrument]!;
    const firm = intent.taker.firm;
    change.instrument = intent.instrument;
    change.side = intent.taker.side;
    change.signedLots = intent.taker.side === 0 ? plan.filledLots : -plan.filledLots;
    change.notional = plan.ticksLots * perTick;
    // Each fill rounds its own fee up: one unit a fill bounds the sum.
    change.fee = feeOf(change.notional, takerPpmOf(this.state, firm)) + plan.count;
    change.openLots = (intent.isReduceOnly ? 0 : intent.restLots) - intent.replacedLots;
    const kind = this.state.instruments.columns.kind[intent.instrument];
    if (kind === InstrumentKind.spot && !this.isSaleCovered(intent.account))
      return refusal['spot.balanceInsufficient'];
    if (kind === InstrumentKind.option) refreshVector(engine, intent.instrument);
    if (!this.gather(intent.account, change)) return refusal['oracle.stale'];
    if (isBookTooLarge(this.portfolio)) return refusal['margin.bookTooLarge'];
    return this.judgeGathered(intent.account);
  }

  /** Whether the account has the coins of all its spot sales once the change is made: coins are never owed by a trade. */
  private isSaleCovered(account: number): boolean {
    const { state, change } = this;
    if (change.side === 0) return true;
    const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
    const row = findPosition(state, account, change.instrument);
    const open = row === NONE ? 0 : state.positions.columns.askLots[row]!;
    const lots = open + change.openLots - change.signedLots;
    const has = balanceOf(state, account, baseAsset[change.instrument]!);
    return lots * baseUnitsPerLot[change.instrument]! <= has;
  }

  private judgeGathered(account: number): number {
    const { portfolio } = this;
    const parameters = this.parameters();
    const free = freeCollateralUsd(parameters, portfolio) - this.spotHaircutUsd;
    const owesTooMuch = this.owesTooMuch(account);
    if (free >= 0 && !owesTooMuch) return OK;
    this.gather(account, UNCHANGED);
    const freeBefore = freeCollateralUsd(parameters, portfolio) - this.spotHaircutUsd;
    if (free > freeBefore) return OK;
    return owesTooMuch ? refusal['margin.debtLimit'] : refusal['margin.initialInsufficient'];
  }

  /** Whether the gathered account owes more USDC than its coins allow, or than all together may owe. */
  private owesTooMuch(account: number): boolean {
    const owed = this.spotBidsUsd - this.portfolio.usdc;
    if (owed <= 0) return false;
    if (owed > debtLimitUsd(this.portfolio, this.venueUsdc())) return true;
    const owedNow = Math.max(0, -balanceOf(this.state, account, USDC));
    return this.owedByAll() - owedNow + owed > venueDebtLimitUsd(this.venueUsdc());
  }

  /** USDC that came in and has not left: what the venue can pay out. */
  private venueUsdc(): number {
    return -balanceOf(this.state, OUTSIDE, USDC);
  }

  private owedByAll(): number {
    let owed = 0;
    for (let account = FIRST_ACCOUNT; account < highWater(this.state.accounts); account++) {
      owed += Math.max(0, -balanceOf(this.state, account, USDC));
    }
    return owed;
  }

  /** Interest on owed USDC, ppm a year, by how much of the venue's USDC is owed in all. */
  interestPpmYear(): number {
    return interestPpmYear(this.owedByAll(), this.venueUsdc());
  }

  /** Fills the portfolio. False when the mark of something held is too old to judge by. */
  private gather(account: number, change: Change): boolean {
    const { state, portfolio } = this;
    clearPortfolio(portfolio);
    portfolio.usdc = balanceOf(state, account, USDC) - change.fee;
    this.spotBidsUsd = 0;
    this.spotHaircutUsd = 0;
    this.gatherCollateral(account, change);
    const p = state.positions.columns;
    let isFresh = true;
    let isChangeSeen = change.instrument === NONE;
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      if (instrument === change.instrument) {
        isChangeSeen = true;
        this.gatherChanged(
          account,
          p.lots[row]!,
          p.entryValue[row]!,
          p.bidLots[row]!,
          p.askLots[row]!,
          change,
        );
      } else {
        this.gatherLeg(account, instrument, p.lots[row]!, p.bidLots[row]!, p.askLots[row]!, p.lots[row]!);
        const value = p.lots[row]! * state.instruments.columns.mark[instrument]!;
        this.gatherUnrealized(instrument, value - p.entryValue[row]!);
      }
      if (p.lots[row] !== 0 && isMarkStale(state, instrument)) isFresh = false;
    }
    if (!isChangeSeen) this.gatherChanged(account, 0, 0, 0, 0, change);
    this.gatherConfidence();
    return isFresh;
  }

  private gatherChanged(
    account: number,
    lots: number,
    entryValue: number,
    bids: number,
    asks: number,
    change: Change,
  ): void {
    const { portfolio, state } = this;
    const { signedLots, notional } = change;
    if (state.instruments.columns.kind[change.instrument] === InstrumentKind.spot) {
      portfolio.usdc -= signedLots > 0 ? notional : -notional;
      this.gatherSpotOrders(
        change.instrument,
        bids + (change.side === 0 ? change.openLots : 0),
        asks + (change.side === 0 ? 0 : change.openLots),
      );
      return;
    }
    const perLot = signedLots === 0 ? 0 : notional / Math.abs(signedLots);
    const effect = fillEffect(lots, entryValue, signedLots, perLot);
    const after = effect.lots;
    // The average price may be a fraction; equity is taken from exact sums, realized PnL only moves USDC.
    const mark = state.instruments.columns.mark[change.instrument]!;
    const total = after * mark - entryValue - (signedLots > 0 ? notional : -notional);
    const realized = signedLots === 0 ? 0 : Math.floor(effect.realizedPnl);
    portfolio.usdc += realized;
    this.gatherUnrealized(change.instrument, total - realized);
    const isBuy = change.side === 0;
    this.gatherLeg(
      account,
      change.instrument,
      after,
      bids + (isBuy ? change.openLots : 0),
      asks + (isBuy ? 0 : change.openLots),
      lots,
    );
  }

  /** @param ownLots what the account holds now: the firm's exposure without it is the other subaccounts' */
  private gatherLeg(
    account: number,
    instrument: number,
    lots: number,
    bids: number,
    asks: number,
    ownLots: number,
  ): void {
    const { state, portfolio } = this;
    const i = state.instruments.columns;
    const kind = i.kind[instrument];
    if (kind === InstrumentKind.spot) return this.gatherSpotOrders(instrument, bids, asks);
    // What has expired is money on its way: it moves no more.
    if (i.stage[instrument] !== InstrumentStage.trading) return;
    const underlying = i.underlying[instrument]!;
    // An option weighs as its delta where size is counted, a linear leg as its mark.
    let mark = i.mark[instrument]!;
    if (kind === InstrumentKind.option) {
      mark = state.options.columns.deltaUsdPerLot[instrument]!;
      const cells = state.riskCells.columns.change;
      addOption(portfolio, underlying, cells, instrument, lots, bids, asks, mark, i.index[instrument]!);
    } else {
      if (kind === InstrumentKind.perpetual) addPosition(portfolio, underlying, lots * mark);
      else addExpiryLeg(portfolio, underlying, this.expiryMsOf(instrument), lots * mark);
      if (bids !== 0 || asks !== 0) addOrders(portfolio, underlying, bids * mark, asks * mark);
    }
    addOpenInterest(portfolio, underlying, i.openInterest[instrument]! * Math.abs(mark));
    this.gatherOthers(account, instrument, underlying, mark, ownLots);
  }

  /** Profit is remembered by underlying: as much as could not be closed in a day lends nothing to new risk. */
  private gatherUnrealized(instrument: number, pnlUsd: number): void {
    if (pnlUsd !== 0)
      addUnrealized(this.portfolio, this.state.instruments.columns.underlying[instrument]!, pnlUsd);
  }

  private gatherConfidence(): void {
    const { portfolio } = this;
    const { confidencePpm } = this.state.underlyings.columns;
    for (let row = 0; row < portfolio.count; row++) {
      portfolio.confidencePpm[row] = confidencePpm[portfolio.underlying[row]!]!;
    }
  }

  private expiryMsOf(instrument: number): number {
    return this.state.maturities.columns.expiryMs[this.state.instruments.columns.maturity[instrument]!]!;
  }

  /** Open spot orders: coins that may come or go at the mark, the dollars set aside for them, and their haircut. */
  private gatherSpotOrders(instrument: number, bids: number, asks: number): void {
    const { state, portfolio } = this;
    if (bids === 0 && asks === 0) return;
    const { mark, underlying, baseAsset } = state.instruments.columns;
    const bidsUsd = bids * mark[instrument]!;
    addOrders(portfolio, underlying[instrument]!, bidsUsd, asks * mark[instrument]!);
    const { weightPpm } = state.directory.assets[baseAsset[instrument]!]!;
    this.spotBidsUsd += bidsUsd;
    this.spotHaircutUsd += Math.ceil(bidsUsd * ((PPM_SCALE - weightPpm) / PPM_SCALE));
  }

  private gatherOthers(
    account: number,
    instrument: number,
    underlying: number,
    usdPerLot: number,
    ownLots: number,
  ): void {
    const { state, portfolio } = this;
    const exposure = exposureRow(state, state.accounts.columns.firm[account]!, instrument);
    const { longLots, shortLots } = state.exposures.columns;
    const othersLong = longLots[exposure]! - Math.max(ownLots, 0);
    const othersShort = shortLots[exposure]! - Math.max(-ownLots, 0);
    if (othersLong > 0) addOtherSubaccount(portfolio, underlying, othersLong * usdPerLot);
    if (othersShort > 0) addOtherSubaccount(portfolio, underlying, -othersShort * usdPerLot);
  }

  private gatherCollateral(account: number, change: Change): void {
    const { state, portfolio } = this;
    const { assets } = state.directory;
    const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
    const { instrument, signedLots } = change;
    // The coins of a spot trade; nothing of any other.
    const moved = signedLots === 0 ? NONE : baseAsset[instrument]!;
    for (let asset = 1; asset < assets.length; asset++) {
      let amount = balanceOf(state, account, asset);
      if (asset === moved) amount += signedLots * baseUnitsPerLot[instrument]!;
      if (amount === 0) continue;
      const { underlying, decimals, weightPpm } = assets[asset]!;
      const value = collateralValueUsd(amount, state.underlyings.columns.indexE8[underlying]!, decimals);
      addCollateral(portfolio, { underlying, value, weightPpm });
    }
  }
}

const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** Micro-USD of an amount at an index price, rounded down: against the account, for a balance and for a debt. */
export function collateralValueUsd(amount: number, indexE8: number, decimals: number): number {
  // USD × 1e8 per coin ÷ 100 is micro-USD per coin; an amount is coins × 10^decimals.
  return Math.floor(amount * (indexE8 / 100 / POWERS_OF_TEN[decimals]!));
}

/** @param heldPpm multipliers of risk already held, by underlying */
function readParameters(state: State, heldPpm: Int32Array): RiskParameters {
  const count = highWater(state.underlyings);
  const u = state.underlyings.columns;
  const { targetPpm } = state.multipliers.columns;
  // Before its first index an underlying has no multiplier, and no order passes on it.
  const target = (row: number): Ppm => Math.max(MU_ONE_PPM, targetPpm[row]!) as Ppm;
  const held = (row: number): Ppm => Math.max(MU_ONE_PPM, heldPpm[row]!) as Ppm;
  const { calmPpm, stressPpm } = state.correlations.columns;
  const cells = (column: Int32Array): number[] =>
    Array.from({ length: count * count }, (_, at) => {
      const row = Math.floor(at / count);
      const cell = column[row * state.limits.underlyings + (at - row * count)]!;
      return row === at - row * count ? PPM_SCALE : cell;
    });
  return createRiskParameters({
    underlyings: state.directory.underlyings.map(({ name }, row) => ({
      symbol: name,
      sigmaPpm: u.sigmaPpm[row]! as Ppm,
      horizonMinutesMin: u.hMinMinutes[row]!,
      adv30Usd: u.adv30[row]! as Usd,
      muInitialPpm: initialMultiplierPpm(target(row), held(row)),
      muMaintenancePpm: held(row),
      rangeFloorPpm: RANGE_FLOOR_PPM,
      upFactorPpm: u.upFactorPpm[row]! as Ppm,
      isMajor: u.isMajor[row] === 1,
      ...marketTermsOf(u.class[row]! as UnderlyingClass, u.adv30[row]!),
    })),
    calmPpm: cells(calmPpm),
    stressPpm: cells(stressPpm),
    zPpm: RANGE_Z_PPM,
    rangeCapPpm: RANGE_CAP_PPM,
    maintenanceShareBps: MAINTENANCE_SHARE_BPS as Bps,
    marketUnderlying: 0,
  });
}

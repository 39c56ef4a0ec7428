import { InstrumentKind } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { hasLeverageCap, judgeLeverage } from '../caps/leverage.ts';
import { feeOf } from '../fees/fee.ts';
import { takerPpmOf } from '../fees/tiers.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { debtLimitUsd, equityUsd, interestPpmYear, venueDebtLimitUsd } from '../margin/equity.ts';
import type { RiskParameters } from '../margin/parameters.ts';
import { isBookTooLarge, type Portfolio } from '../margin/portfolio.ts';
import { coversInitialMargin, freeCollateralUsd, initialMarginUsd } from '../margin/requirement.ts';
import { highWater, NONE } from '../memory/table.ts';
import { refreshVector } from '../options/reprice.ts';
import type { OrderWriter } from '../orders/orderWriter.ts';
import type { State } from '../state.ts';
import { gatherCarry } from './carry.ts';
import { type Change, UNCHANGED } from './change.ts';
import { PortfolioReader } from './portfolioReader.ts';
import { findPosition } from './positions.ts';
import { readRiskParameters } from './riskParameters.ts';

/**
 * The desk between state and margin model: judges orders by the account as it would stand after them.
 * Caches are derived from state and never saved.
 */
export class RiskDesk {
  readonly #state: State;
  readonly #reader: PortfolioReader;
  readonly #change: Change = { ...UNCHANGED };
  #cached: RiskParameters | undefined;
  #version = -1;
  #multiplierSeq = -1;

  constructor(state: State) {
    this.#state = state;
    this.#reader = new PortfolioReader(state);
  }

  /** Parameters of the margin model, made again when listings, correlations or multipliers change. */
  parameters(): RiskParameters {
    const { directory } = this.#state;
    const multiplierSeq = this.#state.globals.columns.multiplierSeq[0]!;
    const isCurrent = this.#version === directory.version && this.#multiplierSeq === multiplierSeq;
    if (this.#cached !== undefined && isCurrent) return this.#cached;
    this.#version = directory.version;
    this.#multiplierSeq = multiplierSeq;
    this.#cached = readRiskParameters(this.#state, this.#state.multipliers.columns.nowPpm);
    return this.#cached;
  }

  /** Reads the parameters anew when they are asked for next. */
  forget(): void {
    this.#version = -1;
  }

  /** The same as it has been announced for the next full hour. */
  announcedParameters(): RiskParameters {
    return readRiskParameters(this.#state, this.#state.multipliers.columns.nextPpm);
  }

  /** The account as it stands. Shared scratch, valid until the next call. */
  portfolioOf(account: number): Portfolio {
    const reader = this.#reader;
    const state = this.#state;
    reader.read(account, UNCHANGED);
    // The rate is a sum over all accounts; most owe nothing and pay none.
    const ratePpm = reader.portfolio.usdc < 0 ? this.interestPpmYear() : 0;
    gatherCarry(state, account, ratePpm, reader.portfolio);
    return reader.portfolio;
  }

  /**
   * Judges the intent's plan by what the account would be after it.
   *
   * An order that leaves equity under initial margin passes only if it leaves more free collateral than
   * before: a trader may always reduce risk.
   *
   * @returns OK or: spot.balanceInsufficient, oracle.stale, margin.bookTooLarge, cap.leverage, margin.debtLimit,
   *   margin.initialInsufficient
   */
  judge(writer: OrderWriter): number {
    const { intent, plan } = writer;
    // A reduce-only order that only rests can never open anything: margin does not see it.
    if (intent.isReduceOnly && plan.filledLots === 0) return OK;
    this.#takeChange(writer);
    const kind = this.#state.instruments.columns.kind[intent.instrument];
    if (kind === InstrumentKind.spot && !this.#isSaleCovered(intent.account))
      return refusal['spot.balanceInsufficient'];
    if (kind === InstrumentKind.option) refreshVector(writer, intent.instrument);
    if (!this.#reader.read(intent.account, this.#change)) return refusal['oracle.stale'];
    if (isBookTooLarge(this.#reader.portfolio)) return refusal['margin.bookTooLarge'];
    if (hasLeverageCap(this.#state, intent.account, intent.instrument)) {
      const code = judgeLeverage(this.#state, intent.account, this.#change, this.#reader.portfolio);
      if (code !== OK) return code;
    }
    return this.#judgeRead(intent.account);
  }

  /**
   * Judges collateral that leaves the account without a trade: what stays must cover initial margin, unrealized
   * profit counted no further than it is lent against. An order may pass below that if it lessens risk; this may not.
   *
   * @param amount smallest units of the asset, no more than the account's balance; 0: as after one that has left
   * @returns OK or: oracle.stale, margin.debtLimit, margin.initialInsufficient
   */
  judgeWithdrawal(account: number, asset: number, amount: number): number {
    const isFresh = this.#reader.read(account, { ...UNCHANGED, leavingAsset: asset, leavingAmount: amount });
    return isFresh ? this.#judgeCover(account) : refusal['oracle.stale'];
  }

  /**
   * Judges an account as it stands, after something that was no order and may not lean on its old risk.
   *
   * @returns OK or: oracle.stale, margin.bookTooLarge, margin.debtLimit, margin.initialInsufficient
   */
  judgeStanding(account: number): number {
    const reader = this.#reader;
    if (!reader.read(account, UNCHANGED)) return refusal['oracle.stale'];
    return isBookTooLarge(reader.portfolio) ? refusal['margin.bookTooLarge'] : this.#judgeCover(account);
  }

  /**
   * The same of an account that gave up a part of a position: one that was short of initial margin may stay short,
   * if it is less so than before and its equity is not gone.
   *
   * @param freeBeforeUsd what `freeUsd` was before
   */
  judgeReduced(account: number, freeBeforeUsd: number): number {
    const code = this.judgeStanding(account);
    if (code !== refusal['margin.initialInsufficient']) return code;
    const isBetter = this.freeUsd(account) > freeBeforeUsd && equityUsd(this.#reader.portfolio) >= 0;
    return isBetter ? OK : code;
  }

  /** Equity less initial margin and less what new risk may not count on, micro-USD; negative: no new risk. */
  freeUsd(account: number): number {
    this.#reader.read(account, UNCHANGED);
    return freeCollateralUsd(this.parameters(), this.#reader.portfolio) - this.#reader.spotHaircutUsd;
  }

  /** The most that `judgeWithdrawal` lets go, dollars set aside for spot bids kept: micro-USD ≥ 0. */
  movableUsd(account: number): number {
    const reader = this.#reader;
    if (!reader.read(account, UNCHANGED)) return 0;
    const free = freeCollateralUsd(this.parameters(), reader.portfolio) - reader.spotHaircutUsd;
    return Math.max(0, Math.min(reader.portfolio.usdc - reader.spotBidsUsd, free));
  }

  /**
   * Initial margin of the account as if so many lots of its open orders in one market were gone.
   *
   * @param lots 0 for the account as it stands
   * @returns micro-USD
   */
  initialWithoutUsd(account: number, instrument: number, side: number, lots: number): number {
    const change = { ...UNCHANGED, instrument, side, openLots: -lots };
    this.#reader.read(account, lots === 0 ? UNCHANGED : change);
    return initialMarginUsd(this.parameters(), this.#reader.portfolio);
  }

  /** What the intent's plan would change of its account. */
  #takeChange({ intent, plan }: OrderWriter): void {
    const change = this.#change;
    const state = this.#state;
    const perTick = state.instruments.columns.usdPerTickLot[intent.instrument]!;
    change.instrument = intent.instrument;
    change.side = intent.taker.side;
    change.signedLots = intent.taker.side === 0 ? plan.filledLots : -plan.filledLots;
    change.notional = plan.ticksLots * perTick;
    // Each fill rounds its own fee up: one unit a fill bounds the sum.
    change.fee =
      plan.count === 0 ? 0 : feeOf(change.notional, takerPpmOf(state, intent.taker.firm)) + plan.count;
    change.openLots = (intent.isReduceOnly ? 0 : intent.restLots) - intent.replacedLots;
  }

  /** Whether the account has the coins of all its spot sales once the change is made: coins are never owed by a trade. */
  #isSaleCovered(account: number): boolean {
    const state = this.#state;
    const change = this.#change;
    if (change.side === 0) return true;
    const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
    const row = findPosition(state, account, change.instrument);
    const open = row === NONE ? 0 : state.positions.columns.askLots[row]!;
    const lots = open + change.openLots - change.signedLots;
    const has = balanceOf(state, account, baseAsset[change.instrument]!);
    return lots * baseUnitsPerLot[change.instrument]! <= has;
  }

  /** Whether the account as read covers initial margin, whatever it was like before. */
  #judgeCover(account: number): number {
    const reader = this.#reader;
    if (this.#owesTooMuch(account)) return refusal['margin.debtLimit'];
    const isCovered = coversInitialMargin(this.parameters(), reader.portfolio, reader.spotHaircutUsd);
    return isCovered ? OK : refusal['margin.initialInsufficient'];
  }

  #judgeRead(account: number): number {
    const reader = this.#reader;
    const { portfolio } = reader;
    const parameters = this.parameters();
    const owesTooMuch = this.#owesTooMuch(account);
    if (!owesTooMuch && coversInitialMargin(parameters, portfolio, reader.spotHaircutUsd)) return OK;
    const free = freeCollateralUsd(parameters, portfolio) - reader.spotHaircutUsd;
    reader.read(account, UNCHANGED);
    const freeBefore = freeCollateralUsd(parameters, portfolio) - reader.spotHaircutUsd;
    if (free > freeBefore) return OK;
    return owesTooMuch ? refusal['margin.debtLimit'] : refusal['margin.initialInsufficient'];
  }

  /** Whether the account as read owes more USDC than its coins allow, or than all together may owe. */
  #owesTooMuch(account: number): boolean {
    const { portfolio, spotBidsUsd } = this.#reader;
    const owed = spotBidsUsd - portfolio.usdc;
    if (owed <= 0) return false;
    if (owed > debtLimitUsd(portfolio, this.#venueUsdc())) return true;
    const owedNow = Math.max(0, -balanceOf(this.#state, account, USDC));
    return this.#owedByAll() - owedNow + owed > venueDebtLimitUsd(this.#venueUsdc());
  }

  /** USDC that came in and has not left: what the venue can pay out. */
  #venueUsdc(): number {
    return -balanceOf(this.#state, OUTSIDE, USDC);
  }

  #owedByAll(): number {
    let owed = 0;
    for (let account = FIRST_ACCOUNT; account < highWater(this.#state.accounts); account++) {
      owed += Math.max(0, -balanceOf(this.#state, account, USDC));
    }
    return owed;
  }

  /** Interest on owed USDC, ppm a year, by how much of the venue's USDC is owed in all. */
  interestPpmYear(): number {
    return interestPpmYear(this.#owedByAll(), this.#venueUsdc());
  }
}

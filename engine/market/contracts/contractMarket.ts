import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { OrderCommand, SetSurface } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { coinOf } from '../generated/coins.ts';
import { paces } from '../generated/paces.ts';
import { lotsWorth } from '../generated/quotedMarket.ts';
import type { Market, MarketStep, Pace } from '../market.ts';
import type { ParticipantName } from '../participants.ts';
import { Random } from '../random.ts';
import { cancellation, takingOrder } from '../venue/orderCommands.ts';
import type { Participant } from '../venue/participant.ts';
import { StepClock } from '../venue/stepClock.ts';
import { VenueView } from '../venue/venueView.ts';
import { planQuotes } from './contractQuotes.ts';
import { smileAt } from './smile.ts';

export interface ContractOptions {
  directory: DirectoryView;
  seed: number;
  pace: Pace;
  /** A recording of option chains, whose coins have their forwards, surfaces and some of their quotes from it. */
  recorded?: RecordedContracts;
}

/** What another market says of contracts, so that this one leaves them alone. */
export interface RecordedContracts {
  hasSurfacesOf(underlying: string): boolean;
  isQuoting(name: string): boolean;
}

/** Options have a maker of their own: a book of hundreds of them takes long to judge, one of futures does not. */
const contractParticipants = ['maker-4', 'maker-5', 'taker-3'] as const satisfies readonly ParticipantName[];

const STEP_MS = 500;
const CATCH_UP_MS = 5_000;

/** Contracts a maker looks at in one step: the writer is not held up by what it then asks for. */
const OPTION_LOOKS_PER_STEP = 2;
const LINEAR_LOOKS_PER_STEP = 8;
/** Time between two looks at a contract. */
const LINEAR_LOOK_MS = 2 * SECOND_MS;
const OPTION_LOOK_MS = 30 * SECOND_MS;
/** A contract in its last moments is left alone: an order under way would meet its expiry. */
const LAST_MS = 5 * SECOND_MS;

/** Surfaces are set this often; how far volatility wanders from the coin's own, and for how long. */
const SURFACE_MS = MINUTE_MS;
const VOL_SPREAD = 0.06;
const VOL_MEMORY_MINUTES = 240;
/** What forwards stand above the index in a year. */
const BASIS_YEAR = 0.06;

/** Worth of an order: a quote of a linear contract, of an option (of what it is written on), and a take. */
const LINEAR_QUOTE_USD = 60_000;
const OPTION_QUOTE_USD = 120_000;
const LINEAR_TAKE_USD = 6_000;
const OPTION_TAKE_USD = 20_000;
/** Mean time between two takes. */
const TAKE_MS = 6 * SECOND_MS;

/**
 * Spot pairs, futures and options of the sandbox: forwards and surfaces set by the system, modest quotes of
 * one participant around the desk's own marks, and now and then a trade of another. It knows of a new listing
 * when it is given a new directory, and then starts over from cancelled quotes.
 */
export class ContractMarket implements Market {
  readonly stepMs = STEP_MS;
  readonly #isStill: boolean;
  readonly #recorded: RecordedContracts | undefined;
  readonly #random: Random;
  readonly #clock = new StepClock(CATCH_UP_MS);
  readonly #volatilities = new Map<string, number>();
  #view: VenueView;
  #contracts: MarketView[];
  #perpetuals: MarketView[];
  #listedCount = 0;
  /** By instrument. */
  readonly #nextLookMs = new Map<number, number>();
  #nextSurfaceMs = 0;
  #nextTakeMs = 0;
  #nextStepMs = 0;

  constructor({ directory, seed, pace, recorded }: ContractOptions) {
    this.#recorded = recorded;
    this.#isStill = paces[pace].isStill;
    this.#random = new Random(seed, 'contracts');
    this.#view = this.#viewOf(directory);
    this.#contracts = [];
    this.#perpetuals = [];
    this.list(directory);
  }

  /** Takes up what is listed now. Only a new listing starts it over: marks and books are then heard anew. */
  list(directory: DirectoryView): void {
    if (directory.markets.length !== this.#listedCount) {
      this.#listedCount = directory.markets.length;
      this.#view = this.#viewOf(directory);
      this.#nextSurfaceMs = 0;
    }
    this.#contracts = directory.markets.filter(
      ({ kind, stage }) => kind !== 'perpetual' && stage === 'trading',
    );
    this.#perpetuals = directory.markets.filter(({ kind }) => kind === 'perpetual');
  }

  #viewOf(directory: DirectoryView): VenueView {
    // Without a recording it also clears what the participant of one left behind.
    const left: readonly ParticipantName[] = this.#recorded === undefined ? ['replay-options'] : [];
    return new VenueView(directory, [...contractParticipants, ...left]);
  }

  /** Orders, positions and counts, for tests. */
  participants(): Participant[] {
    return this.#view.everyParticipant();
  }

  onEvents(lanes: Float64Array): void {
    this.#view.onEvents(lanes);
  }

  step(nowMs: number): MarketStep[] {
    this.#clock.advance(nowMs);
    const { activeMs } = this.#clock;
    if (activeMs < this.#nextStepMs || this.#contracts.length === 0) return [];
    this.#nextStepMs = activeMs + STEP_MS;
    const steps = this.#view.everyParticipant().flatMap((participant) => participant.startOver(activeMs));
    if (activeMs >= this.#nextSurfaceMs) steps.push(...this.#surfaces(nowMs));
    for (const [name, isOption] of [
      ['maker-4', true],
      ['maker-5', false],
    ] as const) {
      const maker = this.#view.participant(name);
      if (maker?.isIdle()) steps.push(...maker.send(this.#quotes(maker, isOption, nowMs), activeMs));
    }
    const taker = this.#view.participant('taker-3');
    if (taker?.isIdle() && !this.#isStill) steps.push(...taker.send(this.#takes(taker, nowMs), activeMs));
    return steps;
  }

  /** Forward and slice of every expiry that is ahead. Waits for an index of every underlying. */
  #surfaces(nowMs: number): MarketStep[] {
    const commands: SetSurface[] = [];
    for (const { underlying, underlyingId } of this.#perpetuals) {
      if (this.#recorded?.hasSurfacesOf(underlying)) continue;
      const expiries = this.#expiriesOf(underlying, nowMs);
      if (expiries.length === 0) continue;
      const indexUsd = this.#indexUsd(underlyingId);
      if (indexUsd === 0) return [];
      const isRising = this.#wander(underlying);
      // The far end makes way before the near one rises, and the other way around.
      if (isRising) expiries.reverse();
      for (const expiryMs of expiries) {
        const leftMs = expiryMs - nowMs;
        const forwardUsd = indexUsd * (1 + (BASIS_YEAR * leftMs) / (365 * DAY_MS));
        commands.push({
          kind: 'SetSurface',
          underlying,
          expiryMs,
          forwardE8: Math.round(forwardUsd * 1e8),
          ...smileAt(this.#volatilities.get(underlying)!, leftMs),
        });
      }
    }
    this.#nextSurfaceMs = this.#clock.activeMs + SURFACE_MS;
    return commands.map((command) => ({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined }));
  }

  #expiriesOf(underlying: string, nowMs: number): number[] {
    const own = this.#contracts.filter((market) => market.underlying === underlying);
    const ahead = own.map(({ expiryMs }) => expiryMs).filter((expiryMs) => expiryMs > nowMs + LAST_MS);
    return [...new Set(ahead)].sort((a, b) => a - b);
  }

  /** Index in USD as the last mark of the perpetual had it; 0 before the first. */
  #indexUsd(underlyingId: number): number {
    const market = this.#perpetuals.find((perpetual) => perpetual.underlyingId === underlyingId)!;
    return (this.#view.indexUsdPerLot(market.instrument) * market.lotsPerUnit) / 1e6;
  }

  /** Moves an underlying's volatility on by one look. @returns whether it rose */
  #wander(underlying: string): boolean {
    const mean = coinOf(underlying)?.volYear ?? 0.8;
    const before = this.#volatilities.get(underlying) ?? mean;
    const pull = 1 / VOL_MEMORY_MINUTES;
    const kick = this.#isStill ? 0 : VOL_SPREAD * mean * Math.sqrt(2 * pull) * this.#random.gaussian();
    const after = Math.max(mean / 2, before + (mean - before) * pull + kick);
    this.#volatilities.set(underlying, after);
    return after > before;
  }

  #quotes(maker: Participant, isOption: boolean, nowMs: number): OrderCommand[] {
    const most = isOption ? OPTION_LOOKS_PER_STEP : LINEAR_LOOKS_PER_STEP;
    const period = isOption ? OPTION_LOOK_MS : LINEAR_LOOK_MS;
    const operations: OrderCommand[] = [];
    let looks = 0;
    for (const market of this.#contracts) {
      if (looks === most) break;
      if ((market.kind === 'option') !== isOption) continue;
      const dueMs = this.#nextLookMs.get(market.instrument) ?? 0;
      if (this.#clock.activeMs < dueMs || !this.#mayTrade(market, nowMs)) continue;
      if (this.#recorded?.isQuoting(market.name)) {
        operations.push(...this.#leave(maker, market.instrument));
        continue;
      }
      looks += 1;
      const nextMs = this.#clock.activeMs + period * (0.75 + 0.5 * this.#random.uniform());
      this.#nextLookMs.set(market.instrument, nextMs);
      operations.push(...this.#quoteOne(maker, market));
    }
    return operations;
  }

  /** Takes back what was quoted before a recording did. */
  #leave(maker: Participant, instrument: number): OrderCommand[] {
    return [Side.buy, Side.sell].flatMap((side) =>
      [...maker.ordersOf(instrument, side).keys()].map((orderId) => cancellation(maker.account, orderId)),
    );
  }

  #quoteOne(maker: Participant, market: MarketView): OrderCommand[] {
    const fairTicks = this.#view.markUsdPerLot(market.instrument) / market.usdPerTickLot;
    const usd = market.kind === 'option' ? OPTION_QUOTE_USD : LINEAR_QUOTE_USD;
    const wish = { account: maker.account, market, fairTicks, lots: this.#lotsOf(market, usd) };
    const plan = (side: Side) => planQuotes(wish, side, maker.ordersOf(market.instrument, side).values());
    // A side that would run into the other's old place comes second.
    const best = this.#view.best(market.instrument, Side.sell);
    const isRising = best !== undefined && best <= fairTicks;
    return isRising ? [...plan(Side.sell), ...plan(Side.buy)] : [...plan(Side.buy), ...plan(Side.sell)];
  }

  /** Whole lots of a linear contract worth so much, or of an option written on so much. */
  #lotsOf(market: MarketView, usd: number): number {
    const perLot = this.#view.indexUsdPerLot(market.instrument);
    return lotsWorth(market, usd, perLot / market.usdPerTickLot);
  }

  #mayTrade(market: MarketView, nowMs: number): boolean {
    const isOpen = market.expiryMs === 0 || market.expiryMs > nowMs + LAST_MS;
    return isOpen && this.#view.indexUsdPerLot(market.instrument) > 0;
  }

  /** Half of the trades are in spot pairs and futures, which are few beside the options. */
  #pick(): MarketView {
    const isLinear = this.#random.isWithin(0.5);
    const wanted = this.#contracts.filter(({ kind }) => (kind !== 'option') === isLinear);
    const from = wanted.length === 0 ? this.#contracts : wanted;
    return from[this.#random.below(from.length)]!;
  }

  /** Now and then a small trade; one that would grow what the taker holds is turned around half of the time. */
  #takes(taker: Participant, nowMs: number): OrderCommand[] {
    if (this.#clock.activeMs < this.#nextTakeMs) return [];
    this.#nextTakeMs = this.#clock.activeMs + TAKE_MS * this.#random.exponential();
    const market = this.#pick();
    if (!this.#mayTrade(market, nowMs)) return [];
    const held = taker.positionLots(market.instrument);
    let side: Side = this.#random.isWithin(0.5) ? Side.buy : Side.sell;
    if (held !== 0 && this.#random.isWithin(0.5)) side = held > 0 ? Side.sell : Side.buy;
    const touch = this.#view.best(market.instrument, side === Side.buy ? Side.sell : Side.buy);
    if (touch === undefined) return [];
    const usd = market.kind === 'option' ? OPTION_TAKE_USD : LINEAR_TAKE_USD;
    const sizeLots = this.#lotsOf(market, usd * this.#random.exponential());
    return [
      takingOrder({
        account: taker.account,
        instrument: market.instrument,
        side,
        priceTicks: touch,
        sizeLots,
      }),
    ];
  }
}

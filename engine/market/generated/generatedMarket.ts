import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import { SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { Market, MarketStep, Pace } from '../market.ts';
import type { ParticipantName } from '../participants.ts';
import { Random } from '../random.ts';
import { IndexSources } from '../venue/indexSources.ts';
import { StepClock } from '../venue/stepClock.ts';
import { VenueView } from '../venue/venueView.ts';
import { Maker, type MakerTraits } from './maker.ts';
import { type PaceTerms, paces } from './paces.ts';
import { Premiums } from './premiums.ts';
import { PATH_STEP_MS, PricePaths } from './pricePaths.ts';
import { type QuotedMarket, quotedMarkets } from './quotedMarket.ts';
import { TakerFlow } from './takerFlow.ts';

export interface GeneratedOptions {
  directory: DirectoryView;
  seed: number;
  pace: Pace;
  /** Where the paths go on after a restart, USD × 1e8 by underlying; where missing, the coin's own start. */
  startPricesE8?: ReadonlyMap<number, number>;
  /** Instruments that another market moves. */
  except?: readonly string[];
  /** Price of coins whose path somebody else decides, USD by underlying. */
  followed?: ReadonlyMap<string, () => number>;
}

/** The participants of a generated market. */
const generatedParticipants = [
  'maker-1',
  'maker-2',
  'maker-3',
  'taker-1',
  'taker-2',
] as const satisfies readonly ParticipantName[];

/** Ladders near the touch of a major, near that of an alt, and behind both. */
const majorTraits = {
  edgesBp: [0, 0.1, 0.25, 0.5, 0.8, 1.2, 1.7, 2.3, 3.1, 4, 5.2, 6.8, 8.6, 11],
  hasTouch: true,
  hurryBp: 1,
};
const altTraits = { edgesBp: [0, 1, 2, 3.5, 5.5, 8, 12], hasTouch: true, hurryBp: 2.5 };
const deepTraits = { edgesBp: [5, 7.5, 10, 13, 17, 22, 30, 42, 60, 90], hasTouch: false, hurryBp: 2.5 };

/** A host that slept does not make up for all of it: longer gaps are cut to this. */
const CATCH_UP_MS = 5_000;

/** Quotes wait while the mark is further from the path than this share of the price band. */
const BAND_SHARE = 0.5;

/**
 * The default market: makers and takers around correlated price paths, with index sources around them.
 * The same options, times and events give the same commands.
 */
export class GeneratedMarket implements Market {
  readonly stepMs: number;
  readonly #view: VenueView;
  readonly #terms: PaceTerms;
  readonly #markets: QuotedMarket[];
  readonly #paths: PricePaths;
  readonly #premiums: Premiums;
  readonly #sources: IndexSources[];
  /** Of the settlement currency, which is worth a dollar but for their noise. */
  readonly #peg: IndexSources;
  readonly #followed: ReadonlyMap<string, () => number>;
  readonly #makers: Maker[];
  readonly #takers: TakerFlow[];
  readonly #clock = new StepClock(CATCH_UP_MS);
  #pathMs = 0;
  #reportDueMs = 0;

  constructor(options: GeneratedOptions) {
    const { directory, seed, pace, startPricesE8, except = [], followed = new Map() } = options;
    this.#terms = paces[pace];
    this.stepMs = this.#terms.stepMs;
    this.#followed = followed;
    // Alone on the desk, it also clears what the participants of a recording left behind.
    const isAlone = except.length === 0;
    this.#view = new VenueView(
      directory,
      isAlone ? [...generatedParticipants, 'replay-book', 'replay-trades'] : generatedParticipants,
    );
    this.#markets = quotedMarkets(directory, except);
    const random = (purpose: string) => new Random(seed, purpose);
    const starts = this.#markets.map(({ market, coin }) => {
      const resumedE8 = startPricesE8?.get(market.underlyingId) ?? 0;
      const startUsd = resumedE8 > 0 ? resumedE8 / PRICE_E8_SCALE : coin.startUsd;
      return this.#terms.isStill ? betweenTicks(startUsd, market.ticksPerUsd) : startUsd;
    });
    const coins = this.#markets.map(({ coin }) => coin);
    this.#paths = new PricePaths(coins, random('paths'), starts);
    this.#premiums = new Premiums(coins.length, random('premiums'));
    this.#sources = this.#markets.map(({ market }) => {
      const listed = directory.underlyings.find(({ id }) => id === market.underlyingId)!.sources;
      return new IndexSources(market.underlyingId, listed, random(`sources ${market.name}`));
    });
    this.#peg = new IndexSources(SETTLEMENT_CURRENCY, directory.assets[0]!.sources, random('sources USDC'));
    this.#makers = this.#createMakers(random);
    this.#takers = this.#terms.isStill ? [] : this.#createTakers(random);
  }

  /** Of a participant: orders, position and counts, for tests and for the bench. */
  participants() {
    return this.#view.everyParticipant();
  }

  onEvents(lanes: Float64Array): void {
    this.#view.onEvents(lanes);
  }

  step(nowMs: number): MarketStep[] {
    this.#clock.advance(nowMs);
    if (!this.#terms.isStill) this.#walkPaths();
    const { activeMs } = this.#clock;
    const steps = this.#view.everyParticipant().flatMap((participant) => participant.startOver(activeMs));
    if (activeMs >= this.#reportDueMs) {
      this.#reportDueMs = activeMs + SECOND_MS;
      steps.push(this.#report(this.#clock.latestMs));
    }
    const fair = (quoted: QuotedMarket) => this.#fairUsd(quoted);
    for (const maker of this.#makers) {
      steps.push(...maker.participant.send(maker.quote(activeMs, this.#view, fair), activeMs));
    }
    for (const taker of this.#takers) {
      steps.push(...taker.participant.send(taker.take(activeMs, this.#view), activeMs));
    }
    return steps;
  }

  #walkPaths(): void {
    for (; this.#pathMs + PATH_STEP_MS <= this.#clock.activeMs; this.#pathMs += PATH_STEP_MS) {
      this.#paths.advance();
      if (this.#pathMs % SECOND_MS === 0) this.#premiums.advanceSecond();
    }
  }

  #report(nowMs: number): MarketStep {
    const reports = this.#sources.flatMap((source, path) =>
      source.reports(
        (delayMs) =>
          this.#followedUsd(this.#markets[path]!) ?? this.#paths.pastUsd(path, delayMs / PATH_STEP_MS),
        nowMs,
        this.#terms.isStill,
      ),
    );
    reports.push(...this.#peg.reports(() => 1, nowMs, this.#terms.isStill));
    return {
      actor: SYSTEM_ACTOR,
      nonce: 0,
      command: { kind: 'ReportPrices', reports },
      proof: undefined,
    };
  }

  /** Undefined for a coin that walks a path of its own. */
  #followedUsd({ market }: QuotedMarket): number | undefined {
    const usd = this.#followed.get(market.underlying)?.();
    return usd !== undefined && this.#terms.isStill ? betweenTicks(usd, market.ticksPerUsd) : usd;
  }

  /** What makers quote around; undefined while the desk has no mark, or one too far away to be quoted through. */
  #fairUsd(quoted: QuotedMarket): number | undefined {
    const { market, path } = quoted;
    const premium = this.#terms.isStill ? 0 : this.#premiums.of(path);
    const fair = (this.#followedUsd(quoted) ?? this.#paths.usd(path)) * (1 + premium);
    const mark = (this.#view.markUsdPerLot(market.instrument) * market.lotsPerUnit) / PPM_SCALE;
    const isReachable = Math.abs(fair - mark) * PPM_SCALE < mark * market.bandPpm * BAND_SHARE;
    return isReachable ? fair : undefined;
  }

  #createMakers(random: (purpose: string) => Random): Maker[] {
    const { isStill, majorQuoteMs, altQuoteMs, deepQuoteMs } = this.#terms;
    const majors = this.#markets.filter(({ coin }) => coin.isMajor);
    const alts = this.#markets.filter(({ coin }) => !coin.isMajor);
    const make = (name: ParticipantName, markets: QuotedMarket[], traits: Omit<MakerTraits, 'isStill'>) => {
      const participant = this.#view.participant(name);
      return participant === undefined
        ? []
        : [new Maker(participant, markets, { ...traits, isStill }, random(name))];
    };
    // The deep ladder first: it makes way before the touch moves through it.
    return [
      ...make('maker-3', this.#markets, { ...deepTraits, quoteMs: deepQuoteMs }),
      ...make('maker-1', majors, { ...majorTraits, quoteMs: majorQuoteMs }),
      ...make('maker-2', alts, { ...altTraits, quoteMs: altQuoteMs }),
    ];
  }

  #createTakers(random: (purpose: string) => Random): TakerFlow[] {
    const majors = this.#markets.filter(({ coin }) => coin.isMajor);
    const alts = this.#markets.filter(({ coin }) => !coin.isMajor);
    const make = (name: ParticipantName, markets: QuotedMarket[]) => {
      const participant = this.#view.participant(name);
      const streamOf = (purpose: string) => random(`${name} ${purpose}`);
      return participant === undefined
        ? []
        : [new TakerFlow(participant, markets, this.#terms.flowStretch, streamOf)];
    };
    return [...make('taker-1', majors), ...make('taker-2', alts)];
  }
}

/** A price in the middle of its tick: bid and ask stand evenly around it, so nothing pulls a mark that should stand still. */
function betweenTicks(usd: number, ticksPerUsd: number): number {
  return (Math.floor(usd * ticksPerUsd) + 0.5) / ticksPerUsd;
}

import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command, OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { paces } from '../generated/paces.ts';
import type { Market, MarketStep, Pace } from '../market.ts';
import type { ParticipantName } from '../participants.ts';
import type { Participant } from '../venue/participant.ts';
import { StepClock } from '../venue/stepClock.ts';
import { VenueView } from '../venue/venueView.ts';
import type { ChainCoin, PlayedContract } from './chainCoin.ts';
import type { ChainFeed } from './chainFeed.ts';
import { planContract, quotedSide } from './chainQuotes.ts';
import type { DefectLog } from './defects.ts';

/** A chain file and the coins that are played from it. */
export interface PlayedChain {
  readonly feed: ChainFeed;
  readonly coins: readonly ChainCoin[];
}

export interface RecordedChainOptions {
  directory: DirectoryView;
  /** Seconds of the recording in one second of the desk. */
  speed?: number;
  pace?: Pace;
}

const chainParticipants = ['replay-options'] as const satisfies readonly ParticipantName[];

const STEP_MS = 250;
/** Files are read ahead by so much of the recording. */
const AHEAD_MS = 5_000;
/** The calendar is looked at, and surfaces are set, this often. */
const CALENDAR_MS = MINUTE_MS;
const SURFACE_MS = MINUTE_MS;
/** What was asked to be listed is asked again when it is not there after this long. */
const LISTING_MS = 10 * SECOND_MS;
/** What the desk refused is asked for again after this long. */
const REFUSED_MS = 10 * SECOND_MS;
/** Orders of one step: the writer is not held up by a whole chain. */
const OPERATIONS_PER_STEP = 24;
/** An index further from the recorded one than this is still on its way to it. */
const INDEX_NEAR = 0.02;
/** A contract in its last moments is left alone: an order under way would meet its expiry. */
const LAST_MS = 5 * SECOND_MS;

/**
 * Plays recorded option chains: lists their contracts by the calendar of today, sets forwards and surfaces
 * from their marks, and rests their best bids and asks as orders of one participant. It loops.
 */
export class RecordedChain implements Market {
  readonly stepMs = STEP_MS;
  readonly #chains: readonly PlayedChain[];
  readonly #log: DefectLog;
  readonly #speed: number;
  readonly #clock = new StepClock(SECOND_MS);
  readonly #instrumentsMax: number;
  #view: VenueView;
  #markets = new Map<string, MarketView>();
  /** What is played now, by the name of the contract, with the coin it is of. */
  #played = new Map<string, PlayedContract & { coin: ChainCoin }>();
  /** By instrument: what was last asked for, and when. */
  readonly #asked = new Map<number, { text: string; atMs: number }>();
  #targetMs = 0;
  #nextStepMs = 0;
  #calendarDueMs = 0;
  #surfaceDueMs = 0;
  #listingDueMs = 0;
  #isFarFirst = true;
  #isShown = false;

  constructor(
    { directory, speed = 1, pace = 'default' }: RecordedChainOptions,
    chains: readonly PlayedChain[],
    log: DefectLog,
  ) {
    this.#chains = chains;
    this.#log = log;
    this.#speed = paces[pace].isStill ? 0 : speed;
    this.#instrumentsMax = directory.limits.instruments;
    this.#view = new VenueView(directory, chainParticipants);
    this.list(directory);
  }

  get coins(): readonly ChainCoin[] {
    return this.#chains.flatMap(({ coins }) => coins);
  }

  /** Whether the desk's option books, once the last step is answered, are the recorded ones. */
  get isBookShown(): boolean {
    return this.#isShown;
  }

  /** Whether a contract is quoted as it was recorded: nobody else then needs to. */
  isQuoting(name: string): boolean {
    const hasMaker = this.#view.participant('replay-options') !== undefined;
    return hasMaker && this.#played.get(name)?.key !== undefined;
  }

  /** Whether forwards and surfaces of a coin come from a recording. */
  hasSurfacesOf(underlying: string): boolean {
    return this.coins.some((coin) => coin.underlying === underlying);
  }

  participants(): Participant[] {
    return this.#view.everyParticipant();
  }

  /** Takes up what is listed now; a new listing starts the participant over, with books and marks heard anew. */
  list(directory: DirectoryView): void {
    if (directory.markets.length !== this.#markets.size) {
      this.#view = new VenueView(directory, chainParticipants);
      this.#surfaceDueMs = 0;
      this.#asked.clear();
    }
    this.#markets = new Map(directory.markets.map((market) => [market.name, market]));
  }

  onEvents(lanes: Float64Array): void {
    this.#view.onEvents(lanes);
  }

  /** Reads ahead, so that steps up to `aheadMs` of the desk's time from now find their quotes in memory. */
  async readAhead(aheadMs: number): Promise<void> {
    const untilMs = this.#targetMs + aheadMs * this.#speed;
    await Promise.all(this.#chains.map(({ feed }) => feed.fill(untilMs)));
  }

  step(nowMs: number): MarketStep[] {
    this.#targetMs += this.#clock.advance(nowMs) * this.#speed;
    const { activeMs } = this.#clock;
    if (activeMs < this.#nextStepMs) return [];
    this.#nextStepMs = activeMs + STEP_MS;
    this.#keepReading();
    this.#play();
    if (activeMs >= this.#calendarDueMs) this.#lookAtCalendar(nowMs);
    const commands: Command[] = activeMs >= this.#listingDueMs ? this.#listings() : [];
    if (activeMs >= this.#surfaceDueMs) commands.push(...this.#surfaces(nowMs));
    const steps = commands.map((command) => ({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined }));
    const maker = this.#view.participant('replay-options');
    if (maker === undefined) return steps;
    const early = maker.startOver(activeMs);
    return [...steps, ...early, ...(maker.isIdle() ? maker.send(this.#quotes(maker, nowMs), activeMs) : [])];
  }

  /** A recording that fails on the way stops moving; its defect says why. */
  #keepReading(): void {
    for (const { feed } of this.#chains) {
      feed.fill(this.#targetMs + AHEAD_MS).catch((error: unknown) => {
        const done = error instanceof Error ? error.message : String(error);
        this.#log.report({ file: feed.file, line: 0, code: 'market.fileUnreadable', done });
      });
    }
  }

  #play(): void {
    for (const { feed, coins } of this.#chains) {
      for (const quote of feed.take(Math.min(this.#targetMs, feed.readUntilMs - 1))) {
        coins.find(({ underlying }) => underlying === quote.underlying)?.onQuote(quote);
      }
    }
  }

  #lookAtCalendar(nowMs: number): void {
    this.#calendarDueMs = this.#clock.activeMs + CALENDAR_MS;
    const contracts = this.coins.flatMap((coin) =>
      coin.contracts(nowMs).map((contract) => [contract.listing.name, { ...contract, coin }] as const),
    );
    this.#played = new Map(contracts);
  }

  /** Waits for an index: strikes of a coin that costs something else are not listed. */
  #listings(): Command[] {
    const missing = [...this.#played.values()].filter(
      ({ listing, coin }) => !this.#markets.has(listing.name) && this.#indexUsd(coin) !== undefined,
    );
    if (missing.length > 0) this.#listingDueMs = this.#clock.activeMs + LISTING_MS;
    // What a full table would refuse is not asked for again and again.
    return missing.slice(0, this.#instrumentsMax - this.#markets.size).map(({ listing }) => listing);
  }

  /**
   * All expiries of the recorded coins that are ahead. One time the far end makes way first and the next
   * time the near one, so that whichever way a surface goes all of it gets there.
   */
  #surfaces(nowMs: number): Command[] {
    const commands = this.coins.flatMap((coin) => {
      const indexUsd = this.#indexUsd(coin);
      const ahead = [...this.#markets.values()].flatMap(({ underlying, expiryMs }) =>
        underlying === coin.underlying && expiryMs > nowMs + LAST_MS ? [expiryMs] : [],
      );
      const expiries = [...new Set(ahead)].sort((a, b) => a - b);
      return indexUsd === undefined ? [] : coin.surfaces(expiries, indexUsd, nowMs);
    });
    // A second round the other way soon after the first.
    if (commands.length > 0)
      this.#surfaceDueMs = this.#clock.activeMs + (this.#isFarFirst ? SECOND_MS : SURFACE_MS);
    if (this.#isFarFirst) commands.reverse();
    if (commands.length > 0) this.#isFarFirst = !this.#isFarFirst;
    return commands;
  }

  /** The desk's index of a coin, once it is near the recorded one. */
  #indexUsd(coin: ChainCoin): number | undefined {
    for (const { underlying, kind, instrument, lotsPerUnit } of this.#markets.values()) {
      if (kind !== 'perpetual' || underlying !== coin.underlying) continue;
      const indexUsd = (this.#view.indexUsdPerLot(instrument) * lotsPerUnit) / 1e6;
      return Math.abs(indexUsd / coin.indexUsd() - 1) < INDEX_NEAR ? indexUsd : undefined;
    }
    return undefined;
  }

  /** Brings some more contracts in line, those that are played and those that no longer are. */
  #quotes(maker: Participant, nowMs: number): OrderCommand[] {
    const operations: OrderCommand[] = [];
    this.#isShown = this.#played.size > 0;
    for (const market of this.#markets.values()) {
      if (market.kind !== 'option' || market.stage !== 'trading' || market.expiryMs <= nowMs + LAST_MS)
        continue;
      const wanted = this.#quoteOne(maker, market);
      if (wanted.length > 0) this.#isShown = false;
      if (this.#isAnew(market.instrument, wanted)) operations.push(...wanted);
      if (operations.length >= OPERATIONS_PER_STEP) break;
    }
    return operations;
  }

  /** Whether something is asked for that was not just refused: then the same would be asked again. */
  #isAnew(instrument: number, operations: readonly OrderCommand[]): boolean {
    if (operations.length === 0) return false;
    const { activeMs } = this.#clock;
    const last = this.#asked.get(instrument);
    const text = JSON.stringify(operations);
    if (last !== undefined && last.text === text && activeMs < last.atMs + REFUSED_MS) return false;
    this.#asked.set(instrument, { text, atMs: activeMs });
    return true;
  }

  #quoteOne(maker: Participant, market: MarketView): OrderCommand[] {
    const contract = this.#played.get(market.name);
    const quote = contract?.key === undefined ? undefined : contract.coin.quote(contract.key);
    const mark = {
      markUsdPerLot: this.#view.markUsdPerLot(market.instrument),
      forwardUsdPerLot: this.#view.indexUsdPerLot(market.instrument),
    };
    const side = (of: Side) => quote && quotedSide(market, quote, of, mark);
    return planContract(maker, market, side(Side.buy), side(Side.sell));
  }
}

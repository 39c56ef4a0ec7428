import path from 'node:path';
import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { SECOND_MS } from '../../units/time.ts';
import { GeneratedMarket } from '../generated/generatedMarket.ts';
import { paces } from '../generated/paces.ts';
import type { Market, MarketStep, Pace } from '../market.ts';
import type { ParticipantName } from '../participants.ts';
import { Random } from '../random.ts';
import { IndexSources } from '../venue/indexSources.ts';
import { StepClock } from '../venue/stepClock.ts';
import { VenueView } from '../venue/venueView.ts';
import { CaptureFeed } from './captureFeed.ts';
import { type Capture, findCaptures, nothingToPlay } from './captureFiles.ts';
import { type Defect, DefectLog } from './defects.ts';
import { Grid } from './grid.ts';
import { recordingFiles } from './recordingFiles.ts';
import { ReplayedInstrument } from './replayedInstrument.ts';

export interface RecordedOptions {
  /** A capture file, or a folder of them; several with commas between. */
  path: string;
  /** What is played; by default all that the path holds. */
  captures?: readonly Capture[];
  /** Price of coins that a recording of something else decides, USD by underlying. */
  followed?: ReadonlyMap<string, () => number>;
  directory: DirectoryView;
  seed: number;
  /** Seconds of the recording in one second of the desk. */
  speed?: number;
  /** Levels around the touch that the desk's book shows. */
  levelsPerSide?: number;
  /** Pace of the instruments that nobody recorded; a recording keeps its own time, and stands still when paused. */
  pace?: Pace;
  startPricesE8?: ReadonlyMap<number, number>;
  /** Hears of each defect once. */
  onDefect?: (defect: Defect) => void;
}

const recordedParticipants = ['replay-book', 'replay-trades'] as const satisfies readonly ParticipantName[];

/** Trades and the book of one moment take a step each. */
const STEP_MS = 50;

/** Some 20 USD of BTC either way: the ladder's usual step then fills a screen. The commands of it take 78 MB an hour. */
const LEVELS_PER_SIDE = 100;

/** How far the files are read ahead, in seconds of the recording. */
const AHEAD_MS = 5_000;

/**
 * Opens the recordings and reads each up to its first snapshot.
 *
 * @fails MarketFileError, whose message says which file, which line and why, when a recording cannot be played
 */
export async function openRecordedMarket(options: RecordedOptions): Promise<RecordedMarket> {
  const log = new DefectLog(options.onDefect);
  const files = recordingFiles(options.path);
  const captures = options.captures ?? findCaptures(files, options.directory.markets);
  if (captures.length === 0) throw nothingToPlay(options.path, files);
  const instruments = await Promise.all(
    captures.map(async (capture) => {
      const feed = new CaptureFeed(capture.files, new Grid(capture.market), log);
      await feed.open();
      return new ReplayedInstrument(capture, feed, log);
    }),
  );
  const sources = captures.map(({ market, files }) => ({
    instrument: market.name,
    files: files.map((file) => path.basename(file)),
  }));
  return new RecordedMarket(options, instruments, sources, log);
}

/**
 * Plays recordings on the desk: levels rest as orders of one participant, trades are taken by another,
 * and the index follows the recorded middle. Instruments without a recording are generated around them.
 */
export class RecordedMarket implements Market {
  readonly stepMs = STEP_MS;
  /** What is played where, for people. */
  readonly sources: readonly { instrument: string; files: string[] }[];
  readonly instruments: readonly ReplayedInstrument[];
  readonly #log: DefectLog;
  readonly #view: VenueView;
  readonly #generated: GeneratedMarket;
  readonly #indexSources: IndexSources[];
  readonly #speed: number;
  readonly #levelsPerSide: number;
  readonly #clock = new StepClock(SECOND_MS);
  #targetMs = 0;
  #reportDueMs = 0;
  #isBookDue = false;
  #isBookSent = false;

  constructor(
    options: RecordedOptions,
    instruments: readonly ReplayedInstrument[],
    sources: readonly { instrument: string; files: string[] }[],
    log: DefectLog,
  ) {
    const { directory, seed, speed = 1, levelsPerSide = LEVELS_PER_SIDE, pace = 'default' } = options;
    this.instruments = instruments;
    this.sources = sources;
    this.#log = log;
    this.#speed = paces[pace].isStill ? 0 : speed;
    this.#levelsPerSide = levelsPerSide;
    this.#view = new VenueView(directory, recordedParticipants);
    const except = instruments.map(({ market }) => market.name);
    this.#generated = new GeneratedMarket({
      directory,
      seed,
      pace,
      startPricesE8: options.startPricesE8,
      except,
      followed: options.followed,
    });
    this.#indexSources = instruments.map(({ market }) => {
      const listed = directory.underlyings.find(({ id }) => id === market.underlyingId)!.sources;
      return new IndexSources(market.underlyingId, listed, new Random(seed, `recorded ${market.name}`));
    });
  }

  get defects(): readonly Defect[] {
    return this.#log.defects;
  }

  /** Whether the desk's books, once the last step is answered, are the recorded ones at each `feedMs`. */
  get isBookShown(): boolean {
    return this.#isBookSent;
  }

  participants() {
    return [...this.#view.everyParticipant(), ...this.#generated.participants()];
  }

  onEvents(lanes: Float64Array): void {
    this.#view.onEvents(lanes);
    this.#generated.onEvents(lanes);
  }

  /** Reads ahead, so that steps up to `aheadMs` of the desk's time from now find their messages in memory. */
  async readAhead(aheadMs: number): Promise<void> {
    const untilMs = this.#targetMs + aheadMs * this.#speed;
    await Promise.all(this.instruments.map(({ feed }) => feed.fill(untilMs)));
  }

  step(nowMs: number): MarketStep[] {
    this.#targetMs += this.#clock.advance(nowMs) * this.#speed;
    this.#keepReading();
    const { activeMs, latestMs } = this.#clock;
    const steps = this.#view.everyParticipant().flatMap((participant) => participant.startOver(activeMs));
    steps.push(...this.#play(activeMs));
    if (activeMs >= this.#reportDueMs) steps.push(...this.#report(latestMs));
    steps.push(...this.#generated.step(nowMs));
    return steps;
  }

  /** A recording that fails on the way stops moving; its defect says why. */
  #keepReading(): void {
    for (const { feed } of this.instruments) {
      feed.fill(this.#targetMs + AHEAD_MS).catch((error: unknown) => {
        const done = error instanceof Error ? error.message : String(error);
        this.#log.report({ file: '', line: 0, code: 'market.fileUnreadable', done });
      });
    }
  }

  /**
   * Moves the recordings on by one step: first the trades, against the book as it was; in the next step
   * the book as it became. Each waits until the desk has answered the one before.
   */
  #play(activeMs: number): MarketStep[] {
    const maker = this.#view.participant('replay-book');
    const taker = this.#view.participant('replay-trades');
    if (maker === undefined || taker === undefined || !maker.isIdle() || !taker.isIdle()) return [];
    if (!this.#isBookDue) {
      for (const instrument of this.instruments) instrument.playUntil(this.#targetMs);
      const trades = this.instruments.flatMap((instrument) => instrument.takeTrades(taker, this.#view));
      this.#isBookDue = trades.length > 0;
      this.#isBookSent = false;
      if (this.#isBookDue) return taker.send(trades, activeMs);
    }
    this.#isBookDue = false;
    this.#isBookSent = true;
    return maker.send(
      this.instruments.flatMap((instrument) =>
        instrument.quote(maker, this.#levelsPerSide, this.#view.markUsdPerLot(instrument.market.instrument)),
      ),
      activeMs,
    );
  }

  /** A recording without a book reports nothing: its mark grows old, which is the truth. */
  #report(nowMs: number): MarketStep[] {
    const reports = this.instruments.flatMap((instrument, place) => {
      const mid = instrument.midUsd();
      return mid === undefined ? [] : this.#indexSources[place]!.reports(() => mid, nowMs, false);
    });
    if (reports.length === 0) return [];
    this.#reportDueMs = this.#clock.activeMs + SECOND_MS;
    return [{ actor: SYSTEM_ACTOR, nonce: 0, command: { kind: 'ReportPrices', reports }, proof: undefined }];
  }
}

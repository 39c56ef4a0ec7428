import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { USD_SCALE } from '../../units/money.ts';
import { takingOrder } from '../venue/orderCommands.ts';
import type { Participant } from '../venue/participant.ts';
import type { VenueView } from '../venue/venueView.ts';
import type { CaptureFeed } from './captureFeed.ts';
import type { Capture } from './captureFiles.ts';
import type { CapturedTrade } from './captureMessage.ts';
import type { DefectLog } from './defects.ts';
import { L2Book } from './l2Book.ts';
import { planReplay } from './replayedBook.ts';

/** Recorded flow does not balance: beyond this position, trades that would add to it are left out. */
const POSITION_USD_MAX = 50_000_000;

/** One instrument of a recorded market: its recording, the book rebuilt from it, and the trades not yet played. */
export class ReplayedInstrument {
  readonly market: MarketView;
  readonly feed: CaptureFeed;
  readonly book: L2Book;
  /** The feed's clock: the book is the recorded one at this time. */
  feedMs = 0;
  #trades: CapturedTrade[] = [];
  #file = '';
  #isRewinding = false;

  constructor(capture: Capture, feed: CaptureFeed, log: DefectLog) {
    this.market = capture.market;
    this.feed = feed;
    this.book = new L2Book((line, code, done) => log.report({ file: this.#file, line, code, done }));
  }

  /** Plays the recording up to a time on the feed's clock, or as far as it has been read. */
  playUntil(untilMs: number): void {
    this.feedMs = Math.max(this.feedMs, Math.min(untilMs, this.feed.readUntilMs - 1));
    for (const message of this.feed.take(this.feedMs)) {
      this.#file = message.file;
      switch (message.kind) {
        case 'rewind':
          this.book.reset();
          this.#isRewinding = true;
          break;
        case 'snapshot':
          this.book.onSnapshot(message);
          this.#isRewinding = false;
          break;
        case 'diff':
          this.book.onDiff(message);
          break;
        case 'trade':
          this.#trades.push(message);
      }
    }
  }

  /** Middle of the recorded book, USD per coin; undefined while there is none. */
  midUsd(): number | undefined {
    const bid = this.book.bids.best();
    const ask = this.book.asks.best();
    return bid === undefined || ask === undefined ? undefined : (bid + ask) / 2 / this.market.ticksPerUsd;
  }

  /** Market orders for the trades since the last call, one for each side: its whole size, at its worst price. */
  takeTrades(participant: Participant, view: VenueView): OrderCommand[] {
    const trades = this.#trades;
    this.#trades = [];
    return [Side.buy, Side.sell].flatMap((side) => {
      const ofSide = trades.filter(({ takerSide }) => takerSide === side);
      return ofSide.length === 0 ? [] : this.#takeSide(participant, view, side, ofSide);
    });
  }

  #takeSide(
    participant: Participant,
    view: VenueView,
    side: Side,
    trades: readonly CapturedTrade[],
  ): OrderCommand[] {
    const { market } = this;
    const isBuy = side === Side.buy;
    const touch = view.best(market.instrument, isBuy ? Side.sell : Side.buy);
    if (touch === undefined || this.#isTooLarge(participant, side, touch)) return [];
    const prices = trades.map(({ priceTicks }) => priceTicks);
    // The desk's book is the recorded one of a moment ago: a trade reaches its touch in any case.
    const priceTicks = isBuy ? Math.max(touch, ...prices) : Math.min(touch, ...prices);
    const sum = trades.reduce((lots, trade) => lots + trade.lots, 0);
    const sizeLots = Math.min(sum, market.sizeLotsMax);
    if (priceTicks * sizeLots * market.usdPerTickLot < market.notionalMinUsd) return [];
    const { account } = participant;
    return [takingOrder({ account, instrument: market.instrument, side, priceTicks, sizeLots })];
  }

  #isTooLarge(participant: Participant, side: Side, touch: number): boolean {
    const lots = participant.positionLots(this.market.instrument);
    const isAdding = side === Side.buy ? lots > 0 : lots < 0;
    const positionUsd = (Math.abs(lots) * touch * this.market.usdPerTickLot) / USD_SCALE;
    return isAdding && positionUsd > POSITION_USD_MAX;
  }

  /** Operations that make the desk's book the recorded one. While the recording begins again the old book stands. */
  quote(participant: Participant, levelsPerSide: number, markUsdPerLot: number): OrderCommand[] {
    if (this.#isRewinding || markUsdPerLot === 0) return [];
    return planReplay(participant, this.market, this.book, levelsPerSide, markUsdPerLot);
  }
}

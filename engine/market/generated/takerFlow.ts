import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { Random } from '../random.ts';
import { takingOrder } from '../venue/orderCommands.ts';
import type { Participant } from '../venue/participant.ts';
import type { VenueView } from '../venue/venueView.ts';
import { Hawkes } from './hawkes.ts';
import { lotsWorth, positionUsd, type QuotedMarket } from './quotedMarket.ts';

/** Tail of the sizes, cut where one order in a thousand would be larger. */
const SIZE_TAIL = 1.25;
const SIZE_CUT = 0.999;

/** A position of this many times the depth within 10 bp turns every further order around. */
const TURN_AT_DEPTHS = 3;

/** A market order goes no further than this from the touch. */
const REACH = 0.002;

interface Stream {
  quoted: QuotedMarket;
  arrivals: Hawkes;
  side: Side;
}

/**
 * A participant whose market orders come in clusters, tend to repeat their side, and are mostly small with
 * a few that are large. Its own position pulls it back to flat, so that it lasts.
 */
export class TakerFlow {
  readonly participant: Participant;
  readonly #streams: Stream[];
  readonly #random: Random;

  constructor(
    participant: Participant,
    markets: readonly QuotedMarket[],
    stretch: number,
    streamOf: (purpose: string) => Random,
  ) {
    this.participant = participant;
    this.#random = streamOf('taker');
    this.#streams = markets.map((quoted) => ({
      quoted,
      arrivals: new Hawkes(streamOf(`arrivals ${quoted.market.name}`), quoted.coin.takesPerSecond, stretch),
      side: this.#random.isWithin(0.5) ? Side.buy : Side.sell,
    }));
  }

  /** Orders that came up since the last look. Those that come while it waits for an answer go with the next ones. */
  take(activeMs: number, view: VenueView): OrderCommand[] {
    if (!this.participant.isIdle()) return [];
    const operations: OrderCommand[] = [];
    for (const stream of this.#streams) {
      const count = stream.arrivals.countUntil(activeMs / SECOND_MS);
      for (let k = 0; k < count; k++) {
        const order = this.#nextOrder(stream, view);
        if (order !== undefined) operations.push(order);
      }
    }
    return operations;
  }

  #nextOrder(stream: Stream, view: VenueView): OrderCommand | undefined {
    const { market, coin } = stream.quoted;
    const { participant } = this;
    const random = this.#random;
    if (!random.isWithin(coin.sidePersistence)) stream.side = opposite(stream.side);
    const usd = random.pareto(coin.takeUsdMedian, SIZE_TAIL, SIZE_CUT);
    const side = this.#turned(stream, view);
    const touch = view.best(market.instrument, opposite(side));
    if (touch === undefined) return undefined;
    const reach = Math.ceil(touch * REACH);
    return takingOrder({
      account: participant.account,
      instrument: market.instrument,
      side,
      priceTicks: side === Side.buy ? touch + reach : Math.max(1, touch - reach),
      sizeLots: lotsWorth(market, usd, touch),
    });
  }

  /** The stream's side, turned around the more often the larger a position it would add to. */
  #turned({ quoted, side }: Stream, view: VenueView): Side {
    const { market, coin } = quoted;
    const lots = this.participant.positionLots(market.instrument);
    const isAdding = side === Side.buy ? lots > 0 : lots < 0;
    const best = view.best(market.instrument, side);
    if (!isAdding || best === undefined) return side;
    const position = Math.abs(positionUsd(market, lots, best / market.ticksPerUsd));
    return this.#random.isWithin(position / (coin.depthUsd * TURN_AT_DEPTHS)) ? opposite(side) : side;
  }
}

function opposite(side: Side): Side {
  return side === Side.buy ? Side.sell : Side.buy;
}

import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { Random } from '../random.ts';
import type { Participant } from '../venue/participant.ts';
import type { VenueView } from '../venue/venueView.ts';
import { planLadder, type Slot, slotsBetween } from './ladder.ts';
import { lotsWorth, positionUsd, type QuotedMarket } from './quotedMarket.ts';

/** How a maker quotes. */
export interface MakerTraits {
  /** Edges of its slots, bp behind the touch. */
  readonly edgesBp: readonly number[];
  /** Whether it stands at the touch itself. */
  readonly hasTouch: boolean;
  readonly quoteMs: number;
  /** A move of the fair price that it does not wait for its next look to follow, bp. */
  readonly hurryBp: number;
  /** Quotes lean against the position, and what was taken comes back whole only on a market that stands still. */
  readonly isStill: boolean;
}

/** A position of this many times the depth within 10 bp moves the maker's prices by the full lean. */
const LEAN_AT_DEPTHS = 10;
const LEAN_FULL = 0.0003;

const BP = 10_000;

/** Sizes scatter around their slot's: standard deviation of the logarithm. */
const SIZE_SPREAD = 0.45;
const TOUCH_SIZE_SPREAD = 1;

/** Of the orders that stay where they are, the share that gets another size at a look. */
const RESIZE_PROBABILITY = 0.06;

/**
 * A participant that keeps a ladder on both sides of each of its markets, around a fair price that it is
 * told. Every order it sends may trade at once: a quote that runs into somebody else's takes it.
 */
export class Maker {
  readonly participant: Participant;
  readonly #markets: readonly QuotedMarket[];
  readonly #traits: MakerTraits;
  readonly #random: Random;
  readonly #nextLookMs: Float64Array;
  /** Fair price at the last look, USD, by place; 0 before the first. */
  readonly #lastFairUsd: Float64Array;

  constructor(
    participant: Participant,
    markets: readonly QuotedMarket[],
    traits: MakerTraits,
    random: Random,
  ) {
    this.participant = participant;
    this.#markets = markets;
    this.#traits = traits;
    this.#random = random;
    // Spread over one period, so that the ladders are not all looked at in the same step.
    this.#nextLookMs = Float64Array.from(markets, (_, place) => (place * traits.quoteMs) / markets.length);
    this.#lastFairUsd = new Float64Array(markets.length);
  }

  /**
   * Operations that bring its ladders in line.
   *
   * @param activeMs time the market has been running
   * @param view the books: a ladder that stands behind the touch does not reach into the other side
   * @param fairUsd fair price of a market, USD; undefined while it must not be quoted
   */
  quote(
    activeMs: number,
    view: VenueView,
    fairUsd: (quoted: QuotedMarket) => number | undefined,
  ): OrderCommand[] {
    if (!this.participant.isIdle()) return [];
    const operations: OrderCommand[] = [];
    for (const [place, quoted] of this.#markets.entries()) {
      const fair = fairUsd(quoted);
      if (fair === undefined) continue;
      const isDue = activeMs >= this.#nextLookMs[place]! || this.#isLadderBroken(quoted);
      if (!isDue && !this.#isInHurry(place, fair)) continue;
      this.#lastFairUsd[place] = fair;
      this.#nextLookMs[place] = activeMs + this.#traits.quoteMs * (0.75 + 0.5 * this.#random.uniform());
      operations.push(...this.#quoteOne(quoted, view, this.#lean(quoted, fair)));
    }
    return operations;
  }

  /** Somebody took a whole order: the gap is closed at the next step, not at the next look. */
  #isLadderBroken({ market }: QuotedMarket): boolean {
    const wanted = this.#ladderSizes.get(market.instrument) ?? 0;
    const { participant } = this;
    return (
      participant.ordersOf(market.instrument, Side.buy).size < wanted ||
      participant.ordersOf(market.instrument, Side.sell).size < wanted
    );
  }

  #isInHurry(place: number, fair: number): boolean {
    const last = this.#lastFairUsd[place]!;
    return Math.abs(fair - last) * BP > last * this.#traits.hurryBp;
  }

  /** Orders on each side of a market once it was quoted. */
  readonly #ladderSizes = new Map<number, number>();

  #lean({ market, coin }: QuotedMarket, fair: number): number {
    if (this.#traits.isStill) return fair;
    const position = positionUsd(market, this.participant.positionLots(market.instrument), fair);
    const share = Math.max(-1, Math.min(1, position / (coin.depthUsd * LEAN_AT_DEPTHS)));
    return fair * (1 - share * LEAN_FULL);
  }

  #quoteOne({ market, coin }: QuotedMarket, view: VenueView, fair: number): OrderCommand[] {
    const { participant } = this;
    const traits = this.#traits;
    const bidTicks = Math.floor(fair * market.ticksPerUsd);
    const slots = slotsBetween(traits.edgesBp, traits.hasTouch, bidTicks / BP, coin.depthUsd);
    this.#ladderSizes.set(market.instrument, slots.length);
    const side = (side: Side, touchTicks: number) =>
      planLadder(
        {
          account: participant.account,
          instrument: market.instrument,
          side,
          touchTicks,
          slots,
          barrierTicks: traits.hasTouch
            ? undefined
            : view.best(market.instrument, side === Side.buy ? Side.sell : Side.buy),
          chooseTicks: ({ nearTicks, farTicks }) => nearTicks + this.#random.below(farTicks - nearTicks + 1),
          chooseLots: (slot, priceTicks) => lotsWorth(market, this.#sizeUsd(slot), priceTicks),
          topUpBelow: traits.isStill ? 1 : 0.4,
          resizeProbability: traits.isStill ? 0 : RESIZE_PROBABILITY,
          isWithin: (probability) => this.#random.isWithin(probability),
        },
        participant.ordersOf(market.instrument, side).values(),
      );
    const bids = side(Side.buy, bidTicks);
    const asks = side(Side.sell, bidTicks + 1);
    // The side that makes way goes first, or the other would run into it.
    return this.#isAnyAskAt(market.instrument, bidTicks) ? [...asks, ...bids] : [...bids, ...asks];
  }

  #sizeUsd(slot: Slot): number {
    const spread = slot.farTicks === 0 ? TOUCH_SIZE_SPREAD : SIZE_SPREAD;
    const mean = slot.farTicks === 0 ? 0 : (-SIZE_SPREAD * SIZE_SPREAD) / 2;
    return slot.usd * Math.exp(mean + spread * this.#random.gaussian());
  }

  #isAnyAskAt(instrument: number, bidTicks: number): boolean {
    for (const { priceTicks } of this.participant.ordersOf(instrument, Side.sell).values()) {
      if (priceTicks <= bidTicks) return true;
    }
    return false;
  }
}

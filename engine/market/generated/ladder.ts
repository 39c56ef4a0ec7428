import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import { amendment, cancellation, restingOrder } from '../venue/orderCommands.ts';
import type { OpenOrder } from '../venue/participant.ts';

/** A stretch of prices behind the touch that holds one order: distances in ticks, both ends included. */
export interface Slot {
  readonly nearTicks: number;
  readonly farTicks: number;
  /** Typical size, USD. */
  readonly usd: number;
}

/** What a ladder should be now, and who decides prices and sizes inside a slot. */
export interface LadderWish {
  account: number;
  instrument: number;
  side: Side;
  touchTicks: number;
  slots: readonly Slot[];
  /** The other side's best price, which this ladder must not reach; undefined where it may trade with it. */
  barrierTicks: number | undefined;
  /** A distance inside the slot. */
  chooseTicks(slot: Slot): number;
  chooseLots(slot: Slot, priceTicks: number): number;
  /** An order with less than this share of its size left is filled up again. */
  topUpBelow: number;
  /** Probability that an order which may stay gets another size: a book that nobody moves still breathes. */
  resizeProbability: number;
  isWithin(probability: number): boolean;
}

/** An order this many times further out than the last slot is taken away rather than kept for later. */
const STRAY_FACTOR = 2;

/**
 * The operations that make the open orders of one side a ladder again: one order in each slot.
 *
 * Orders stay where they are while they stand in a free slot, so most of a book outlives a move; the
 * others are amended into the slots that are empty, first those the touch has passed. That costs one
 * operation where a cancel and a new order would cost two.
 */
export function planLadder(wish: LadderWish, orders: Iterable<OpenOrder>): OrderCommand[] {
  const { account, slots, side, touchTicks } = wish;
  const { holders, passed, spare } = sortIntoSlots(wish, orders);
  const movable = [...passed, ...spare];
  const operations: OrderCommand[] = [];
  for (const [place, slot] of slots.entries()) {
    const holder = holders[place];
    if (holder !== undefined) {
      const sizeLots = sizeOfHolder(wish, holder, slot);
      if (sizeLots !== holder.lots) {
        operations.push(amendment(account, holder.orderId, holder.priceTicks, sizeLots));
      }
      continue;
    }
    const away = wish.chooseTicks(slot);
    const priceTicks = side === Side.buy ? touchTicks - away : touchTicks + away;
    if (priceTicks < 1 || isBeyondBarrier(wish, priceTicks)) continue;
    const sizeLots = wish.chooseLots(slot, priceTicks);
    const moved = movable.shift();
    operations.push(
      moved === undefined
        ? restingOrder({ account, instrument: wish.instrument, side, priceTicks, sizeLots })
        : amendment(account, moved.orderId, priceTicks, sizeLots),
    );
  }
  const farthest = (slots.at(-1)?.farTicks ?? 0) * STRAY_FACTOR;
  const leaving = movable.filter((order) => passed.includes(order) || distance(wish, order) > farthest);
  return [...operations, ...leaving.map(({ orderId }) => cancellation(account, orderId))];
}

/** What an order that stays should have open: what it has, what it had, or something new. */
function sizeOfHolder(wish: LadderWish, holder: OpenOrder, slot: Slot): number {
  if (holder.lots < holder.placedLots * wish.topUpBelow) return holder.placedLots;
  const isResized = wish.isWithin(wish.resizeProbability);
  return isResized ? wish.chooseLots(slot, holder.priceTicks) : holder.lots;
}

function isBeyondBarrier({ side, barrierTicks }: LadderWish, priceTicks: number): boolean {
  if (barrierTicks === undefined) return false;
  return side === Side.buy ? priceTicks >= barrierTicks : priceTicks <= barrierTicks;
}

/** How far behind the touch an order stands, in ticks; negative when the touch has passed it. */
function distance({ side, touchTicks }: LadderWish, { priceTicks }: OpenOrder): number {
  return side === Side.buy ? touchTicks - priceTicks : priceTicks - touchTicks;
}

function sortIntoSlots(
  wish: LadderWish,
  orders: Iterable<OpenOrder>,
): { holders: (OpenOrder | undefined)[]; passed: OpenOrder[]; spare: OpenOrder[] } {
  const { slots } = wish;
  const holders: (OpenOrder | undefined)[] = slots.map(() => undefined);
  const passed: OpenOrder[] = [];
  const spare: OpenOrder[] = [];
  for (const order of orders) {
    const away = distance(wish, order);
    const place = slots.findIndex(({ nearTicks, farTicks }) => away >= nearTicks && away <= farTicks);
    if (place >= 0 && holders[place] === undefined) holders[place] = order;
    else if (away < 0) passed.push(order);
    else spare.push(order);
  }
  return { holders, passed, spare };
}

/**
 * USD that rest within a distance of the touch, as a share of what rests within 10 bp: measured on the
 * BTC and ETH perpetuals, whose shapes agree.
 */
const depthShares: readonly (readonly [bp: number, share: number])[] = [
  [0, 0],
  [1, 0.05],
  [2, 0.11],
  [5, 0.39],
  [10, 1],
  [25, 2.9],
  [50, 5.8],
  [100, 9],
];

/** Median of what rests at the touch itself, as the same share. */
const TOUCH_SHARE = 0.02;

function depthShareWithin(bp: number): number {
  for (let at = 1; at < depthShares.length; at++) {
    const [far, share] = depthShares[at]!;
    const [near, before] = depthShares[at - 1]!;
    if (bp <= far) return before + ((share - before) * (bp - near)) / (far - near);
  }
  return depthShares.at(-1)![1];
}

/**
 * Slots between the given distances.
 *
 * @param edgesBp ascending; slot k lies beyond edge k and up to edge k + 1
 * @param hasTouch a slot of its own at distance 0
 * @param ticksPerBp at the price of the moment; where a tick is coarse, slots without a price fall away
 */
export function slotsBetween(
  edgesBp: readonly number[],
  hasTouch: boolean,
  ticksPerBp: number,
  depthUsd: number,
): Slot[] {
  const slots: Slot[] = hasTouch ? [{ nearTicks: 0, farTicks: 0, usd: depthUsd * TOUCH_SHARE }] : [];
  for (let at = 1; at < edgesBp.length; at++) {
    const [near, far] = [edgesBp[at - 1]!, edgesBp[at]!];
    const nearTicks = Math.floor(near * ticksPerBp) + 1;
    const farTicks = Math.floor(far * ticksPerBp);
    if (farTicks < nearTicks) continue;
    slots.push({ nearTicks, farTicks, usd: depthUsd * (depthShareWithin(far) - depthShareWithin(near)) });
  }
  return slots;
}

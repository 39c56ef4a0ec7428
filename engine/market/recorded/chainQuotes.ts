import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { USD_SCALE } from '../../units/money.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { amendment, cancellation, restingOrder } from '../venue/orderCommands.ts';
import type { OpenOrder, Participant } from '../venue/participant.ts';
import type { OptionQuote } from './optionChain.ts';

/** Where an archive keeps no sizes, this many coins stand on each side. */
export const UNKNOWN_SIZE_COINS = 10;

/** A price this close to the edge of the band is not risked: the mark may move before the order arrives. */
const BAND_SHARE = 0.95;

/** Price and size of one side of a contract, in its ticks and lots. */
export interface Quoted {
  readonly priceTicks: number;
  readonly lots: number;
}

/** What the desk knows of a contract now, micro-USD per lot: its mark, and the forward its band is a share of. */
export interface ContractMark {
  readonly markUsdPerLot: number;
  readonly forwardUsdPerLot: number;
}

/**
 * A recorded side in a contract's ticks, away from the middle where it lies between two: a bid down, an ask
 * up, by less than a tick. Undefined where nothing is recorded, or what the desk would not take.
 */
export function quotedSide(
  market: MarketView,
  { bid, ask, bidCoins, askCoins }: OptionQuote,
  side: Side,
  { markUsdPerLot, forwardUsdPerLot }: ContractMark,
): Quoted | undefined {
  const [usd, coins] = side === Side.buy ? [bid, bidCoins] : [ask, askCoins];
  if (usd === undefined) return undefined;
  const priceTicks = ticksOf(usd, market.ticksPerUsd, side);
  const lots = Math.min(Math.floor((coins ?? UNKNOWN_SIZE_COINS) * market.lotsPerUnit), market.sizeLotsMax);
  const usdPerLot = priceTicks * market.usdPerTickLot;
  const width = (forwardUsdPerLot * market.bandPpm * BAND_SHARE) / PPM_SCALE;
  const isTaken = Math.abs(usdPerLot - markUsdPerLot) < width && priceTicks <= market.priceTicksMax;
  return isTaken && lots > 0 && usdPerLot * lots >= market.notionalMinUsd ? { priceTicks, lots } : undefined;
}

/** Premiums come as coins × forward: what is a millionth of a dollar off a tick is on it. */
function ticksOf(usd: number, ticksPerUsd: number, side: Side): number {
  const ticks = (Math.round(usd * USD_SCALE) * ticksPerUsd) / USD_SCALE;
  return side === Side.buy ? Math.floor(ticks) : Math.ceil(ticks);
}

/** Operations after which a participant's orders in a contract are the recorded bid and ask, one order each. */
export function planContract(
  participant: Participant,
  market: MarketView,
  bid: Quoted | undefined,
  ask: Quoted | undefined,
): OrderCommand[] {
  const standing = (side: Side) => [...participant.ordersOf(market.instrument, side).values()];
  const [bids, asks] = [standing(Side.buy), standing(Side.sell)];
  const buy = planSide(participant.account, market, Side.buy, bid, bids);
  const sell = planSide(participant.account, market, Side.sell, ask, asks);
  // A bid that rises to where the ask was comes second, so that it does not run into it.
  const isRising = bid !== undefined && asks.some(({ priceTicks }) => priceTicks <= bid.priceTicks);
  return isRising ? [...sell, ...buy] : [...buy, ...sell];
}

function planSide(
  account: number,
  { instrument }: MarketView,
  side: Side,
  wanted: Quoted | undefined,
  standing: readonly OpenOrder[],
): OrderCommand[] {
  const [first, ...others] = standing;
  const surplus = wanted === undefined ? standing : others;
  const cancels = surplus.map(({ orderId }) => cancellation(account, orderId));
  if (wanted === undefined) return cancels;
  const { priceTicks, lots } = wanted;
  if (first === undefined)
    return [...cancels, restingOrder({ account, instrument, side, priceTicks, sizeLots: lots })];
  const isInPlace = first.priceTicks === priceTicks && first.lots === lots;
  return isInPlace ? cancels : [...cancels, amendment(account, first.orderId, priceTicks, lots)];
}

import {
  type AmendOrder,
  type Bracket,
  LEG_REMOVED,
  type PlaceOrder,
  type PlaceScale,
} from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import type {
  BracketLegChangeWire,
  OperationWire,
  OrderDraftWire,
  ScaleDraftWire,
} from '../../protocol/wire/commands.ts';
import { parseDecimal } from '../../units/decimal.ts';
import { clientIdWords } from './clientId.ts';
import type { Names } from './names.ts';
import { type Quantity, readPrice, readSize } from './quantities.ts';
import { type Reading, refused } from './readJson.ts';

/** A size ratio is written with up to three decimals. */
const RATIO_DECIMALS = 3;

/** What may come without a size: the size is then 0. */
type OpenSize<T extends { size: string }> = Omit<T, 'size'> & { size?: string };

/** An order as a person writes it → as the engine counts it. */
export function readOrderDraft(names: Names, draft: OpenSize<OrderDraftWire>): Reading<PlaceOrder> {
  const market = names.marketByName.get(draft.instrument);
  if (market === undefined) return refused('instrument.unknown');
  const numbers = readNumbers(market, draft.size, draft.price, draft.triggerPrice);
  if ('error' in numbers) return numbers;
  const bracket = readBracket(market, draft.takeProfit, draft.stopLoss);
  if ('error' in bracket) return bracket;
  const isMarket = draft.type === 'market' || draft.type === 'stopMarket' || draft.type === 'takeMarket';
  return {
    value: {
      kind: 'PlaceOrder',
      account: draft.account,
      instrument: market.instrument,
      side: Side[draft.side],
      type: OrderType[draft.type],
      timeInForce: TimeInForce[draft.timeInForce ?? (isMarket ? 'ioc' : 'gtc')],
      selfTrade: SelfTrade[draft.selfTrade ?? 'expireTaker'],
      flags: flagsOf(draft),
      expiresAtMs: draft.expiresAtMs ?? 0,
      ...numbers.value,
      ...clientIdWords(draft.clientId),
      ...(bracket.value === undefined ? {} : { bracket: bracket.value }),
    },
  };
}

/** A scale as a person writes it → as the engine counts it: size, then the two prices, then the ratio. */
export function readScaleDraft(names: Names, draft: OpenSize<ScaleDraftWire>): Reading<PlaceScale> {
  const market = names.marketByName.get(draft.instrument);
  if (market === undefined) return refused('instrument.unknown');
  const sizeLots = draft.size === undefined ? 0 : readSize(market, draft.size);
  if (typeof sizeLots === 'string') return refused(sizeLots);
  const fromTicks = readPrice(market, draft.fromPrice);
  if (typeof fromTicks === 'string') return refused(fromTicks);
  const toTicks = readPrice(market, draft.toPrice);
  if (typeof toTicks === 'string') return refused(toTicks);
  const sizeRatioMilli = parseDecimal(draft.sizeRatio ?? '1', RATIO_DECIMALS);
  if (sizeRatioMilli === undefined) return refused('scale.ratioInvalid');
  return {
    value: {
      kind: 'PlaceScale',
      account: draft.account,
      instrument: market.instrument,
      side: Side[draft.side],
      selfTrade: SelfTrade[draft.selfTrade ?? 'expireTaker'],
      flags: flagsOf(draft),
      fromTicks,
      toTicks,
      count: draft.count,
      sizeLots,
      sizeRatioMilli,
      ...clientIdWords(draft.clientId),
    },
  };
}

export function readAmendment(
  names: Names,
  amendment: Extract<OperationWire, { type: 'AmendOrder' }>,
): Reading<AmendOrder> {
  const market = names.marketByName.get(amendment.instrument);
  if (market === undefined) return refused('instrument.unknown');
  const numbers = readNumbers(market, amendment.size, amendment.price, amendment.triggerPrice);
  if ('error' in numbers) return numbers;
  const bracket = readBracket(market, amendment.takeProfit, amendment.stopLoss);
  if ('error' in bracket) return bracket;
  const { account, orderId } = amendment;
  return {
    value: {
      kind: 'AmendOrder',
      account,
      orderId,
      ...numbers.value,
      ...(bracket.value === undefined ? {} : { bracket: bracket.value }),
    },
  };
}

function flagsOf(draft: { isPostOnly?: boolean; isReduceOnly?: boolean }): number {
  return (
    (draft.isPostOnly === true ? OrderFlag.postOnly : 0) |
    (draft.isReduceOnly === true ? OrderFlag.reduceOnly : 0)
  );
}

/** Size first, then price, then trigger: the documented order. What was left out is 0. */
function readNumbers(
  market: MarketView,
  size: string | undefined,
  price: string | undefined,
  triggerPrice: string | undefined,
): Reading<{ sizeLots: number; priceTicks: number; triggerTicks: number }> {
  const sizeLots: Quantity = size === undefined ? 0 : readSize(market, size);
  if (typeof sizeLots === 'string') return refused(sizeLots);
  const priceTicks: Quantity = price === undefined ? 0 : readPrice(market, price);
  if (typeof priceTicks === 'string') return refused(priceTicks);
  const triggerTicks: Quantity = triggerPrice === undefined ? 0 : readPrice(market, triggerPrice);
  if (typeof triggerTicks === 'string') return refused(triggerTicks);
  return { value: { sizeLots, priceTicks, triggerTicks } };
}

/** The take-profit first, then the stop. */
function readBracket(
  market: MarketView,
  takeProfit: BracketLegChangeWire | undefined,
  stopLoss: BracketLegChangeWire | undefined,
): Reading<Bracket | undefined> {
  if (takeProfit === undefined && stopLoss === undefined) return { value: undefined };
  const take = readLeg(market, takeProfit);
  if ('error' in take) return take;
  const stop = readLeg(market, stopLoss);
  if ('error' in stop) return stop;
  return {
    value: {
      takeProfitTicks: take.value.ticks,
      takeProfitLimitTicks: take.value.limitTicks,
      stopLossTicks: stop.value.ticks,
      stopLossLimitTicks: stop.value.limitTicks,
    },
  };
}

/** The trigger, then the price. What was left out is 0. */
function readLeg(
  market: MarketView,
  leg: BracketLegChangeWire | undefined,
): Reading<{ ticks: number; limitTicks: number }> {
  if (leg === 'none') return { value: { ticks: LEG_REMOVED, limitTicks: 0 } };
  const ticks: Quantity = leg === undefined ? 0 : readPrice(market, leg.triggerPrice);
  if (typeof ticks === 'string') return refused(ticks);
  const limitTicks: Quantity = leg?.price === undefined ? 0 : readPrice(market, leg.price);
  return typeof limitTicks === 'string' ? refused(limitTicks) : { value: { ticks, limitTicks } };
}

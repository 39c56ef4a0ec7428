import type { ErrorCode } from '../../../../engine/protocol/errors.ts';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView, MarkView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { PlacedOperation } from '../../../../lib/draftOrder.ts';
import { formatPercent, formatUsdShort } from '../../../../lib/format.ts';
import type { GuardReading } from '../../../../lib/guards.ts';
import { lotsOf, sizeText, ticksOf } from '../../../../lib/numberInput.ts';
import { usdOf } from '../../../../lib/worstPrice.ts';

/** One limit, how much of it is used now and would be used after the order. */
export interface LimitReading {
  name: string;
  /** Shares of the limit; 1 is reached. */
  share: number;
  /** Undefined where the limit is on the order alone. */
  before: number | undefined;
  text: string;
  state: 'pass' | 'near' | 'fail';
}

export interface LimitInput {
  operation: PlacedOperation;
  preview: PreviewView;
  market: MarketView;
  mark: MarkView | undefined;
  account: AccountView | undefined;
  guards: readonly GuardReading[];
}

/** From here on a limit is said to be near. */
const NEAR = 0.9;

/** Every limit the order meets, nearest first. The engine's own refusal marks its limit as failed, whatever is computed here. */
export function limitReadings(input: LimitInput): LimitReading[] {
  const { market, preview } = input;
  const order = termsOf(input);
  const readings: (Omit<LimitReading, 'state'> & { codes?: readonly ErrorCode[] })[] = [
    initialMargin(preview),
    ...leverageCaps(input, order),
    ...ownerCaps(input, order),
    ...openInterestCap(preview),
    {
      name: 'order size',
      share: order.lots / market.sizeLotsMax,
      before: undefined,
      text: `${sizeText(order.lots, market)} of ${sizeText(market.sizeLotsMax, market)} ${market.underlying}`,
      codes: ['order.sizeTooLarge'],
    },
    ...priceBand(input, order),
    {
      name: 'least worth',
      share: order.valueUsd > 0 ? market.notionalMinUsd / order.valueUsd : 0,
      before: undefined,
      text: `${formatUsdShort(order.valueUsd)}, least ${formatUsdShort(market.notionalMinUsd)}`,
      codes: ['order.notionalTooSmall'],
    },
    ...input.guards.map(guardLimit),
  ];
  const refusal = preview.refusal?.code;
  return readings
    .map(({ codes = [], ...reading }) => ({
      ...reading,
      state: stateOf(reading.share, refusal !== undefined && codes.includes(refusal)),
    }))
    .sort((a, b) => Number(b.state === 'fail') - Number(a.state === 'fail') || b.share - a.share);
}

function stateOf(share: number, isRefused: boolean): LimitReading['state'] {
  if (isRefused || share > 1) return 'fail';
  return share >= NEAR ? 'near' : 'pass';
}

interface Terms {
  lots: number;
  ticks: number | undefined;
  valueUsd: number;
  /** What the order adds to a side that it opens, micro-USD; 0 for what it closes. */
  opensUsd: number;
}

function termsOf({ operation, preview, market, mark }: LimitInput): Terms {
  const { size, isReduceOnly } = operation.type === 'PlaceOrder' ? operation.order : operation.scale;
  const price = operation.type === 'PlaceOrder' ? operation.order.price : operation.scale.toPrice;
  const lots = lotsOf(size, market) ?? 0;
  const ticks = price === undefined ? undefined : ticksOf(price, market);
  const usdPerLot = ticks === undefined ? (mark?.markUsdPerLot ?? 0) : ticks * market.usdPerTickLot;
  const side = operation.type === 'PlaceOrder' ? operation.order.side : operation.scale.side;
  const against = side === 'buy' ? -preview.before.positionLots : preview.before.positionLots;
  const opens = isReduceOnly === true ? 0 : Math.max(0, lots - Math.max(0, against));
  return { lots, ticks, valueUsd: lots * usdPerLot, opensUsd: opens * usdPerLot };
}

/** Free margin counts credit cuts as well, so the share that is used up is what is not free. */
function initialMargin({ before, after }: PreviewView) {
  const used = ({ equityUsd, freeUsd }: PreviewSideView) =>
    equityUsd <= 0 ? Number.POSITIVE_INFINITY : (equityUsd - freeUsd) / equityUsd;
  const share = used(after);
  return {
    name: 'initial margin',
    share,
    before: used(before),
    text: Number.isFinite(share) ? `${formatPercent(share * 1_000_000)} of equity` : 'no equity',
    codes: ['margin.initialInsufficient', 'margin.debtLimit'] as const,
  };
}

function leverageCaps({ account, market, preview }: LimitInput, { opensUsd }: Terms) {
  const equityUsd = preview.before.equityUsd;
  const caps = account?.leverageCaps.filter(
    ({ underlying, usedMilli }) =>
      (underlying === null || underlying === market.underlying) && usedMilli >= 0,
  );
  return (caps ?? []).map(({ underlying, leverageMilli, usedMilli }) => {
    const after = usedMilli + (equityUsd > 0 ? (opensUsd / equityUsd) * 1_000 : 0);
    return {
      name: underlying === null ? 'leverage' : `leverage ${underlying}`,
      share: after / leverageMilli,
      before: usedMilli / leverageMilli,
      text: `${(after / 1_000).toFixed(1)}x of ${(leverageMilli / 1_000).toFixed(1)}x`,
      codes: ['cap.leverage'] as const,
    };
  });
}

function ownerCaps({ account, market, operation }: LimitInput, { opensUsd }: Terms) {
  const side = operation.type === 'PlaceOrder' ? operation.order.side : operation.scale.side;
  const caps = account?.ownerCaps.filter(({ underlying }) => underlying === market.underlying) ?? [];
  return caps.map(({ longUsd, shortUsd, capUsd }) => {
    const before = side === 'buy' ? longUsd : shortUsd;
    return {
      name: side === 'buy' ? 'position + bids' : 'position + asks',
      share: (before + opensUsd) / capUsd,
      before: before / capUsd,
      text: `${formatUsdShort(before + opensUsd)} of ${formatUsdShort(capUsd)}`,
      codes: ['cap.ownerShare'] as const,
    };
  });
}

/** Only trades move it, so an order that rests uses nothing of it yet; the engine counts what its fills would open. */
function openInterestCap({ openInterest, refusal }: PreviewView) {
  if (openInterest === null || openInterest.capUsd === 0) return [];
  const { beforeUsd, afterUsd, capUsd } = openInterest;
  const isFull = refusal?.code === 'cap.marketOpenInterest';
  return [
    {
      name: 'open interest',
      share: afterUsd / capUsd,
      before: beforeUsd / capUsd,
      text: `${formatUsdShort(afterUsd)} of ${formatUsdShort(capUsd)}${isFull ? ', no room for this' : ''}`,
      codes: ['cap.marketOpenInterest'] as const,
    },
  ];
}

/** Of what waits it is judged when it fires: the mark is at its trigger then. */
function priceBand({ market, mark, operation }: LimitInput, { ticks }: Terms) {
  const trigger = operation.type === 'PlaceOrder' ? operation.order.triggerPrice : undefined;
  const fromUsd = trigger === undefined ? mark?.markUsdPerLot : usdOf(trigger, market);
  if (ticks === undefined || fromUsd === undefined || fromUsd <= 0) return [];
  const awayPpm = (Math.abs(ticks * market.usdPerTickLot - fromUsd) / fromUsd) * 1_000_000;
  return [
    {
      name: 'price band',
      share: awayPpm / market.bandPpm,
      before: undefined,
      text: `${formatPercent(awayPpm, 2)} of ${formatPercent(market.bandPpm, 0)}`,
      codes: ['order.priceOutOfBand'] as const,
    },
  ];
}

const guardNames: Record<GuardReading['name'], string> = {
  quantity: 'own size limit',
  value: 'own value limit',
  'of minute volume': '1 min volume',
  'of day volume': 'day volume',
  'away from mark': 'own price limit',
  'worst price': 'own worst price',
  'worst fill': 'own worst fill',
};

/** Measured against what refuses; a guard that only warns is reached at its warning and never fails. */
function guardLimit(guard: GuardReading) {
  const { name, used, warn, hard, isReduceOnly } = guard;
  const words = name === 'value' ? formatUsdShort : guard.words;
  const limit = hard ?? warn ?? 0;
  const share = limit > 0 ? used / limit : 1;
  const isWarningNext = warn !== undefined && hard !== undefined && used <= warn;
  const isForgiving = isReduceOnly || hard === undefined;
  return {
    name: guardNames[name],
    share: isForgiving ? Math.min(1, share) : share,
    before: undefined,
    text: isWarningNext ? `${words(used)}, warns ${words(warn)}` : `${words(used)} of ${words(limit)}`,
  };
}

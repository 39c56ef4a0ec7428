import { assert } from '../../units/assert.ts';
import type { ByteReader, ByteWriter } from '../bytes.ts';
import { AMEND_WITH_BRACKET, commandKinds, tagOf } from './kinds.ts';
import type {
  AmendOrder,
  Batch,
  Bracket,
  CancelAll,
  CancelByClientId,
  CancelOrder,
  ClientId,
  OrderCommand,
  PlaceOrder,
  PlaceScale,
  ReportPrices,
} from './types.ts';

/**
 * Bytes of the commands that come by the million. A market maker's batch of quotes costs 20 bytes an
 * order: fields that hold their default are left out, told by a bit of `extras`.
 */
const EXTRA_CLIENT_ID = 1;
const EXTRA_SHORT_CLIENT_ID = 2;
const EXTRA_TRIGGER = 4;
const EXTRA_EXPIRY = 8;
const EXTRA_BRACKET = 16;

function clientIdExtra(id: ClientId): number {
  if ((id.clientId0 | id.clientId1 | id.clientId2) !== 0) return EXTRA_CLIENT_ID;
  return id.clientId3 === 0 ? 0 : EXTRA_SHORT_CLIENT_ID;
}

function writeClientId(to: ByteWriter, id: ClientId, extra: number): void {
  if (extra === EXTRA_CLIENT_ID) {
    to.i32(id.clientId0);
    to.i32(id.clientId1);
    to.i32(id.clientId2);
  }
  if (extra !== 0) to.i32(id.clientId3);
}

function readClientId(from: ByteReader, into: ClientId, extras: number): void {
  const isWhole = (extras & EXTRA_CLIENT_ID) !== 0;
  into.clientId0 = isWhole ? from.i32() : 0;
  into.clientId1 = isWhole ? from.i32() : 0;
  into.clientId2 = isWhole ? from.i32() : 0;
  into.clientId3 = (extras & (EXTRA_CLIENT_ID | EXTRA_SHORT_CLIENT_ID)) !== 0 ? from.i32() : 0;
}

export function writePlaceOrder(to: ByteWriter, c: PlaceOrder): void {
  const idExtra = clientIdExtra(c);
  to.u8(
    idExtra |
      (c.triggerTicks !== 0 ? EXTRA_TRIGGER : 0) |
      (c.expiresAtMs !== 0 ? EXTRA_EXPIRY : 0) |
      (c.bracket !== undefined ? EXTRA_BRACKET : 0),
  );
  to.u8(c.side | (c.flags << 1) | (c.selfTrade << 4));
  to.u8(c.type | (c.timeInForce << 4));
  to.u16(c.instrument);
  to.u32(c.account);
  to.i32(c.priceTicks);
  to.i32(c.sizeLots);
  writeClientId(to, c, idExtra);
  if (c.triggerTicks !== 0) to.i32(c.triggerTicks);
  if (c.expiresAtMs !== 0) to.f64(c.expiresAtMs);
  if (c.bracket !== undefined) writeBracket(to, c.bracket);
}

function writeBracket(to: ByteWriter, bracket: Bracket): void {
  to.i32(bracket.takeProfitTicks);
  to.i32(bracket.takeProfitLimitTicks);
  to.i32(bracket.stopLossTicks);
  to.i32(bracket.stopLossLimitTicks);
}

function readBracket(from: ByteReader): Bracket {
  return {
    takeProfitTicks: from.i32(),
    takeProfitLimitTicks: from.i32(),
    stopLossTicks: from.i32(),
    stopLossLimitTicks: from.i32(),
  };
}

export function readPlaceOrder(from: ByteReader, into: PlaceOrder): PlaceOrder {
  const extras = from.u8();
  const bits = from.u8();
  const terms = from.u8();
  into.side = (bits & 1) as PlaceOrder['side'];
  into.flags = (bits >> 1) & 3;
  into.selfTrade = ((bits >> 4) & 3) as PlaceOrder['selfTrade'];
  into.type = (terms & 15) as PlaceOrder['type'];
  into.timeInForce = (terms >> 4) as PlaceOrder['timeInForce'];
  into.instrument = from.u16();
  into.account = from.u32();
  into.priceTicks = from.i32();
  into.sizeLots = from.i32();
  readClientId(from, into, extras);
  into.triggerTicks = (extras & EXTRA_TRIGGER) !== 0 ? from.i32() : 0;
  into.expiresAtMs = (extras & EXTRA_EXPIRY) !== 0 ? from.f64() : 0;
  into.bracket = (extras & EXTRA_BRACKET) !== 0 ? readBracket(from) : undefined;
  return into;
}

function writePlaceScale(to: ByteWriter, c: PlaceScale): void {
  const idExtra = clientIdExtra(c);
  to.u8(idExtra);
  to.u8(c.side | (c.flags << 1) | (c.selfTrade << 4));
  to.u8(c.count);
  to.u16(c.instrument);
  to.u32(c.account);
  to.i32(c.fromTicks);
  to.i32(c.toTicks);
  to.i32(c.sizeLots);
  to.i32(c.sizeRatioMilli);
  writeClientId(to, c, idExtra);
}

function readPlaceScale(from: ByteReader, into: PlaceScale): PlaceScale {
  const extras = from.u8();
  const bits = from.u8();
  into.side = (bits & 1) as PlaceScale['side'];
  into.flags = (bits >> 1) & 3;
  into.selfTrade = ((bits >> 4) & 3) as PlaceScale['selfTrade'];
  into.count = from.u8();
  into.instrument = from.u16();
  into.account = from.u32();
  into.fromTicks = from.i32();
  into.toTicks = from.i32();
  into.sizeLots = from.i32();
  into.sizeRatioMilli = from.i32();
  readClientId(from, into, extras);
  return into;
}

export function writeAmendOrder(to: ByteWriter, c: AmendOrder): void {
  to.u32(c.account);
  to.f64(c.orderId);
  to.i32(c.priceTicks);
  to.i32(c.sizeLots);
  to.i32(c.triggerTicks);
  if (c.bracket !== undefined) writeBracket(to, c.bracket);
}

export function readAmendOrder(from: ByteReader, into: AmendOrder, hasBracket: boolean): AmendOrder {
  into.account = from.u32();
  into.orderId = from.f64();
  into.priceTicks = from.i32();
  into.sizeLots = from.i32();
  into.triggerTicks = from.i32();
  into.bracket = hasBracket ? readBracket(from) : undefined;
  return into;
}

export function writeCancelOrder(to: ByteWriter, c: CancelOrder): void {
  to.u32(c.account);
  to.f64(c.orderId);
}

export function readCancelOrder(from: ByteReader, into: CancelOrder): CancelOrder {
  into.account = from.u32();
  into.orderId = from.f64();
  return into;
}

export function writeCancelByClientId(to: ByteWriter, c: CancelByClientId): void {
  const extra = clientIdExtra(c);
  to.u8(extra);
  to.u32(c.account);
  writeClientId(to, c, extra);
}

export function readCancelByClientId(from: ByteReader, into: CancelByClientId): CancelByClientId {
  const extras = from.u8();
  into.account = from.u32();
  readClientId(from, into, extras);
  return into;
}

export function writeCancelAll(to: ByteWriter, c: CancelAll): void {
  to.u32(c.account);
  to.u16(c.instrument);
}

export function readCancelAll(from: ByteReader, into: CancelAll): CancelAll {
  into.account = from.u32();
  into.instrument = from.u16();
  return into;
}

export function writeReportPrices(to: ByteWriter, c: ReportPrices): void {
  to.u16(c.reports.length);
  for (const report of c.reports) {
    to.u8(report.underlying);
    to.u8(report.source);
    to.f64(report.priceE8);
    to.f64(report.sourceTimeMs);
  }
}

export function readReportPrices(from: ByteReader): ReportPrices {
  const count = from.u16();
  const reports = [];
  for (let k = 0; k < count; k++) {
    reports.push({ underlying: from.u8(), source: from.u8(), priceE8: from.f64(), sourceTimeMs: from.f64() });
  }
  return { kind: 'ReportPrices', reports };
}

export function writeOrderCommand(to: ByteWriter, c: OrderCommand): void {
  switch (c.kind) {
    case 'PlaceOrder':
      return writePlaceOrder(to, c);
    case 'PlaceScale':
      return writePlaceScale(to, c);
    case 'AmendOrder':
      return writeAmendOrder(to, c);
    case 'CancelOrder':
      return writeCancelOrder(to, c);
    case 'CancelByClientId':
      return writeCancelByClientId(to, c);
    case 'CancelAll':
      return writeCancelAll(to, c);
  }
}

export function writeBatch(to: ByteWriter, c: Batch): void {
  to.u16(c.operations.length);
  for (const operation of c.operations) {
    to.u8(tagOf(operation));
    writeOrderCommand(to, operation);
  }
}

/** One order command read into `scratch`, so that a replay of millions makes no garbage. */
export interface OrderScratch {
  place: PlaceOrder;
  scale: PlaceScale;
  amend: AmendOrder;
  cancel: CancelOrder;
  byClientId: CancelByClientId;
  all: CancelAll;
}

export function createOrderScratch(): OrderScratch {
  const noId = { clientId0: 0, clientId1: 0, clientId2: 0, clientId3: 0 };
  return {
    place: {
      kind: 'PlaceOrder',
      account: 0,
      instrument: 0,
      side: 0,
      type: 0,
      timeInForce: 0,
      selfTrade: 1,
      flags: 0,
      priceTicks: 0,
      sizeLots: 0,
      triggerTicks: 0,
      expiresAtMs: 0,
      bracket: undefined,
      ...noId,
    },
    scale: {
      kind: 'PlaceScale',
      account: 0,
      instrument: 0,
      side: 0,
      selfTrade: 1,
      flags: 0,
      fromTicks: 0,
      toTicks: 0,
      count: 0,
      sizeLots: 0,
      sizeRatioMilli: 0,
      ...noId,
    },
    amend: {
      kind: 'AmendOrder',
      account: 0,
      orderId: 0,
      priceTicks: 0,
      sizeLots: 0,
      triggerTicks: 0,
      bracket: undefined,
    },
    cancel: { kind: 'CancelOrder', account: 0, orderId: 0 },
    byClientId: { kind: 'CancelByClientId', account: 0, ...noId },
    all: { kind: 'CancelAll', account: 0, instrument: 0 },
  };
}

/** Reads the order command of tag `kind`. The result lives in `scratch` until the next read. */
export function readOrderCommand(from: ByteReader, kind: number, scratch: OrderScratch): OrderCommand {
  switch (kind) {
    case commandKinds.PlaceOrder:
      return readPlaceOrder(from, scratch.place);
    case commandKinds.PlaceScale:
      return readPlaceScale(from, scratch.scale);
    case commandKinds.AmendOrder:
    case AMEND_WITH_BRACKET:
      return readAmendOrder(from, scratch.amend, kind === AMEND_WITH_BRACKET);
    case commandKinds.CancelOrder:
      return readCancelOrder(from, scratch.cancel);
    case commandKinds.CancelByClientId:
      return readCancelByClientId(from, scratch.byClientId);
    default:
      assert(kind === commandKinds.CancelAll, `command kind ${kind} is not an order command`);
      return readCancelAll(from, scratch.all);
  }
}

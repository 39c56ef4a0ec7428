import { expect, test } from 'vitest';
import type { Command, PlaceOrder } from '../../protocol/commands/types.ts';
import { refusal } from '../../protocol/errors.ts';
import { type EventKind, eventTable } from '../../protocol/events/table.ts';
import { answerOf } from './answer.ts';
import { clientIdWords } from './clientId.ts';
import { sampleDirectory } from './sampleDirectory.ts';

const clientId = '0000000000000000000000000000002a';

const place: PlaceOrder = {
  kind: 'PlaceOrder',
  account: 3,
  instrument: 0,
  side: 0,
  type: 0,
  timeInForce: 0,
  selfTrade: 1,
  flags: 0,
  priceTicks: 600_000,
  sizeLots: 10,
  triggerTicks: 0,
  expiresAtMs: 0,
  ...clientIdWords(clientId),
};

function lanesOf(...events: [EventKind, Record<string, number>][]): Float64Array {
  return Float64Array.from(
    events.flatMap(([kind, values]) => {
      const [tag, names] = eventTable[kind];
      return [tag, ...names.map((name) => values[name] ?? 0)];
    }),
  );
}

const applied: [EventKind, Record<string, number>] = ['CommandApplied', { seq: 90, timeMs: 5 }];

function resultsOf(command: Command, ...events: [EventKind, Record<string, number>][]) {
  const lanes = lanesOf(applied, ...events);
  return answerOf(command, lanes, 0, lanes.length, sampleDirectory.markets).results;
}

test('a resting order', () => {
  const results = resultsOf(place, ['OrderAccepted', { orderId: 7, sizeLots: 10 }]);
  expect(results).toMatchObject([{ status: 'resting', orderId: 7, openLots: 10, clientId, filledLots: 0 }]);
});

test('fills sum to lots, notional and fee; the rest stays open', () => {
  const results = resultsOf(
    place,
    ['OrderAccepted', { orderId: 7, sizeLots: 10 }],
    ['OrderFilled', { orderId: 3, lots: 2, priceTicks: 600_000, isMaker: 1, fee: -2 }],
    ['OrderFilled', { orderId: 7, lots: 2, priceTicks: 600_000, remainingLots: 8, fee: 42 }],
    ['OrderFilled', { orderId: 7, lots: 3, priceTicks: 600_010, remainingLots: 5, fee: 63 }],
  );
  expect(results).toMatchObject([
    {
      status: 'partlyFilled',
      filledLots: 5,
      openLots: 5,
      feeUsd: 105,
      filledNotionalUsd: (1_200_000 + 1_800_030) * 10,
    },
  ]);
});

test('the unfilled rest of an immediate order is cancelled', () => {
  const results = resultsOf(
    place,
    ['OrderAccepted', { orderId: 7, sizeLots: 10 }],
    ['OrderFilled', { orderId: 7, lots: 4, priceTicks: 600_000, remainingLots: 6 }],
    ['OrderCancelled', { op: 0, orderId: 7, remainingLots: 6, reason: 1 }],
  );
  expect(results).toMatchObject([
    { status: 'partlyFilled', filledLots: 4, openLots: 0, endReason: 'iocRemainder' },
  ]);
});

test('a stop order is parked', () => {
  const results = resultsOf({ ...place, type: 3 }, ['OrderAccepted', { orderId: 7, type: 3, sizeLots: 10 }]);
  expect(results).toMatchObject([{ status: 'parked', openLots: 10 }]);
});

test('a refusal of the whole command stands in every result', () => {
  const lanes = lanesOf(['CommandApplied', { seq: 91, timeMs: 5, code: refusal['nonce.replayed'] }]);
  const batch: Command = {
    kind: 'Batch',
    operations: [place, { kind: 'CancelOrder', account: 3, orderId: 1 }],
  };
  expect(answerOf(batch, lanes, 0, lanes.length, sampleDirectory.markets)).toMatchObject({
    seq: 91,
    results: [
      { status: 'refused', error: { code: 'nonce.replayed' }, clientId },
      { status: 'refused', error: { code: 'nonce.replayed' }, clientId: '' },
    ],
  });
});

test('each operation of a batch has its own result', () => {
  const batch: Command = {
    kind: 'Batch',
    operations: [
      place,
      { kind: 'AmendOrder', account: 3, orderId: 5, priceTicks: 1, sizeLots: 0, triggerTicks: 0 },
      place,
    ],
  };
  const results = resultsOf(
    batch,
    ['OrderRejected', { op: 0, code: refusal['margin.initialInsufficient'] }],
    ['OrderAmended', { op: 1, orderId: 5, remainingLots: 4 }],
    ['OrderAccepted', { op: 2, orderId: 8, sizeLots: 10 }],
  );
  expect(results).toMatchObject([
    { status: 'refused', error: { code: 'margin.initialInsufficient' } },
    { status: 'amended', orderId: 5, openLots: 4 },
    { status: 'resting', orderId: 8 },
  ]);
});

test('a cancel of one order names it, a cancel of several names none', () => {
  const all: Command = { kind: 'CancelAll', account: 3, instrument: 65_535 };
  expect(resultsOf(all, ['OrderCancelled', { op: 0, orderId: 4 }])).toMatchObject([
    { status: 'cancelled', orderId: 4 },
  ]);
  expect(
    resultsOf(all, ['OrderCancelled', { op: 0, orderId: 4 }], ['OrderCancelled', { op: 0, orderId: 5 }]),
  ).toMatchObject([{ status: 'cancelled', orderId: 0 }]);
  expect(resultsOf(all)).toMatchObject([{ status: 'done', orderId: 0 }]);
});

test('a scale names all its orders and sums over them; what its bracket opens is not asked for', () => {
  const { type, timeInForce, priceTicks, sizeLots, triggerTicks, expiresAtMs, ...same } = place;
  expect([type, timeInForce, triggerTicks, expiresAtMs]).toEqual([0, 0, 0, 0]);
  const prices = { fromTicks: priceTicks, toTicks: priceTicks - 20, count: 3, sizeRatioMilli: 1_000 };
  const scale: Command = { ...same, ...prices, kind: 'PlaceScale', sizeLots };
  const results = resultsOf(
    scale,
    ['OrderAccepted', { orderId: 7, sizeLots: 3 }],
    ['OrderFilled', { orderId: 7, lots: 3, priceTicks: 600_000, remainingLots: 0, fee: 5 }],
    ['OrderAccepted', { op: -1, orderId: 99, type: 2, sizeLots: 3 }],
    ['OrderAccepted', { orderId: 8, sizeLots: 3 }],
    ['OrderFilled', { orderId: 8, lots: 1, priceTicks: 599_990, remainingLots: 2, fee: 2 }],
    ['OrderAccepted', { orderId: 9, sizeLots: 4 }],
  );
  expect(results).toMatchObject([
    {
      status: 'partlyFilled',
      orderId: 7,
      orderIds: [7, 8, 9],
      filledLots: 4,
      openLots: 6,
      feeUsd: 7,
      clientId,
    },
  ]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes, utf8Text } from '../bytes.ts';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';
import { type AmendOrder, type Command, LEG_REMOVED, type OrderCommand } from './types.ts';

const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const i32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const positive = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const clientId = { clientId0: i32, clientId1: i32, clientId2: i32, clientId3: i32 };
const bracketOf = (ticks: fc.Arbitrary<number>) =>
  fc.option(
    fc.record({
      takeProfitTicks: ticks,
      takeProfitLimitTicks: positive,
      stopLossTicks: ticks,
      stopLossLimitTicks: positive,
    }),
    { nil: undefined },
  );
const bracket = bracketOf(positive);

const orderCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('PlaceOrder' as const),
    account: u32,
    instrument: fc.integer({ min: 0, max: 65_535 }),
    side: fc.constantFrom(0 as const, 1 as const),
    type: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
    timeInForce: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    selfTrade: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    flags: fc.integer({ min: 0, max: 3 }),
    priceTicks: positive,
    sizeLots: positive,
    triggerTicks: positive,
    expiresAtMs: fc.integer({ min: 0, max: 1e14 }),
    bracket,
    ...clientId,
  }),
  fc.record({
    kind: fc.constant('PlaceScale' as const),
    account: u32,
    instrument: fc.integer({ min: 0, max: 65_535 }),
    side: fc.constantFrom(0 as const, 1 as const),
    selfTrade: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    flags: fc.integer({ min: 0, max: 3 }),
    fromTicks: positive,
    toTicks: positive,
    count: fc.integer({ min: 0, max: 255 }),
    sizeLots: positive,
    sizeRatioMilli: positive,
    ...clientId,
  }),
  fc.record({
    kind: fc.constant('AmendOrder' as const),
    account: u32,
    orderId: id,
    priceTicks: positive,
    sizeLots: positive,
    triggerTicks: positive,
    bracket: bracketOf(fc.oneof(positive, fc.constant(LEG_REMOVED))),
  }),
  fc.record({ kind: fc.constant('CancelOrder' as const), account: u32, orderId: id }),
  fc.record({ kind: fc.constant('CancelByClientId' as const), account: u32, ...clientId }),
  fc.record({
    kind: fc.constant('CancelAll' as const),
    account: u32,
    instrument: fc.integer({ min: 0, max: 65_535 }),
  }),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  orderCommand,
  fc.record({ kind: fc.constant('Batch' as const), operations: fc.array(orderCommand, { maxLength: 100 }) }),
  fc.record({
    kind: fc.constant('ReportPrices' as const),
    reports: fc.array(
      fc.record({
        underlying: fc.integer({ min: 0, max: 255 }),
        source: fc.integer({ min: 0, max: 255 }),
        priceE8: id,
        sourceTimeMs: id,
      }),
    ),
  }),
  fc.constant({ kind: 'Tick' as const }),
  fc.record({
    kind: fc.constant('OpenFirm' as const),
    label: fc.string({ unit: 'grapheme' }),
    owner: fc.string(),
  }),
);

const proof = fc.option(
  fc.record({
    scheme: fc.constantFrom('ed25519' as const, 'p256' as const, 'eip712' as const, 'eip1271' as const),
    key: fc.string(),
    signature: fc.string(),
    signedText: fc.string({ unit: 'grapheme' }),
  }),
  { nil: undefined },
);

test('an envelope is read back as it was written: command, actor, nonce and proof', () => {
  fc.assert(
    fc.property(command, u32, fc.integer({ min: 0, max: 1e14 }), proof, (asked, actor, nonce, shown) => {
      const envelope = { actor, nonce, command: asked, proof: shown };
      expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
    }),
  );
});

test('a cut envelope is a broken belief, never a command', () => {
  const bytes = encodeEnvelope({
    actor: 1,
    nonce: 2,
    command: { kind: 'CancelOrder', account: 9, orderId: 5 },
    proof: undefined,
  });
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeEnvelope(bytes.subarray(0, length))).toThrow();
  }
});

test('text is UTF-8, as every other program writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...utf8Bytes(text)]).toEqual([...new TextEncoder().encode(text)]);
      expect(utf8Text(utf8Bytes(text))).toBe(
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8Bytes(text)),
      );
    }),
  );
});

test('an amendment that names no bracket has the bytes it had before there were any to name', () => {
  const amend = { kind: 'AmendOrder', account: 7, orderId: 12, priceTicks: 3, sizeLots: 4, triggerTicks: 5 };
  const bytes = encodeEnvelope({ actor: 1, nonce: 2, command: amend as AmendOrder, proof: undefined });
  const head = '15' + '00' + '01000000' + '0000000000000040';
  expect(Buffer.from(bytes).toString('hex')).toBe(
    `${head}07000000000000000000284003000000` + '0400000005000000',
  );
});

test('an amendment with a bracket is read from the bytes it always had', () => {
  const bytes = Buffer.from(
    '1b00010000000000000000000040' +
      '07000000000000000000284003000000' +
      '0400000005000000' +
      '303f090000000000081c090001000000',
    'hex',
  );
  expect(decodeEnvelope(bytes).command).toEqual({
    kind: 'AmendOrder',
    account: 7,
    orderId: 12,
    priceTicks: 3,
    sizeLots: 4,
    triggerTicks: 5,
    bracket: {
      takeProfitTicks: 606_000,
      takeProfitLimitTicks: 0,
      stopLossTicks: 597_000,
      stopLossLimitTicks: 1,
    },
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationWire } from '../../engine/protocol/wire/commands.ts';
import { commandText } from '../signing.ts';
import { confirmationOf, decodedCommand } from './confirmation.ts';
import { operationOf } from './grammar.ts';
import { sentenceOf } from './sentence.ts';

/**
 * Goal: what a person confirms is what is signed. Every operation the wire knows is written as a sentence and read
 * back; were two operations to read alike, one of them would come back as the other and fail here.
 */
const desk = { chainId: 31_337, vault: `0x${'ab'.repeat(20)}` };
const wire = {
  account: fc.integer({ min: 0, max: 4_294_967_295 }),
  name: fc.stringMatching(/^[A-Z0-9:/_-]{1,24}$/),
  decimal: fc.stringMatching(/^[0-9]{1,16}(\.[0-9]{1,12})?$/),
  id: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  clientId: fc.stringMatching(/^[0-9a-f]{32}$/),
};
const { account, decimal, id, name, clientId } = wire;
const maybe = { requiredKeys: [] };
const side = fc.constantFrom('buy' as const, 'sell' as const);
const restrictions = {
  isPostOnly: fc.boolean(),
  isReduceOnly: fc.boolean(),
  selfTrade: fc.constantFrom(...(['expireTaker', 'expireMaker', 'expireBoth'] as const)),
  clientId,
};
const leg = fc.record({ triggerPrice: decimal, price: decimal }, { requiredKeys: ['triggerPrice'] });
const legChange = fc.oneof(leg, fc.constant('none' as const));
const order = fc
  .record({
    needed: fc.record({
      account,
      instrument: name,
      side,
      type: fc.constantFrom(
        ...(['limit', 'market', 'stopMarket', 'stopLimit', 'takeMarket', 'takeLimit'] as const),
      ),
      size: decimal,
    }),
    optional: fc.record(
      {
        price: decimal,
        triggerPrice: decimal,
        timeInForce: fc.constantFrom(...(['gtc', 'ioc', 'fok', 'gtt'] as const)),
        expiresAtMs: id,
        ...restrictions,
        takeProfit: leg,
        stopLoss: leg,
      },
      maybe,
    ),
  })
  .map(({ needed, optional }) => ({ ...needed, ...optional }));
const scale = fc
  .tuple(
    fc.record({
      account,
      instrument: name,
      side,
      size: decimal,
      fromPrice: decimal,
      toPrice: decimal,
      count: fc.integer({ min: 2, max: 40 }),
    }),
    fc.record({ ...restrictions, sizeRatio: decimal }, maybe),
  )
  .map(([needed, optional]) => ({ ...needed, ...optional }));
const label = fc
  .string({ minLength: 1, maxLength: 64, unit: 'grapheme' })
  .filter((text) => text.length <= 64);
const operation: fc.Arbitrary<OperationWire> = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('PlaceOrder' as const), order }), weight: 6 },
  { arbitrary: fc.record({ type: fc.constant('PlaceScale' as const), scale }), weight: 3 },
  fc
    .tuple(
      fc.record({ type: fc.constant('AmendOrder' as const), account, instrument: name, orderId: id }),
      fc.record(
        { price: decimal, size: decimal, triggerPrice: decimal, takeProfit: legChange, stopLoss: legChange },
        maybe,
      ),
    )
    .map(([needed, change]) => ({ ...needed, ...change })),
  fc.record({ type: fc.constant('CancelOrder' as const), account, orderId: id }),
  fc.record({ type: fc.constant('CancelByClientId' as const), account, clientId }),
  fc.record(
    { type: fc.constant('CancelAll' as const), account, instrument: name },
    { requiredKeys: ['type', 'account'] },
  ),
  fc.record({ type: fc.constant('OpenPot' as const), account, underlying: name, label }),
  fc.record({
    type: fc.constant('MoveCollateral' as const),
    from: account,
    to: account,
    asset: name,
    amount: decimal,
  }),
  fc.record(
    { type: fc.constant('SetLeverageCap' as const), account, underlying: name, leverage: decimal },
    { requiredKeys: ['type', 'account', 'leverage'] },
  ),
);
/** Names that try to be terms. */
const accountName = fc.oneof(
  fc.string(),
  fc.constantFrom('A) ; account 9 (B', '); account 9', 'x, post only', '), called "y" (', 'a\nb'),
);

test('every operation reads back as itself, whatever the account is called', () => {
  fc.assert(
    fc.property(operation, accountName, (asked, called) => {
      expect(operationOf(sentenceOf(asked, () => called))).toEqual(asked);
      expect(operationOf(sentenceOf(asked))).toEqual(asked);
    }),
    { numRuns: 1_000 },
  );
});

test('the confirmation is made from the signed text, one sentence an operation', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 5 }), (operations) => {
      const text = commandText(desk, 7, operations);
      const read = confirmationOf(text, () => 'Macro / Basis').map(operationOf);
      expect(read).toEqual(operations);
      expect(read).toEqual(decodedCommand(text).operations);
    }),
  );
});

test('sentences as a trader reads them', () => {
  const terms = { account: 4, instrument: 'BTC-PERP', side: 'buy', type: 'limit', size: '40' } as const;
  const read = (asked: OperationWire) => sentenceOf(asked, () => 'Macro / BTC-basis');
  expect(
    read({ type: 'PlaceOrder', order: { ...terms, price: '63104', timeInForce: 'gtc', isPostOnly: true } }),
  ).toBe('Buy 40 BTC-PERP, limit 63,104 USDC, good till cancelled, post only; account 4 (Macro / BTC-basis)');
  const bracket = {
    takeProfit: { triggerPrice: '64364' },
    stopLoss: { triggerPrice: '62471', price: '62300' },
  };
  expect(read({ type: 'PlaceOrder', order: { ...terms, type: 'market', ...bracket } })).toBe(
    'Buy 40 BTC-PERP, at market; take profit at 64,364 USDC, stop at 62,471 USDC limit 62,300 USDC; account 4 (Macro / BTC-basis)',
  );
  const { account, instrument, side, size } = terms;
  const spread = { fromPrice: '63000', toPrice: '62000', count: 5, sizeRatio: '2', isPostOnly: true };
  expect(read({ type: 'PlaceScale', scale: { account, instrument, side, size, ...spread } })).toBe(
    'Buy 40 BTC-PERP in 5 limit orders from 63,000 USDC to 62,000 USDC, the last 2 times the first, post only; account 4 (Macro / BTC-basis)',
  );
  expect(
    read({
      type: 'PlaceOrder',
      order: {
        ...terms,
        side: 'sell',
        type: 'stopLimit',
        price: '61900.5',
        triggerPrice: '62000',
        timeInForce: 'gtt',
        expiresAtMs: 1_795_275_000_000,
        isReduceOnly: true,
        selfTrade: 'expireBoth',
      },
    }),
  ).toBe(
    'Sell 40 BTC-PERP, stop limit 61,900.5 USDC, triggered at mark 62,000 USDC, good till its time, ends 2026-11-21 15:30:00.000 UTC, reduce only, meeting an own order cancels both; account 4 (Macro / BTC-basis)',
  );
  expect(read({ type: 'AmendOrder', account: 4, instrument: 'BTC-PERP', orderId: 12, price: '61000' })).toBe(
    'Change order 12 on BTC-PERP to price 61,000 USDC; account 4 (Macro / BTC-basis)',
  );
  expect(read({ type: 'AmendOrder', account: 4, instrument: 'BTC-PERP', orderId: 12, ...bracket })).toBe(
    'Change order 12 on BTC-PERP to take profit at 64,364 USDC, stop at 62,471 USDC limit 62,300 USDC; account 4 (Macro / BTC-basis)',
  );
  const bare = { takeProfit: bracket.takeProfit, stopLoss: 'none' } as const;
  expect(read({ type: 'AmendOrder', account: 4, instrument: 'BTC-PERP', orderId: 12, ...bare })).toBe(
    'Change order 12 on BTC-PERP to take profit at 64,364 USDC, no stop; account 4 (Macro / BTC-basis)',
  );
});

test('what nobody would have written is not read', () => {
  for (const text of [
    '',
    'Buy 40 BTC-PERP',
    'Buy 40 BTC-PERP, limit 63104 USDC; account 4',
    'Buy 40 BTC-PERP, limit 63,104 USDC, post only, post only; account 4',
    'Buy 40 BTC-PERP, limit 63,104 USDC, post only, good till cancelled; account 4',
    'Buy 40 BTC-PERP, limit 63,104 USDC; account 04',
  ]) {
    expect(operationOf(text), text).toBeUndefined();
  }
});

import { expect, test } from 'vitest';
import { LEG_REMOVED } from '../../protocol/commands/types.ts';
import type { CommandWire, OperationWire } from '../../protocol/wire/commands.ts';
import { readCommand, readSignedText } from './commands.ts';
import { namesOf } from './names.ts';
import { sampleDirectory } from './sampleDirectory.ts';

const names = namesOf(sampleDirectory);
const agent = 'ed'.repeat(32);
const signature = '00'.repeat(64);
const { chainId, vault } = sampleDirectory;

const buy: OperationWire = {
  type: 'PlaceOrder',
  order: { account: 3, instrument: 'BTC-PERP', side: 'buy', type: 'limit', size: '0.0012', price: '63101.5' },
};

function wireOf(...operations: OperationWire[]): CommandWire {
  return { domain: 'Ballast', chainId, vault, nonce: 1_800_000_000_000, operations };
}

function codeOf(reading: object): string {
  return 'error' in reading ? (reading.error as { code: string }).code : 'accepted';
}

const readText = (text: string, key = agent) => readSignedText(names, { text, agent: key, signature });

test('decimal strings become ticks and lots exactly', () => {
  expect(readCommand(names, wireOf(buy))).toMatchObject({
    value: { kind: 'PlaceOrder', account: 3, instrument: 0, side: 0, priceTicks: 631_015, sizeLots: 12 },
  });
});

test('a market order is immediate-or-cancel unless it says otherwise', () => {
  const order = { account: 3, instrument: 'ETH-PERP', side: 'sell', type: 'market', size: '1' } as const;
  const reading = readCommand(names, wireOf({ type: 'PlaceOrder', order }));
  expect(reading).toMatchObject({ value: { timeInForce: 1, priceTicks: 0, sizeLots: 1_000, selfTrade: 1 } });
});

test('several operations are one batch', () => {
  const cancel: OperationWire = {
    type: 'CancelByClientId',
    account: 3,
    clientId: `${'0'.repeat(24)}ffffffff`,
  };
  expect(readCommand(names, wireOf(buy, cancel))).toMatchObject({
    value: {
      kind: 'Batch',
      operations: [{ kind: 'PlaceOrder' }, { kind: 'CancelByClientId', clientId3: -1 }],
    },
  });
});

test.each([
  ['instrument.unknown', { instrument: 'DOGE-PERP' }],
  ['order.sizeOffLot', { size: '0.00125', price: '63101.55' }],
  ['order.sizeTooLarge', { size: '999999999' }],
  ['order.sizeZero', { size: '0.0' }],
  ['order.priceOffTick', { price: '63101.55' }],
  ['order.priceInvalid', { price: '0' }],
  ['order.priceInvalid', { price: '999999999999' }],
] as const)('%s is refused at the door', (code, change) => {
  const operation: OperationWire = { type: 'PlaceOrder', order: { ...buy.order, ...change } };
  expect(codeOf(readCommand(names, wireOf(operation)))).toBe(code);
});

test('an amendment in a market that is not listed is refused', () => {
  const operation: OperationWire = {
    type: 'AmendOrder',
    account: 3,
    instrument: 'X',
    orderId: 1,
    price: '1',
  };
  expect(codeOf(readCommand(names, wireOf(operation)))).toBe('instrument.unknown');
});

test('an amendment names what closes its fills, each whole', () => {
  const amend = { type: 'AmendOrder', account: 3, instrument: 'BTC-PERP', orderId: 1 } as const;
  const legs = { takeProfit: { triggerPrice: '64000' }, stopLoss: { triggerPrice: '60000', price: '59000' } };
  expect(readCommand(names, wireOf({ ...amend, ...legs }))).toMatchObject({
    value: {
      kind: 'AmendOrder',
      priceTicks: 0,
      bracket: {
        takeProfitTicks: 640_000,
        takeProfitLimitTicks: 0,
        stopLossTicks: 600_000,
        stopLossLimitTicks: 590_000,
      },
    },
  });
  expect(readCommand(names, wireOf({ ...amend, takeProfit: 'none' }))).toMatchObject({
    value: { bracket: { takeProfitTicks: LEG_REMOVED, takeProfitLimitTicks: 0, stopLossTicks: 0 } },
  });
  expect(codeOf(readCommand(names, wireOf({ ...amend, stopLoss: { triggerPrice: '0.01' } })))).toBe(
    'order.priceOffTick',
  );
  expect(readCommand(names, wireOf({ ...amend, price: '64000' }))).not.toHaveProperty('value.bracket');
});

test('a batch with one unreadable operation is refused whole and names it', () => {
  const bad: OperationWire = { type: 'CancelAll', account: 3, instrument: 'DOGE-PERP' };
  expect(readCommand(names, wireOf(buy, bad))).toMatchObject({
    error: { code: 'instrument.unknown', message: expect.stringContaining('Operation 1') },
  });
});

test('a text for another chain or vault is not for this desk', () => {
  for (const change of [{ chainId: 1 }, { vault: `0x${'cd'.repeat(20)}` }]) {
    expect(codeOf(readText(JSON.stringify({ ...wireOf(buy), ...change })))).toBe('signature.payloadMismatch');
  }
});

test('a key that nobody approved, or that lives inside the desk, is unknown', () => {
  const text = JSON.stringify(wireOf(buy));
  expect(codeOf(readText(text, 'cc'.repeat(32)))).toBe('actor.unknown');
  expect(codeOf(readText(text, 'aa'.repeat(32)))).toBe('actor.unknown');
});

test('the exact text is kept as proof', () => {
  const text = ` ${JSON.stringify(wireOf(buy))}\n`;
  expect(readText(text)).toMatchObject({
    value: { proof: { scheme: 'ed25519', key: agent, signature, signedText: text }, agent: { agent: 1 } },
  });
});

test.each([
  ['an unknown key', JSON.stringify({ ...wireOf(buy), isAdmin: true })],
  ['a duplicate key', JSON.stringify(wireOf(buy)).replace('"nonce"', '"nonce":1,"nonce"')],
  ['a number where a decimal string belongs', JSON.stringify(wireOf(buy)).replace('"0.0012"', '0.0012')],
  ['an exponent', JSON.stringify(wireOf(buy)).replace('"0.0012"', '"1e-3"')],
  ['an unsafe nonce', JSON.stringify(wireOf(buy)).replace('1800000000000', '1e400')],
  ['no operations', JSON.stringify(wireOf())],
  ['101 operations', JSON.stringify(wireOf(...Array.from({ length: 101 }, () => buy)))],
  ['a lone surrogate', `${JSON.stringify(wireOf(buy))} \ud800`],
])('%s is malformed', (_, text) => {
  expect(codeOf(readText(text))).toBe('request.malformed');
});

test('what a member asks for an account is read alone, amounts in whole units of the asset', () => {
  const open: OperationWire = { type: 'OpenPot', account: 3, underlying: 'ETH', label: 'Ether' };
  expect(readCommand(names, wireOf(open))).toEqual({
    value: { kind: 'OpenPot', account: 3, underlying: 'ETH', label: 'Ether' },
  });
  const move: OperationWire = { type: 'MoveCollateral', from: 3, to: 9, asset: 'USDC', amount: '1500.25' };
  expect(readCommand(names, wireOf(move))).toEqual({
    value: { kind: 'MoveCollateral', from: 3, to: 9, asset: 'USDC', amount: 1_500_250_000 },
  });
  expect(codeOf(readCommand(names, wireOf({ ...move, asset: 'XAU' })))).toBe('asset.unknown');
  expect(codeOf(readCommand(names, wireOf({ ...move, amount: '0.0000001' })))).toBe('amount.invalid');
  const cap: OperationWire = { type: 'SetLeverageCap', account: 3, underlying: 'BTC', leverage: '2.5' };
  expect(readCommand(names, wireOf(cap))).toEqual({
    value: { kind: 'SetLeverageCap', account: 3, underlying: 'BTC', leverageMilli: 2_500 },
  });
  expect(readCommand(names, wireOf({ type: 'SetLeverageCap', account: 3, leverage: '0' }))).toEqual({
    value: { kind: 'SetLeverageCap', account: 3, underlying: '', leverageMilli: 0 },
  });
  expect(codeOf(readCommand(names, wireOf({ ...cap, leverage: '2.0005' })))).toBe('parameters.invalid');
  expect(codeOf(readCommand(names, wireOf(buy, move)))).toBe('request.malformed');
  expect(codeOf(readCommand(names, wireOf(open, move)))).toBe('request.malformed');
});

test('a take-profit and a stop become ticks; without a price they trade at market', () => {
  const order = {
    ...(buy.type === 'PlaceOrder' ? buy.order : expect.fail()),
    takeProfit: { triggerPrice: '64000', price: '63990.5' },
    stopLoss: { triggerPrice: '62000' },
  };
  const bracket = {
    takeProfitTicks: 640_000,
    takeProfitLimitTicks: 639_905,
    stopLossTicks: 620_000,
    stopLossLimitTicks: 0,
  };
  expect(readCommand(names, wireOf({ type: 'PlaceOrder', order }))).toMatchObject({ value: { bracket } });
  for (const leg of [{ triggerPrice: '62000.05' }, { triggerPrice: '62000', price: '61999.99' }]) {
    const offTick: OperationWire = { type: 'PlaceOrder', order: { ...order, stopLoss: leg } };
    expect(codeOf(readCommand(names, wireOf(offTick)))).toBe('order.priceOffTick');
  }
});

test('a scale is read with its two prices and its ratio', () => {
  const scale = {
    account: 3,
    instrument: 'BTC-PERP',
    side: 'sell',
    size: '0.4',
    fromPrice: '64000',
    toPrice: '65000',
    count: 5,
    sizeRatio: '2.5',
    isPostOnly: true,
  } as const;
  expect(readCommand(names, wireOf({ type: 'PlaceScale', scale }))).toMatchObject({
    value: { kind: 'PlaceScale', side: 1, sizeLots: 4_000, fromTicks: 640_000, toTicks: 650_000 },
  });
  const { sizeRatio, ...even } = scale;
  expect(sizeRatio).toBe('2.5');
  expect(readCommand(names, wireOf({ type: 'PlaceScale', scale: even }))).toMatchObject({
    value: { count: 5, sizeRatioMilli: 1_000, flags: 1 },
  });
  const offTick = { ...scale, toPrice: '65000.01' };
  expect(codeOf(readCommand(names, wireOf({ type: 'PlaceScale', scale: offTick })))).toBe(
    'order.priceOffTick',
  );
});

import { describe, expect, test } from 'vitest';
import type { OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { chartLines, type LineInput } from './chartLines.ts';

const order = {
  orderId: 12,
  instrument: 0,
  side: 'buy',
  type: 'limit',
  priceTicks: 624_000,
  triggerTicks: 0,
  openLots: 250_000,
  state: 'open',
} as OrderView;
const position = {
  instrument: 0,
  lots: 16_120_000,
  entryValueUsd: 16_120_000 * 618_424 * 10,
  unrealizedPnlUsd: 2_028_218_000_000,
} as PositionView;
const nothing: LineInput = {
  market: btcPerp,
  orders: [],
  positions: [],
  levels: [],
  draftPrices: [],
  mayTrade: true,
};
const shown = { orders: true, entry: true };
const told = (input: Partial<LineInput>) =>
  chartLines({ ...nothing, ...input }, shown).map(({ key, name, axisText, canMove }) => [
    key,
    name,
    axisText,
    canMove,
  ]);

describe('lines', () => {
  test('an order stands at its price, a waiting one at its trigger, and says what it is', () => {
    const stop = { ...order, orderId: 13, side: 'sell', type: 'stopMarket', state: 'parked', priceTicks: 0 };
    const waiting = { ...stop, triggerTicks: 600_000, isReduceOnly: true } as OrderView;
    const take = { ...waiting, orderId: 14, role: 'takeProfit', triggerTicks: 650_000 } as OrderView;
    expect(told({ orders: [order, waiting, take] })).toEqual([
      ['order 12', 'Buy 25 limit', '62,400.0', true],
      ['order 13', 'Sell 25 stop, reduce only', '60,000.0', true],
      ['order 14', 'Sell 25 take profit, reduce only', '65,000.0', true],
    ]);
  });

  test('nothing of an order moves for somebody who may not trade', () => {
    expect(told({ orders: [order], mayTrade: false })[0]?.[3]).toBe(false);
  });

  test('an entry shows where its bracket will stand, to be moved until a fill has opened it', () => {
    const entry = {
      ...order,
      takeProfit: { triggerTicks: 650_000, priceTicks: 0 },
      stopLoss: { triggerTicks: 600_000, priceTicks: 0 },
    };
    const take = ['take profit of 12', 'Take profit of buy 25 when it fills', '65,000.0'];
    const stop = ['stop of 12', 'Stop of buy 25 when it fills', '60,000.0'];
    expect(told({ orders: [entry] }).slice(1)).toEqual([
      [...take, true],
      [...stop, true],
    ]);
    const open = { ...order, orderId: 14, entryOrderId: 12, role: 'stopLoss' } as OrderView;
    expect(told({ orders: [entry, open] }).slice(1, 3)).toEqual([
      [...take, true],
      [...stop, false],
    ]);
    expect(told({ orders: [entry], mayTrade: false })[2]?.[3]).toBe(false);
  });

  test('the entry has its size and what it has earned', () => {
    expect(told({ positions: [position] })).toEqual([
      ['entry', 'Entry long 1,612, unrealised +2,028,218', '61,842.40', false],
    ]);
  });

  test('the ticket has a line for each of its prices, to be moved in the ticket', () => {
    const draftPrices = [{ field: 'priceText' as const, ticks: 624_005, words: 'buy 40' }];
    expect(told({ draftPrices })).toEqual([['draft priceText', 'In the ticket: buy 40', '62,400.5', true]]);
  });

  test('a level that was crossed says so', () => {
    const levels = [
      { id: 1, price: '62400' },
      { id: 2, price: '62500', crossedMs: 7 },
    ];
    expect(told({ levels }).map(([, name]) => name)).toEqual(['Level', 'Level, crossed']);
  });
});

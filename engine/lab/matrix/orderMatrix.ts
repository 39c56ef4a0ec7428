import type { Command } from '../../protocol/commands/types.ts';
import type { OperationWire } from '../../protocol/wire/commands.ts';
import { ALTS, BASIS, VOL } from '../fixtures/desk.ts';
import { type Column, columns } from './actionMatrix.ts';
import type { Stage } from './stage.ts';

/**
 * What comes of an operation that somebody's key signs: `now`, `—` refused (actor.notPermitted, where a column has no
 * keys already when one is approved), `scope` refused because the account is not theirs (actor.outOfScope).
 */
const orderTable = {
  //            trader PM   risk OM  OA  TS  aud adm owner
  place: '      now    now  —    —   —   —   —   —   —',
  placeScale: ' now    now  —    —   —   —   —   —   —',
  placeElsewhere: 'scope now — — — — — — —',
  placeReducing: ' now now  now  —   —   —   —   —   —',
  amend: '      now    now  —    —   —   —   —   —   —',
  amendReducing: ' now now  now  —   —   —   —   —   —',
  cancel: '     now    now  now  —   —   —   —   —   —',
  cancelByClientId: 'now now now —   —   —   —   —   —',
  cancelAll: '  now    now  now  —   —   —   —   —   —',
  openPot: '    now    now  —    —   —   —   —   —   —',
  moveCollateral: 'now now  —    —   —   —   —   —   —',
  setLeverageCap: '—   now  —    —   —   —   —   —   —',
} as const;

/**
 * What comes of it when the key is a trader's and held to less: to another market, to a notional that is next to
 * nothing, to another network address (which the door asks, not the engine).
 */
const scopeTable: Record<OrderCaseName, string> = {
  //                market notional address
  place: '          market hour     door',
  placeScale: '     market hour     door',
  placeElsewhere: ' scope  scope    door',
  placeReducing: '  market now      door',
  amend: '          market now      door',
  amendReducing: '  market now      door',
  cancel: '         now    now      door',
  cancelByClientId: 'now   now      door',
  cancelAll: '      now    now      door',
  openPot: '        now    now      door',
  moveCollateral: ' now    now      door',
  setLeverageCap: ' —      —        door',
};
const UNSCOPED = { markets: [], notionalPerHourUsd: 0, addresses: [] };

/** What such a key is held to. The address is set aside for documents: nobody comes from there. */
export const scopes = {
  market: { ...UNSCOPED, markets: ['ETH-PERP'] },
  notional: { ...UNSCOPED, notionalPerHourUsd: 1 },
  address: { ...UNSCOPED, addresses: ['203.0.113.7'] },
};
export type ScopeName = keyof typeof scopes;
export const scopeNames = Object.keys(scopes) as ScopeName[];

const codes: Record<string, string> = {
  '—': 'actor.notPermitted',
  scope: 'actor.outOfScope',
  market: 'agent.outOfMarkets',
  hour: 'agent.notionalPerHour',
  door: 'agent.otherAddress',
};

/** `now` or the code. */
export function scopedOutcomeOf(name: OrderCaseName, scope: ScopeName): string {
  const cell = scopeTable[name].trim().split(/\s+/)[scopeNames.indexOf(scope)]!;
  return codes[cell] ?? cell;
}

export type OrderCaseName = keyof typeof orderTable;
export const orderCaseNames = Object.keys(orderTable) as OrderCaseName[];

export function expectedOrderOf(name: OrderCaseName, column: Column): string {
  return orderTable[name].trim().split(/\s+/)[columns.indexOf(column)]!;
}

export interface OrderCase {
  operation(stage: Stage): OperationWire;
  /** An order of the desk's that the operation is about. */
  order?(stage: Stage): Command;
}

const instrument = 'BTC-PERP';
const TICKS_PER_USD = 10;
const usd = (ticks: number) => String(ticks / TICKS_PER_USD);

const buy = ({ prices }: Stage, account: number) =>
  ({
    account,
    instrument,
    side: 'buy',
    type: 'limit',
    size: '0.01',
    price: usd(prices.buyTicks),
  }) as const;
const resting = (stage: Stage) => stage.restingOrder();
const reducing = (stage: Stage): Command => ({
  ...stage.restingOrder(),
  side: 1,
  flags: 2,
  sizeLots: 20,
  priceTicks: stage.prices.sellTicks,
});
const halved = ({ orderId }: Stage, size: string): OperationWire => ({
  type: 'AmendOrder',
  account: BASIS,
  instrument,
  orderId,
  size,
});

export const orderCases: Record<OrderCaseName, OrderCase> = {
  place: { operation: (stage) => ({ type: 'PlaceOrder', order: buy(stage, BASIS) }) },
  placeScale: {
    operation: ({ prices }) => ({
      type: 'PlaceScale',
      scale: {
        account: BASIS,
        instrument,
        side: 'buy',
        size: '0.02',
        fromPrice: usd(prices.buyTicks - 100),
        toPrice: usd(prices.buyTicks),
        count: 2,
      },
    }),
  },
  placeElsewhere: { operation: (stage) => ({ type: 'PlaceOrder', order: buy(stage, VOL) }) },
  placeReducing: {
    operation: (stage) => ({
      type: 'PlaceOrder',
      order: {
        ...buy(stage, BASIS),
        side: 'sell',
        size: '0.002',
        price: usd(stage.prices.sellTicks),
        isReduceOnly: true,
      },
    }),
  },
  amend: { order: resting, operation: (stage) => halved(stage, '0.5') },
  amendReducing: { order: reducing, operation: (stage) => halved(stage, '0.001') },
  cancel: {
    order: resting,
    operation: ({ orderId }) => ({ type: 'CancelOrder', account: BASIS, orderId }),
  },
  cancelByClientId: {
    order: (stage) => ({ ...stage.restingOrder(), clientId3: 7 }),
    operation: () => ({ type: 'CancelByClientId', account: BASIS, clientId: '7'.padStart(32, '0') }),
  },
  cancelAll: { operation: () => ({ type: 'CancelAll', account: BASIS, instrument }) },
  openPot: {
    operation: (stage) => ({ type: 'OpenPot', account: ALTS, underlying: stage.newCoin(), label: 'Pot 2' }),
  },
  moveCollateral: {
    operation: ({ pot }) => ({ type: 'MoveCollateral', from: BASIS, to: pot, asset: 'USDC', amount: '1' }),
  },
  setLeverageCap: { operation: () => ({ type: 'SetLeverageCap', account: ALTS, leverage: '50' }) },
};

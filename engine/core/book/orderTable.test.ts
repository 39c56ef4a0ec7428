import { expect, test } from 'vitest';
import { OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';
import { flagsOf, packOrder, selfTradeOf, sideOf, timeInForceOf, typeOf } from './orderTable.ts';

test('the terms of an order come out of their word as they went in', () => {
  for (const side of Object.values(Side)) {
    for (const type of Object.values(OrderType)) {
      for (const timeInForce of Object.values(TimeInForce)) {
        for (const selfTrade of Object.values(SelfTrade)) {
          for (const flags of [0, 1, 2, 3]) {
            const packed = packOrder({ side, type, timeInForce, flags, selfTrade });
            expect([
              sideOf(packed),
              typeOf(packed),
              timeInForceOf(packed),
              flagsOf(packed),
              selfTradeOf(packed),
            ]).toEqual([side, type, timeInForce, flags, selfTrade]);
          }
        }
      }
    }
  }
});

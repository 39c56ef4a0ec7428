import { expect, test } from 'vitest';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { bindsNoMargin } from './waitingMargin.ts';

const place = (more: object): OperationWire => ({
  type: 'PlaceOrder',
  order: { account: 4, instrument: 'BTC-PERP', side: 'buy', type: 'stopMarket', size: '1', ...more },
});

test('an entry that waits for its trigger binds no margin, and what else is written is counted or only reduces', () => {
  expect(bindsNoMargin(place({ triggerPrice: '64000' }))).toBe(true);
  expect(bindsNoMargin(place({ triggerPrice: '64000', isReduceOnly: true }))).toBe(false);
  expect(bindsNoMargin(place({ type: 'limit', price: '63000' }))).toBe(false);
  expect(bindsNoMargin({ type: 'CancelAll', account: 4 })).toBe(false);
  expect(bindsNoMargin(undefined)).toBe(false);
});

import { expect, test } from 'vitest';
import type { OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { GaugeReading } from '../../../../lib/preview.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag } from './drag.ts';
import { effectWords, fillInHand } from './dragEffect.ts';

const reading = (state: string, sigmas: number, ratioPpm: number) =>
  ({ ratioPpm, distance: { state, sigmas } }) as GaugeReading;
const before = reading('measured', 2.68, 412_000);
const words = (after: GaugeReading) => effectWords({ now: before, after }, undefined)!;

test('a fill tells the distance that is left and what it does to the margin, at the levels of the gauge', () => {
  expect(words(reading('measured', 1.55, 418_200))).toEqual({
    distance: '1.55σ left if it fills there',
    level: 'warn',
    margin: 'MM +0.62pp',
    refusal: undefined,
  });
  expect(words(reading('measured', 1.49, 412_000)).level).toBe('danger');
  expect(words(reading('beyond', 100, 412_000)).distance).toBe('> 99σ left if it fills there');
  expect(words(reading('liquidatable', 0, -1))).toEqual({
    distance: 'liquidation if it fills there',
    level: 'danger',
    margin: undefined,
    refusal: undefined,
  });
  expect(words(reading('noRisk', 0, 0)).level).toBe('safe');
});

test('a refusal of the engine is said, also where no distance can be', () => {
  const refusal = { code: 'order.priceOutOfBand', message: 'Too far.' } as const;
  expect(effectWords(undefined, { refusal })).toMatchObject({ distance: undefined, refusal: 'Too far.' });
  expect(effectWords(undefined, { refusal: undefined })).toBeUndefined();
  expect(effectWords(undefined, undefined)).toBeUndefined();
});

test('what fills is all that is open, of a reduce-only order no more than it can close', () => {
  const order = { account: 3, side: 'sell', openLots: 50, isReduceOnly: false } as OrderView;
  const drag: Drag = { tag: 'carried', key: 'order 1', by: 'keys', fromTicks: 9, toTicks: 7 };
  const lotsOf = (change: Partial<OrderView>, heldLots: number) => {
    const subject = { is: 'order', order: { ...order, ...change } };
    const lines = [{ key: 'order 1', subject } as ChartLine];
    return fillInHand(drag, lines, btcPerp, { lots: heldLots } as PositionView)?.lots;
  };
  expect(lotsOf({}, 0)).toBe(-50);
  expect(lotsOf({ side: 'buy' }, 0)).toBe(50);
  expect(lotsOf({ isReduceOnly: true }, 30)).toBe(-30);
  expect(lotsOf({ isReduceOnly: true }, -30)).toBeUndefined();
  expect(fillInHand({ tag: 'none' }, [], btcPerp, undefined)).toBeUndefined();
});

// Goal: the guard of the worst fill is told what would fill, or that nobody knows; never nothing.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { expectedFills, unseenFills } from './expectedFills.ts';
import { RequestError } from './http.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const order = (instrument: string, type: 'market' | 'limit' | 'stopMarket'): OperationWire => ({
  type: 'PlaceOrder',
  order: { account: 4, instrument, side: 'buy', type, size: '1' },
});
const preview = { filledLots: 3, worstPriceTicks: 7 } as PreviewView;

test('orders at market are asked about market by market, the others not at all', async () => {
  const [first, second, other] = [order('A', 'market'), order('A', 'market'), order('B', 'market')];
  const operations = [first!, order('A', 'limit'), second!, other!, order('B', 'stopMarket')];
  const asked: OperationWire[][] = [];
  const fills = await expectedFills(operations, async (group) => {
    asked.push(group);
    return preview;
  });
  expect(asked).toEqual([[first, second], [other]]);
  expect([...fills.keys()]).toEqual([first, second, other]);
  expect(fills.get(second!)).toBe(preview);
});

test('what is refused an answer, and what has none in time, is unknown', async () => {
  const [refused, silent] = [order('A', 'market'), order('B', 'market')];
  const fills = expectedFills([refused!, silent!], (group) =>
    group[0] === refused
      ? Promise.reject(new RequestError(errorView('engine.notReady')))
      : new Promise(() => {}),
  );
  await vi.advanceTimersByTimeAsync(400);
  expect([...(await fills).values()]).toEqual(['unknown', 'unknown']);
});

test('an error that is no answer is not swallowed', async () => {
  const broken = expectedFills([order('A', 'market')], () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
});

test('a fill that nobody could tell holds up what may open, and no exit', () => {
  const exit: OperationWire = {
    type: 'PlaceOrder',
    order: { account: 4, instrument: 'A', side: 'sell', type: 'market', size: '1', isReduceOnly: true },
  };
  expect(unseenFills(new Map([[exit, 'unknown']]))).toEqual({ isAny: true, mayOpen: false });
  const both = new Map([[exit, 'unknown'] as const, [order('A', 'market'), 'unknown'] as const]);
  expect(unseenFills(both)).toEqual({ isAny: true, mayOpen: true });
  expect(unseenFills(new Map([[exit, preview]]))).toEqual({ isAny: false, mayOpen: false });
});

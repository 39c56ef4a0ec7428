import { expect, test } from 'vitest';
import type { LevelView, MarkView } from '../../../../engine/protocol/views/market.ts';
import type { DraftContext } from '../../../../lib/draftOrder.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { steppedWorst, worstFault, worstHint } from './Ticket.worst.ts';

const draft = { side: 'buy', type: 'market', triggerText: '', isReduceOnly: false } as Draft;
const context: DraftContext = {
  account: 4,
  market: btcPerp,
  book: { bids: [[631_000, 1, 1]] as LevelView[], asks: [[631_010, 1, 1]] as LevelView[] },
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  positionLots: 0,
  mostLots: undefined,
  tolerancePercent: '1',
  nowMs: 0,
};

test('a distance says its price, and a price its distance', () => {
  expect(worstHint(draft, context)).toBe('= 63,731.0');
  expect(worstHint({ ...draft, worstText: '63415.5' }, context)).toBe('= 0.50%');
  const stop = { ...draft, type: 'stopMarket', side: 'sell', triggerText: '60000' } as const;
  expect(worstHint(stop, context)).toBe('= 59,400.0');
});

test('what has none, or cannot be read yet, says nothing', () => {
  expect(worstHint({ ...draft, worstText: '' }, context)).toBeUndefined();
  expect(worstHint({ ...draft, isReduceOnly: true }, context)).toBeUndefined();
  expect(worstHint(draft, { ...context, mark: undefined })).toBeUndefined();
});

test('what is no price and what is off tick is told', () => {
  expect(worstFault({ ...draft, worstText: 'low' }, context)).toMatch(/^No price\./);
  expect(worstFault({ ...draft, worstText: '63100.05' }, context)).toContain('tick');
  expect(worstFault(draft, context)).toBeUndefined();
});

test('arrows move a distance by a tenth of a percent and a price by a tick', () => {
  expect(steppedWorst('1%', 1, context)).toBe('1.1%');
  expect(steppedWorst('1%', -10, context)).toBe('0.1%');
  expect(steppedWorst('63100', -3, context)).toBe('63099.7');
  expect(steppedWorst('', 1, context)).toBeUndefined();
});

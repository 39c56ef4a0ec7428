import { expect, test } from 'vitest';
import { limitDraft, readLimits } from './limitDraft.ts';

const kept = { assets: [{ underlying: 'BTC', netUsd: 5_000_000 }], underlyings: ['BTC'] };
const limits = {
  soft: { grossUsd: 1_500_000_500_000 },
  hard: { grossUsd: 2_000_000_000_000, ordersPerMinute: 600, ...kept },
};

test('a draft that nobody has touched asks for what is there', () => {
  const draft = limitDraft({ node: 3, limits });
  const none = { netUsd: '', orderUsd: '', ordersPerMinute: '', dayLossUsd: '' };
  expect(draft.typed.soft).toEqual({ ...none, grossUsd: '1500000.5' });
  expect(readLimits(draft)).toEqual({ action: { kind: 'SetLimits', node: 3, limits } });
});

test('what is typed takes the place of what was, what is emptied limits nothing, lists stay', () => {
  const draft = limitDraft({ node: 3, limits });
  draft.typed.hard = {
    ...draft.typed.hard,
    grossUsd: '3m',
    orderUsd: '250k',
    ordersPerMinute: '',
    dayLossUsd: '50k',
  };
  expect(readLimits(draft)).toEqual({
    action: {
      kind: 'SetLimits',
      node: 3,
      limits: {
        soft: limits.soft,
        hard: { grossUsd: 3_000_000_000_000, orderUsd: 250_000_000_000, dayLossUsd: 50_000_000_000, ...kept },
      },
    },
  });
  expect(limits.hard.grossUsd).toBe(2_000_000_000_000);
});

test('a place without limits starts with none', () => {
  expect(readLimits(limitDraft({ node: 1, limits: null }))).toEqual({
    action: { kind: 'SetLimits', node: 1, limits: { soft: {}, hard: {} } },
  });
});

test.each([
  ['soft', 'grossUsd', 'much', 'Not a soft limit: Gross.'],
  ['hard', 'netUsd', '-1', 'Not a hard limit: Net.'],
  ['hard', 'ordersPerMinute', '1.5', 'Not a hard limit: Orders a minute.'],
  ['hard', 'orderUsd', '0.0000001', 'Not a hard limit: One order.'],
] as const)('a %s limit %s of %s cannot be read', (severity, name, text, missing) => {
  const draft = limitDraft({ node: 3, limits });
  draft.typed[severity][name] = text;
  expect(readLimits(draft)).toEqual({ missing });
});

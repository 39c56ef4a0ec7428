import { expect, test } from 'vitest';
import { limitReason } from './limitReason.ts';

test('a limit says its rule, what is used now and after, and what is hard', () => {
  const reading = { name: 'leverage BTC', share: 0.75, before: 0.5, text: '15.0x of 20.0x' };
  const { formula, inputs } = limitReason({ ...reading, state: 'pass' });
  expect(formula).toMatch(/÷ equity ÷ the cap$/);
  expect(inputs).toEqual([
    ['used after the order', '15.0x of 20.0x'],
    ['share used now', '50.0%'],
    ['share used after', '75.0%'],
    ['hard', 'refused above 100 %'],
  ]);
  expect(limitReason({ ...reading, state: 'fail' }).inputs.at(-1)).toEqual(['hard', 'over: refused']);
});

test.each([
  'initial margin',
  'position + bids',
  'open interest',
  'order size',
  'price band',
  'least worth',
  'own value limit',
  'day volume',
])('%s has a rule of its own', (name) => {
  const reading = {
    name,
    share: Number.POSITIVE_INFINITY,
    before: undefined,
    text: '',
    state: 'fail' as const,
  };
  expect(limitReason(reading).formula).toMatch(/\w/);
  expect(limitReason(reading).inputs).toContainEqual(['share used after', 'no equity']);
});

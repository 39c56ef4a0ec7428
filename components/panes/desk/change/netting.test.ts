import { expect, test } from 'vitest';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { crossable } from './netting.ts';

const account = (potOf: number | null, ...held: [string, number][]) =>
  ({
    potOf,
    positions: held.map(([name, lots]) => ({ name, instrument: name.length, lots })),
  }) as AccountRiskView;

test('what some hold long and others short could be crossed, as far as the smaller side goes', () => {
  const accounts = [
    account(null, ['BTC', 5], ['ETHER', -2]),
    account(null, ['BTC', -3]),
    account(null, ['BTC', -1]),
  ];
  expect(crossable(accounts)).toEqual([{ name: 'BTC', instrument: 3, lots: 4 }]);
});

test('a pot stands apart, and one side alone is crossed with nobody', () => {
  expect(crossable([account(null, ['BTC', 5]), account(8, ['BTC', -5])])).toEqual([]);
});

import { expect, test } from 'vitest';
import { all, type Desk, openDesk } from '../../lab/fixtures/desk.ts';
import { SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import { settlementPricePpmOf } from './settlementPrice.ts';

function report(desk: Desk, usd: readonly number[]) {
  return desk.wait(1_000).run({
    kind: 'ReportPrices',
    reports: usd.map((price, source) => ({
      underlying: SETTLEMENT_CURRENCY,
      source,
      priceE8: Math.round(price * 1e8),
      sourceTimeMs: desk.timeMs,
    })),
  });
}

const price = (desk: Desk) => settlementPricePpmOf(desk.engine.state);

test('before anybody says otherwise the settlement currency is worth a dollar', () => {
  expect(price(openDesk())).toBe(1_000_000);
});

test('its price is the median of those who agree, and is told when it changes', () => {
  const desk = openDesk();
  const events = report(desk, [0.871, 0.87, 0.869, 0.8705, 0.8702, 1.9, 0.2]);
  expect(price(desk)).toBe(870_200);
  expect(all(events, 'SettlementPriceSet')).toMatchObject([{ pricePpm: 870_200, sources: 5 }]);
  expect(all(report(desk, [0.871, 0.87, 0.869, 0.8705, 0.8702, 1.9, 0.2]), 'SettlementPriceSet')).toEqual([]);
});

test('a coin under its peg does not get well by the silence of its sources', () => {
  const desk = openDesk();
  report(desk, [0.87, 0.87, 0.87, 0.87, 0.87, 0.87, 0.87]);
  desk.wait(20_000);
  report(desk, [1, 1]);
  expect(price(desk)).toBe(870_000);
});

test('a source that is not listed spoils the whole report', () => {
  const desk = openDesk();
  report(desk, [1, 1, 1, 1, 1, 1, 1, 1]);
  expect(desk.code).toBe('parameters.invalid');
});

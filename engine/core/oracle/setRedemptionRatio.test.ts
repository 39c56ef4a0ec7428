import { expect, test } from 'vitest';
import { type Desk, only, openDesk } from '../../lab/fixtures/desk.ts';
import { DAY_MS } from '../../units/time.ts';
import { collateralPriceE8 } from '../accounts/collateralValue.ts';

const WBTC = 3;

function setRatio(desk: Desk, redemptionPpm: number) {
  const events = desk.run({ kind: 'SetRedemptionRatio', asset: 'WBTC', redemptionPpm });
  return { code: desk.code, events };
}

test('a wrapped asset is worth what it is redeemed for', () => {
  const desk = openDesk();
  expect(collateralPriceE8(desk.engine.state, WBTC)).toBe(60_000e8);
  const { events } = setRatio(desk, 990_000);
  expect(only(events, 'RedemptionRatioSet')).toMatchObject({ asset: WBTC, redemptionPpm: 990_000 });
  expect(collateralPriceE8(desk.engine.state, WBTC)).toBe(59_400e8);
});

test('a day moves a ratio by one percent of where it began, in however many steps', () => {
  const desk = openDesk();
  expect(setRatio(desk, 995_000).code).toBeUndefined();
  desk.wait(DAY_MS - 1);
  expect(setRatio(desk, 990_000).code).toBeUndefined();
  expect(setRatio(desk, 989_999).code).toBe('redemption.stepTooLarge');
  desk.wait(1);
  expect(setRatio(desk, 980_100).code).toBeUndefined();
  expect(setRatio(desk, 1_000_000).code).toBe('redemption.stepTooLarge');
});

// Goal: chain and payoff say what the engine marks. How: a call and a put at 60 000 on a level surface, bought together.
import { expect, test } from 'vitest';
import { list, option, surface } from '../../lab/fixtures/contracts.ts';
import { BASIS, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { OptionType } from '../../protocol/enums.ts';
import { optionChainOf } from './optionChain.ts';
import { payoffOf } from './payoff.ts';

const BTC = 0;

function straddleDesk() {
  const desk = openDesk();
  const put = list(desk, option(60_000, OptionType.put));
  const call = list(desk, option(60_000, OptionType.call));
  list(desk, option(70_000, OptionType.call));
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  return { desk, call, put };
}

test('the chain lists what can be priced by strike, the call before the put, at the engine’s own marks', () => {
  const { desk, call, put } = straddleDesk();
  const chain = optionChainOf(desk.engine, BTC);
  expect(chain.expiries).toHaveLength(1);
  const { options, forwardE8 } = chain.expiries[0]!;
  expect(forwardE8).toBe(60_000e8);
  expect(options.map(({ strikeE8, optionType }) => [strikeE8 / 1e8, optionType])).toEqual([
    [60_000, 'call'],
    [60_000, 'put'],
    [70_000, 'call'],
  ]);
  const { mark } = desk.engine.state.instruments.columns;
  expect(options[0]!.markUsdPerLot).toBe(mark[call]);
  expect(options[1]!.markUsdPerLot).toBe(mark[put]);
  expect(options[0]!.delta - options[1]!.delta).toBeCloseTo(1, 12);
  expect(options[0]!.volatility).toBeCloseTo(0.5, 4);
  expect(options[0]!.theta).toBeLessThan(0);
  expect(options[0]!.vega).toBeCloseTo(options[1]!.vega, 9);
});

test('the chain quotes the best prices of each book, and says where there is none', () => {
  const { desk, call } = straddleDesk();
  const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
  const priceTicks = Math.floor(mark[call]! / usdPerTickLot[call]!) - 3;
  desk.place({ account: MAKER, instrument: call, side: 0, priceTicks, sizeLots: 100 });
  const [quoted, bare] = optionChainOf(desk.engine, BTC).expiries[0]!.options;
  expect(quoted).toMatchObject({ bidUsdPerLot: priceTicks * usdPerTickLot[call]!, askUsdPerLot: null });
  expect(bare).toMatchObject({ bidUsdPerLot: null, askUsdPerLot: null });
});

test('an underlying without options has an empty chain', () => {
  expect(optionChainOf(straddleDesk().desk.engine, 1).expiries).toEqual([]);
});

test('a straddle gains on both sides: at expiry its distance to the strike less what it is marked at now', () => {
  const { desk, call, put } = straddleDesk();
  const { mark } = desk.engine.state.instruments.columns;
  const priceTicks = Math.round(mark[call]! / 1_000);
  for (const instrument of [call, put]) {
    desk.place({ account: MAKER, instrument, side: 1, priceTicks, sizeLots: 100 });
    desk.place({ account: BASIS, instrument, side: 0, priceTicks, sizeLots: 100 });
  }
  const payoff = payoffOf(desk.engine, BASIS, BTC);
  expect(payoff.legs).toHaveLength(2);
  const middle = payoff.points[40]!;
  const up = payoff.points[60]!;
  const down = payoff.points[20]!;
  expect([middle.priceE8, up.priceE8]).toEqual([60_000e8, 72_000e8]);
  // One coin of each.
  const markedUsd = 100 * (mark[call]! + mark[put]!);
  expect(middle.expiryUsd).toBe(-markedUsd);
  expect(up.expiryUsd).toBe(12_000e6 - markedUsd);
  expect(down.expiryUsd).toBe(up.expiryUsd);
  expect(Math.abs(middle.nowUsd)).toBeLessThanOrEqual(200);
  expect(up.nowUsd).toBeGreaterThan(up.expiryUsd);
});

test('an account without legs there has no payoff to draw', () => {
  expect(payoffOf(straddleDesk().desk.engine, BASIS, BTC)).toMatchObject({ legs: [], points: [] });
});

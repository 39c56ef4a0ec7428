import { expect, test } from 'vitest';
import { ALTS, BTC, type Desk, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { SECOND_MS } from '../../units/time.ts';
import { accountViewOf } from '../views/account.ts';
import { provisionUsd } from './carry.ts';

const USD = 1_000_000;
/** The entry tier's fee. */
const TAKER_PPM = 450;

/** A minute of funding samples with the book a tenth of a percent over the index. */
function premium(desk: Desk) {
  desk.place({ account: MAKER, side: 0, priceTicks: 600_600, sizeLots: 10_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 600_610, sizeLots: 10_000 });
  for (let second = 0; second < 60; second++) {
    desk.wait(SECOND_MS).prices({ 0: 60_000, 1: 3_000 });
    desk.accept({ kind: 'Tick' });
  }
}

function provision(desk: Desk, account: number) {
  const { initial, maintenance } = accountViewOf(desk.engine, account).margin;
  const of = (rows: typeof initial.addOns) =>
    rows.find(({ name }) => name === 'funding and closing fees')?.usd ?? 0;
  return [of(initial.addOns), of(maintenance.addOns)];
}

test('whoever pays funding sets eight hours of it aside, and everybody the fee of closing', () => {
  const desk = openDesk();
  premium(desk);
  // Longs pay 0.1 % − 0.05 % for eight hours; 1 BTC is 10 000 lots.
  const { mark, fundingUsdPerLot } = desk.engine.state.instruments.columns;
  const provisionOf = (lots: number) => provisionUsd(lots, fundingUsdPerLot[BTC]!, mark[BTC]!, TAKER_PPM);
  const fee = (mark[BTC]! * 10_000 * TAKER_PPM) / 1e6;
  expect(provisionOf(10_000)).toBe(Math.ceil(30 * USD + fee));
  expect(provisionOf(-10_000)).toBe(Math.ceil(fee));
  expect(provisionOf(0)).toBe(0);
});

test('it is a row of both requirements', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 10_000 });
  desk.place({ account: ALTS, side: 0, sizeLots: 10_000 });
  // No sample was taken yet: 0.045 % of 60 000 USD.
  expect(provision(desk, ALTS)).toEqual([27 * USD, 27 * USD]);
});

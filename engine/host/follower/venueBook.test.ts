// Goal: other venues are asked about the account's own book. How: coins, a perpetual and an option on a level surface.
import { expect, test } from 'vitest';
import { list, option, surface } from '../../lab/fixtures/contracts.ts';
import { BASIS, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { OptionType } from '../../protocol/enums.ts';
import { venueBookOf, venueComparisonsOf } from './venueBook.ts';

function bookedDesk() {
  const desk = openDesk();
  const call = list(desk, option(60_000, OptionType.call));
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  const ticks = Math.round(desk.engine.state.instruments.columns.mark[call]! / 1_000);
  for (const [instrument, priceTicks, sizeLots] of [
    [0, 600_000, 20_000],
    [call, ticks, 100],
  ] as const) {
    desk.place({ account: MAKER, instrument, side: 1, priceTicks, sizeLots });
    desk.place({ account: BASIS, instrument, side: 0, priceTicks, sizeLots });
  }
  return { desk, call };
}

test('a book is told in coins and USD per coin', () => {
  const { desk } = bookedDesk();
  const book = venueBookOf(desk.engine, BASIS);
  expect(book.linear).toEqual([
    {
      instrument: 'BTC-PERP',
      underlying: 'BTC',
      kind: 'perpetual',
      size: 2,
      mark: expect.closeTo(60_000, 0),
      entry: 60_000,
    },
  ]);
  expect(book.options).toHaveLength(1);
  expect(book.options[0]).toMatchObject({
    size: 1,
    isCall: true,
    strike: 60_000,
    index: 60_000,
    forward: 60_000,
  });
  expect(book.options[0]!.volatility).toBeCloseTo(0.5, 4);
});

test('every venue answers with a number or with the reason why it has none', () => {
  const { desk } = bookedDesk();
  const { venues, seq } = venueComparisonsOf(desk.engine, BASIS);
  expect(seq).toBe(desk.engine.state.globals.columns.seq[0]);
  expect(venues.length).toBeGreaterThan(5);
  for (const { state, margin, remarks } of venues) {
    if (state === 'cannotHold') expect([margin, remarks.length > 0]).toEqual([null, true]);
    else expect(margin!.initialUsd).toBeGreaterThanOrEqual(margin!.maintenanceUsd);
  }
  expect(venues.some(({ state }) => state === 'held')).toBe(true);
});

test('an empty account needs nothing anywhere', () => {
  const { desk } = bookedDesk();
  const book = venueBookOf(desk.engine, 10);
  expect([book.linear, book.options]).toEqual([[], []]);
});

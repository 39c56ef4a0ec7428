// Goal: no account can come to hold more kinds of contract than a portfolio has rows for, which would stop the
// engine. How: contracts are listed until the refusal, and one account then holds one of each.
import { expect, test } from 'vitest';
import { EXPIRY_MS, future, option } from '../../lab/fixtures/contracts.ts';
import { BASIS, MAKER, openDesk, thinCoin } from '../../lab/fixtures/desk.ts';
import { OptionType } from '../../protocol/enums.ts';
import { DAY_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { EXPIRY_LEGS_MAX } from '../margin/expiryLegs.ts';
import { OPTION_BLOCKS_MAX } from '../margin/optionBook.ts';

const futureOn = (day: number) => future({ name: `BTC-DAY-${day}`, expiryMs: EXPIRY_MS + day * DAY_MS });
const optionOn = (underlying: string) =>
  option(60_000, OptionType.call, { name: `${underlying}-CALL`, underlying });

const ALT = thinCoin('ALT');

test('instrument.tooMany: as many dated futures trade as one account can hold, and no more', () => {
  const desk = openDesk();
  const first = desk.engine.state.directory.instruments.length;
  for (let day = 0; day < EXPIRY_LEGS_MAX; day++) desk.accept(futureOn(day));
  desk.run(futureOn(EXPIRY_LEGS_MAX));
  expect(desk.code).toBe('instrument.tooMany');
  desk.run({ ...futureOn(EXPIRY_LEGS_MAX), lotsPerUnit: 0 });
  expect(desk.code).toBe('parameters.invalid');
  desk.prices({ 0: 60_000 });
  for (let instrument = first; instrument < first + EXPIRY_LEGS_MAX; instrument++) {
    desk.place({ account: MAKER, instrument, side: 1, priceTicks: 600_000, sizeLots: 1 });
    desk.place({ account: BASIS, instrument, side: 0, priceTicks: 600_000, sizeLots: 1 });
    expect(positionLots(desk.engine.state, BASIS, instrument)).toBe(1);
  }
  checkInvariants(desk.engine.state);
});

test('an expiry makes room for another future', () => {
  const desk = openDesk();
  for (let day = 0; day < EXPIRY_LEGS_MAX; day++) desk.accept(futureOn(day));
  desk.timeMs = EXPIRY_MS;
  desk.prices({ 0: 60_000 });
  desk.accept({ kind: 'Tick' });
  desk.accept(futureOn(EXPIRY_LEGS_MAX));
  desk.run(futureOn(EXPIRY_LEGS_MAX + 1));
  expect(desk.code).toBe('instrument.tooMany');
});

test('instrument.tooMany: options are listed on as many underlyings as one account can hold them on', () => {
  const desk = openDesk();
  const { underlyings } = desk.engine.state.directory;
  for (let more = underlyings.length; more <= OPTION_BLOCKS_MAX; more++) {
    desk.accept({ ...ALT, name: `ALT${more}` });
  }
  const names = underlyings.map(({ name }) => name);
  for (const name of names.slice(0, OPTION_BLOCKS_MAX)) desk.accept(optionOn(name));
  desk.run(optionOn(names[OPTION_BLOCKS_MAX]!));
  expect(desk.code).toBe('instrument.tooMany');
  desk.accept({ ...optionOn(names[0]!), name: 'ANOTHER-STRIKE', strikeE8: 61_000e8 });
});

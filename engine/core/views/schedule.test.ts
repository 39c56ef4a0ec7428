import { expect, test } from 'vitest';
import { BTC, type Desk, ETH, MAKER, OTHER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { HOUR_MS } from '../../units/time.ts';
import { accountViewOf } from './account.ts';
import { marginScheduleOf } from './schedule.ts';

/** VOL is long BTC and short ETH; BTC's multiplier is about to rise by 5 %. */
function announcedDesk(): Desk {
  const desk = openDesk();
  desk.place({ account: MAKER, instrument: BTC, side: 1, priceTicks: 600_000, sizeLots: 20_000 });
  desk.place({ account: VOL, instrument: BTC, side: 0, priceTicks: 600_000, sizeLots: 20_000 });
  desk.place({ account: MAKER, instrument: ETH, side: 0, priceTicks: 300_000, sizeLots: 20_000 });
  desk.place({ account: VOL, instrument: ETH, side: 1, priceTicks: 300_000, sizeLots: 20_000 });
  const { targetPpm, nextPpm } = desk.engine.state.multipliers.columns;
  targetPpm[BTC] = 1_200_000;
  nextPpm[BTC] = 1_050_000;
  return desk;
}

test('the schedule says what is announced, and the hours behind it if the target stays', () => {
  const desk = announcedDesk();
  const { atMs, multipliers } = marginScheduleOf(desk.engine, []);
  expect(atMs).toBe(desk.timeMs + HOUR_MS);
  expect(multipliers[BTC]).toMatchObject({ nowPpm: PPM_SCALE, targetPpm: 1_200_000, nextPpm: 1_050_000 });
  expect(multipliers[BTC]!.steps.map(({ atMs: at, muPpm }) => [(at - desk.timeMs) / HOUR_MS, muPpm])).toEqual(
    [
      [1, 1_050_000],
      [2, 1_102_500],
      [3, 1_157_625],
      [4, 1_200_000],
    ],
  );
  expect(multipliers[ETH]!.steps).toEqual([]);
});

test('parts sum to maintenance margin now and then, as the account view has both', () => {
  const desk = announcedDesk();
  const [told] = marginScheduleOf(desk.engine, [VOL]).accounts;
  const view = accountViewOf(desk.engine, VOL);
  expect(told).toMatchObject({ account: VOL, nowUsd: view.margin.maintenanceUsd });
  expect(told!.thenUsd).toBe(view.announced!.maintenanceUsd);
  expect(told!.thenUsd).toBeGreaterThan(told!.nowUsd);
  expect(told!.parts.reduce((sum, { nowUsd }) => sum + nowUsd, 0)).toBe(told!.nowUsd);
  expect(told!.parts.reduce((sum, { thenUsd }) => sum + thenUsd, 0)).toBe(told!.thenUsd);
  expect(told!.parts.map(({ underlying }) => underlying)).toEqual(['BTC', 'ETH', '']);
});

test('an account that holds USDC alone has nothing to schedule', () => {
  expect(marginScheduleOf(openDesk().engine, [OTHER]).accounts).toEqual([
    { account: OTHER, nowUsd: 0, thenUsd: 0, parts: [] },
  ]);
});

// Goal: the gauge in the page and the engine that liquidates say the same, whatever is held. How: a desk with
// a perpetual, a future, options and coins as collateral is told as its stream tells it, over JSON; the gauge
// reads it at the same prices, and at newer ones, which the engine is then given too.
import { describe, expect, test } from 'vitest';
import { CALL, FUTURE, openContractDesk, PUT } from '../engine/lab/fixtures/contracts.ts';
import { BASIS, BTC, type Desk, ETH, MAKER } from '../engine/lab/fixtures/desk.ts';
import { type DeskView, deskView } from '../engine/lab/fixtures/deskView.ts';
import { createGauge, type GaugeReading, type PricesNow, type ToldAccount } from './preview.ts';

const UNMOVED: PricesNow = { marks: new Map(), indexes: new Map() };

/** Long BTC, short ETH, short the future, long a put, short a call: bought from and sold to a maker at the mark. */
function tradedDesk(instruments: readonly number[]): Desk {
  const desk = openContractDesk();
  const { directory, marks } = deskView(desk, BASIS);
  for (const [instrument, side, coins] of [
    [BTC, 0, 10],
    [ETH, 1, 150],
    [FUTURE, 1, 4],
    [PUT, 0, 2],
    [CALL, 1, 3],
  ] as const) {
    if (!instruments.includes(instrument)) continue;
    const { lotsPerUnit, ticksPerUsd } = directory.markets[instrument]!;
    const usd = (marks.get(instrument)! * lotsPerUnit) / 1e6;
    const terms = { instrument, sizeLots: coins * lotsPerUnit, priceTicks: Math.round(usd * ticksPerUsd) };
    for (const [account, way] of [
      [MAKER, 1 - side],
      [BASIS, side],
    ] as const) {
      desk.place({ ...terms, account, side: way as 0 | 1 });
      expect(desk.code).toBeUndefined();
    }
  }
  return desk;
}

const told = ({ account, book, directory }: DeskView): ToldAccount => ({
  account,
  book: JSON.parse(JSON.stringify(book)),
  markets: directory.markets,
});

function read(view: DeskView, now: PricesNow = UNMOVED): GaugeReading {
  const reading = createGauge()(told(view), now);
  if (reading === undefined) throw new Error('the page was told all it needs');
  return reading;
}

function expectEqual(reading: GaugeReading, { account }: DeskView): void {
  const { equityUsd, maintenanceUsd, ratioPpm } = account.margin;
  expect(reading).toMatchObject({ equityUsd, maintenanceUsd, ratioPpm });
  expect(reading.distance).toEqual(account.distance);
}

describe('the gauge', () => {
  test('reads what the engine reads, to the last unit, whatever is held', () => {
    for (const instruments of [[], [BTC, ETH], [BTC, FUTURE], [PUT, CALL], [BTC, ETH, FUTURE, PUT, CALL]]) {
      const view = deskView(tradedDesk(instruments), BASIS);
      expect(view.account.positions).toHaveLength(instruments.length);
      expectEqual(read(view), view);
    }
  });

  test('holds the gains of a market that stands alone back, at the marks of now', () => {
    const desk = tradedDesk([BTC, ETH]);
    desk.wait(1_000).prices({ 0: 66_000, 1: 3_000 });
    const before = deskView(desk, BASIS);
    expectEqual(read(before), before);
    desk.wait(500).prices({ 0: 68_000, 1: 3_000 });
    const after = deskView(desk, BASIS);
    expect(after.account.margin.heldBackUsd).toBeGreaterThan(0);
    expectEqual(read(after), after);
    const reading = read(before, { marks: after.marks, indexes: after.indexes });
    expect(reading.equityUsd).toBe(after.account.margin.equityUsd);
    expect(reading.ratioPpm / after.account.margin.ratioPpm).toBeCloseTo(1, 3);
  });

  test('moves with newer marks to where the engine then stands: exactly in equity, closely in the rest', () => {
    const desk = tradedDesk([BTC, ETH, FUTURE, PUT, CALL]);
    const before = deskView(desk, BASIS);
    // Under 10 bp and 5 s, risk vectors stay in the engine as well.
    desk.wait(500);
    desk.prices({ 0: 60_030, 1: 2_998 });
    const after = deskView(desk, BASIS);
    const { margin, distance } = after.account;
    const reading = read(before, { marks: after.marks, indexes: after.indexes });
    expect(margin.equityUsd).not.toBe(before.account.margin.equityUsd);
    expect(reading.equityUsd).toBe(margin.equityUsd);
    // What is charged by today's funding rate and for short options stands until the next view.
    expect(reading.maintenanceUsd / margin.maintenanceUsd).toBeCloseTo(1, 4);
    expect(reading.distance.sigmas / distance.sigmas).toBeCloseTo(1, 4);
  });

  test('has the price at which each underlying alone leads to liquidation', () => {
    const view = deskView(tradedDesk([BTC, ETH]), BASIS);
    const own = read(view).distance.rows.filter(({ kind }) => kind !== 'joint');
    for (const { underlying, move, priceUsd } of own) {
      const id = view.directory.underlyings.find(({ name }) => name === underlying)!.id;
      expect(priceUsd).toBe(Math.round(view.indexes.get(id)! * (1 + move)));
    }
  });

  test('needs the parameters once, and reads nothing by those of another version', () => {
    const gauge = createGauge();
    const whole = told(deskView(tradedDesk([BTC]), BASIS));
    const bare = { ...whole, book: { ...whole.book, source: undefined } };
    expect(gauge(bare, UNMOVED)).toBeUndefined();
    expect(gauge(whole, UNMOVED)).toBeDefined();
    expect(gauge(bare, UNMOVED)).toBeDefined();
    expect(gauge({ ...bare, book: { ...bare.book, version: 'newer' } }, UNMOVED)).toBeUndefined();
  });

  test('reads after a fill what the engine reads once it was traded, but for the fee', () => {
    for (const instrument of [BTC, FUTURE]) {
      const desk = tradedDesk([BTC, ETH]);
      const before = deskView(desk, BASIS);
      const market = before.directory.markets[instrument]!;
      const lots = 5 * market.lotsPerUnit;
      const priceTicks = Math.round(before.marks.get(instrument)! / market.usdPerTickLot);
      const marks = new Map(before.marks).set(instrument, priceTicks * market.usdPerTickLot);
      const supposed = createGauge()(told(before), { marks, indexes: new Map() }, { instrument, lots });
      const terms = { instrument, sizeLots: lots, priceTicks };
      desk.place({ ...terms, account: MAKER, side: 1 });
      desk.place({ ...terms, account: BASIS, side: 0 });
      const { margin, distance } = deskView(desk, BASIS).account;
      expect(supposed!.equityUsd / margin.equityUsd).toBeCloseTo(1, 3);
      expect(supposed!.maintenanceUsd / margin.maintenanceUsd).toBeCloseTo(1, 3);
      expect(supposed!.distance.sigmas / distance.sigmas).toBeCloseTo(1, 2);
    }
  });

  test('reads nothing after a fill that only the engine can judge', () => {
    const view = deskView(tradedDesk([BTC]), BASIS);
    const now = { marks: view.marks, indexes: new Map() };
    expect(createGauge()(told(view), now, { instrument: CALL, lots: 1 })).toBeUndefined();
    expect(createGauge()(told(view), UNMOVED, { instrument: ETH, lots: 1 })).toBeUndefined();
  });

  test('reads nothing rather than leave out a position whose market the page does not know', () => {
    const whole = told(deskView(tradedDesk([BTC]), BASIS));
    expect(createGauge()({ ...whole, markets: [] }, UNMOVED)).toBeUndefined();
  });
});

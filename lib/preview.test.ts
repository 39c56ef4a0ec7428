// Goal: the gauge in the page and the engine that liquidates say the same. How: a desk with positions is
// viewed as the follower views it, then the gauge reads that view again at the same prices.
import { describe, expect, test } from 'vitest';
import { BASIS, BTC, ETH, MAKER, openDesk, SOL } from '../engine/lab/fixtures/desk.ts';
import { type DeskView, deskView } from '../engine/lab/fixtures/deskView.ts';
import { sandboxRisk } from '../engine/lab/fixtures/risk.ts';
import { createGauge, type GaugeReading, type PricesNow } from './preview.ts';

/** Long BTC, short ETH, long SOL, bought from a maker at the mark. */
function tradedDesk(): DeskView {
  const desk = openDesk();
  const { markets } = deskView(desk, BASIS).directory;
  for (const [instrument, side, coins, usd] of [
    [BTC, 0, 100, 60_000],
    [ETH, 1, 1_500, 3_000],
    [SOL, 0, 20_000, 150],
  ] as const) {
    const { lotsPerUnit, ticksPerUsd } = markets[instrument]!;
    const terms = { instrument, sizeLots: coins * lotsPerUnit, priceTicks: usd * ticksPerUsd };
    for (const [account, way] of [
      [MAKER, 1 - side],
      [BASIS, side],
    ] as const) {
      desk.place({ ...terms, account, side: way as 0 | 1 });
      expect(desk.code).toBeUndefined();
    }
  }
  return deskView(desk, BASIS);
}

const view = tradedDesk();
const now: PricesNow = { ...view.directory, marks: view.marks, indexes: view.indexes };
const gauge = createGauge(sandboxRisk());

function read(prices: PricesNow): GaugeReading {
  const reading = gauge(view.account, prices);
  if (reading === undefined) throw new Error('the page knows every market of the sandbox');
  return reading;
}

describe('the gauge', () => {
  test('reads what the engine reads, to the last unit, at the same prices', () => {
    const reading = read(now);
    const { equityUsd, maintenanceUsd, ratioPpm } = view.account.margin;
    expect(view.account.positions).toHaveLength(3);
    expect(reading).toMatchObject({ equityUsd, maintenanceUsd, ratioPpm });
    expect(reading.distance).toEqual(view.account.distance);
  });

  test('moves with the mark before the next view arrives', () => {
    const marks = new Map(now.marks);
    marks.set(BTC, Math.round(now.marks.get(BTC)! * 0.95));
    const before = read(now);
    const after = read({ ...now, marks });
    expect(after.equityUsd - before.equityUsd).toBe(-100 * 60_000 * 0.05 * 1_000_000);
    expect(after.distance.sigmas).toBeLessThan(before.distance.sigmas);
  });

  test('has the price at which each underlying alone leads to liquidation', () => {
    const { distance } = read(now);
    const own = distance.rows.filter(({ kind }) => kind !== 'joint');
    for (const { underlying, move, priceUsd } of own) {
      const id = view.directory.underlyings.find(({ name }) => name === underlying)!.id;
      expect(priceUsd).toBe(Math.round(view.indexes.get(id)! * (1 + move)));
    }
  });

  test('reads nothing rather than leave out a position whose market the page does not know', () => {
    expect(gauge(view.account, { ...now, markets: [] })).toBeUndefined();
  });

  test('reads nothing of a book with an option in it: its curve is the engine’s to know', () => {
    const markets = now.markets.map((market) => ({ ...market, kind: 'option' as const }));
    expect(gauge(view.account, { ...now, markets })).toBeUndefined();
  });
});

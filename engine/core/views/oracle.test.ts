import { expect, test } from 'vitest';
import { type Desk, openDesk } from '../../lab/fixtures/desk.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { oracleViewOf } from './oracle.ts';

const DOGE = 4;

/** DOGE at these prices in USD, one source after the other; undefined says nothing. */
function report(desk: Desk, prices: readonly (number | undefined)[]): void {
  const reports = prices.flatMap((usd, source) =>
    usd === undefined
      ? []
      : [{ underlying: DOGE, source, priceE8: Math.round(usd * 1e8), sourceTimeMs: desk.timeMs }],
  );
  desk.accept({ kind: 'ReportPrices', reports });
}

const dogeOf = (desk: Desk) => oracleViewOf(desk.engine.state).indexes[DOGE]!;

test('every source says what it said last and whether it took part', () => {
  const desk = openDesk();
  report(desk, [0.2, 0.2, 0.2001, 0.2002, 0.2003, 0.21, 0.2]);
  desk.wait(11_000);
  report(desk, [0.2, 0.2, 0.2001, 0.2002, 0.2003, 0.21]);
  const doge = dogeOf(desk);
  expect(doge).toMatchObject({ underlying: 'DOGE', indexE8: 20_010_000, liveSources: 5, liveSourcesMin: 3 });
  expect(doge.sources.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 5 }, () => 'live'),
    'outOfBand',
    'stale',
  ]);
  expect(doge.sources.map(({ deviationBp }) => Math.round(deviationBp))).toEqual([-5, -5, 0, 5, 10, 495, -5]);
  expect(doge.sources.filter(({ state }) => state === 'live')).toHaveLength(doge.liveSources);
  expect(doge.markDeviationBp).toBeCloseTo(0, 6);
  expect(doge.window).toBeNull();
});

test('a source never heard is silent, and a desk without prices has no deviation', () => {
  const desk = openDesk();
  desk.engine.state.sources.columns.priceE8[DOGE * 16 + 6] = 0;
  expect(dogeOf(desk).sources.at(-1)).toMatchObject({ state: 'silent', deviationBp: 0, weightPpm: 142_857 });
});

test('a window names its rule, since when it runs, and when it can end', () => {
  const desk = openDesk();
  // Past the minute in which the engine, just awake, blames nobody for silence.
  for (let at = 0; at < 32; at++) {
    desk.wait(2_000).accept({ kind: 'Tick' });
    report(desk, [0.2, 0.2]);
  }
  const { window, liveSources } = dogeOf(desk);
  expect(liveSources).toBe(2);
  expect(window).toMatchObject({ rule: 'sources', heldMs: desk.timeMs });
  expect(window!.endsMs).toBe(Math.max(window!.startMs + 10 * MINUTE_MS, window!.heldMs + 5 * MINUTE_MS));
});

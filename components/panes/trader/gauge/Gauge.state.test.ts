import { describe, expect, test } from 'vitest';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import { levelOf } from '../../../../lib/riskLevel.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';
import { afterTicket, leanOf, lengthText, levelWords, restText, soundingOf } from './Gauge.state.ts';
import { arrowHead, bedPaths, depthAt, drawnRay, plotOf, SIGMAS_SHOWN } from './plot.ts';

const distance: DistanceView = {
  state: 'measured',
  rows: [
    { kind: 'joint', underlying: 'SOL', move: -0.114, priceUsd: 0, sigmas: 2.68 },
    { kind: 'market', underlying: 'BTC', move: -0.0804, priceUsd: 58_029_000_000, sigmas: 2.77 },
    { kind: 'own', underlying: 'BTC', move: 1.9, priceUsd: 180_000_000_000, sigmas: 90 },
    { kind: 'own', underlying: 'SOL', move: -0.303, priceUsd: 98_810_000, sigmas: 7.1 },
    { kind: 'own', underlying: 'BTC', move: -0.0858, priceUsd: 57_687_000_000, sigmas: 5.66 },
  ],
  sigmas: 2.68,
  touchPpm: 7_300,
  path: [
    { underlying: 'SOL', move: -0.114 },
    { underlying: 'BTC', move: -0.0754 },
  ],
  sentence: 'SOL −11.4 %, BTC −7.5 %',
};

describe('the sounding', () => {
  test('the levels say themselves in words', () => {
    const words = [3.2, 2.68, 0.82].map((sigmas) =>
      levelWords({ state: 'measured', sigmas, level: levelOf(sigmas) }),
    );
    expect(words).toEqual(['', 'under 3σ', 'under 1.5σ']);
    expect(levelWords({ state: 'noRisk', sigmas: 0, level: 'safe' })).toBe('no risk');
    expect(levelWords({ state: 'liquidatable', sigmas: 0, level: 'danger' })).toBe('liquidation');
  });

  test('length on the screen is σ, and every ray ends on the ground of a linear book', () => {
    const plot = plotOf(4000, 600);
    const rays = soundingOf(distance).rays.map((ray) => drawnRay(plot, ray));
    expect(rays.map((ray) => ray.kind)).toEqual(['joint', 'market', 'own']);
    for (const ray of rays) {
      const length = Math.hypot(ray.x - plot.centre, ray.y - plot.surface);
      expect(length / plot.perSigma).toBeCloseTo(ray.sigmas, 6);
      expect(ray.y).toBeCloseTo(depthAt(plot, 2.68), 6);
      expect(ray.isCut).toBe(false);
    }
  });

  test('the asset alone leans left and the market right; the nearest asset is the one drawn', () => {
    const [joint, market, own] = soundingOf(distance).rays;
    expect(joint?.angle).toBe(0);
    expect(market?.angle).toBeGreaterThan(0);
    expect(own?.angle).toBeLessThan(0);
    expect(own?.label).toBe('BTC alone');
    expect(soundingOf(distance).otherWays.map((way) => way.label)).toEqual(['SOL alone', 'BTC alone']);
  });

  test('a ray that leaves the panel is cut there and points on', () => {
    const plot = plotOf(324, 158);
    const own = soundingOf(distance).rays[2];
    const ray = own && drawnRay(plot, own);
    expect(ray?.isCut).toBe(true);
    expect(ray?.x).toBeGreaterThanOrEqual(plot.divide);
    expect(ray?.y).toBeLessThanOrEqual(plot.height);
    expect(ray && arrowHead(ray)).toMatch(/^M[\d.]+,[\d.]+L/);
  });

  test('the joint way gives the price of the asset that drives it', () => {
    const joint = soundingOf(distance).ways[0];
    expect(joint?.label).toBe('joint, SOL');
    expect((joint?.priceUsd ?? 0) / 1e6).toBeCloseTo((98.81 / (1 - 0.303)) * (1 - 0.114), 6);
  });

  test('past what the engine looks for, a length is only large', () => {
    expect([12.674, 99, 99.996, 100].map(lengthText)).toEqual(['12.67σ', '99.00σ', '> 99σ', '> 99σ']);
    const beyond = soundingOf({ ...distance, state: 'beyond', rows: [], path: [], sigmas: 100 });
    expect(beyond.ways.map(({ label, sigmas }) => [label, lengthText(sigmas)])).toEqual([
      ['joint', '> 99σ'],
      ['market', '> 99σ'],
      ['asset alone', '> 99σ'],
    ]);
    expect(beyond.rays).toHaveLength(1);
  });

  test('while no price moves it says how long the account lasts and what a day costs', () => {
    const time = { state: 'measured' as const, days: 10.4, netUsdPerDay: -800_000_000, reasons: [] };
    expect(restText(time)).toBe('10 days, carry −800 a day');
    expect(restText({ ...time, days: 1.5 })).toBe('36 h, carry −800 a day');
    expect(restText({ ...time, state: 'never', netUsdPerDay: 0 })).toBe('> 1 y');
    expect(restText({ ...time, state: 'liquidatable', days: 0 })).toBe('liquidation now');
  });

  test('rounding that makes a way shorter than the joint one does not tilt the picture', () => {
    expect(leanOf(2.68, 2.679)).toBe(0);
    expect(leanOf(0, 2)).toBeCloseTo(Math.PI / 2);
  });

  test('no positions: water only; nothing known: no picture at all', () => {
    const noRisk = soundingOf({ ...distance, state: 'noRisk', rows: [], path: [], sigmas: 0 });
    expect([noRisk.rays, noRisk.level]).toEqual([[], 'safe']);
    expect(soundingOf(undefined).state).toBe('unknown');
  });
});

describe('the ticket’s ground', () => {
  const known = (change: object, isCurrent = true): PreviewState =>
    ({
      state: 'known',
      isCurrent,
      receivedMs: 0,
      preview: { refusal: undefined, after: { distanceSigmas: 2.58 }, ...change },
    }) as unknown as PreviewState;

  test('is drawn for a current preview that would be accepted', () => {
    expect(afterTicket(known({}))).toBe(2.58);
    expect(afterTicket(known({}, false))).toBeUndefined();
    expect(
      afterTicket(known({ refusal: { code: 'margin.initialInsufficient', message: '' } })),
    ).toBeUndefined();
    expect(afterTicket(known({ after: { distanceSigmas: -1 } }))).toBeUndefined();
    expect(afterTicket({ state: 'none' })).toBeUndefined();
  });
});

describe('the plot', () => {
  test('past the depth shown the ground lies on the lower edge', () => {
    const plot = plotOf(324, 158);
    expect(depthAt(plot, 9)).toBeCloseTo(plot.height, 6);
    expect(depthAt(plot, SIGMAS_SHOWN)).toBeCloseTo(plot.height, 6);
    expect(depthAt(plot, 0)).toBe(plot.surface);
  });

  test('hours nobody measured leave a gap in the bed', () => {
    const plot = plotOf(300, 100);
    const { line, ground } = bedPaths(plot, [1, 1, undefined, 2, 2]);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(ground.match(/Z/g)).toHaveLength(2);
  });
});

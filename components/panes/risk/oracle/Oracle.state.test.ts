import { expect, test } from 'vitest';
import type { OracleIndexView } from '../../../../engine/protocol/views/oracle.ts';
import { dotsOf, isTroubled, shownIndex, stripWords, windowText } from './Oracle.state.ts';

const NOW_MS = 36_000_000;

const source = (deviationBp: number, state: 'live' | 'stale' | 'outOfBand' | 'silent' = 'live', at = 0) => ({
  source: at,
  weightPpm: 200_000,
  priceE8: 1e8,
  receivedMs: NOW_MS,
  deviationBp,
  state,
});

const index = (underlying: string, changed: Partial<OracleIndexView> = {}): OracleIndexView => ({
  underlying,
  indexE8: 1e8,
  indexTimeMs: NOW_MS - 400,
  liveSources: 5,
  liveSourcesMin: 3,
  confidencePpm: 1_000_000,
  confidencePpmMin: 400_000,
  markDeviationBp: 1,
  ticksPerUsd: 100,
  window: null,
  sources: [source(0)],
  ...changed,
});

const window = { rule: 'confidence', startMs: NOW_MS, heldMs: NOW_MS, endsMs: NOW_MS + 600_000 } as const;
const isolated = index('SOL', { window });

test('shown is what was picked, else what is worst off, else the first', () => {
  const doubted = index('DOGE', { confidencePpm: 500_000 });
  const all = [index('BTC'), doubted, isolated];
  expect(shownIndex(all, undefined, NOW_MS)!.underlying).toBe('SOL');
  expect(shownIndex(all.slice(0, 2), undefined, NOW_MS)!.underlying).toBe('DOGE');
  expect(shownIndex([index('BTC'), index('ETH')], undefined, NOW_MS)!.underlying).toBe('BTC');
  expect(shownIndex(all, 'BTC', NOW_MS)!.underlying).toBe('BTC');
  expect(shownIndex([], undefined, NOW_MS)).toBeUndefined();
});

test('trouble is to stand alone, to be about to, to be charged for, or too old to trade on', () => {
  const troubled = (changed: Partial<OracleIndexView>) => isTroubled(index('BTC', changed), NOW_MS);
  expect(troubled({})).toBe(false);
  expect(troubled({ liveSources: 4, confidencePpm: 800_000 })).toBe(false);
  expect(troubled({ window })).toBe(true);
  expect(troubled({ liveSources: 3 })).toBe(true);
  expect(troubled({ confidencePpm: 540_000 })).toBe(true);
  expect(troubled({ indexTimeMs: NOW_MS - 10_001 })).toBe(true);
});

test('sources stand on a strip of ten basis points each way, farther ones at its end', () => {
  const sources = [source(0), source(-5, 'stale', 1), source(112.5, 'outOfBand', 2), source(0, 'silent', 3)];
  expect(dotsOf(index('DOGE', { sources }))).toEqual([
    { source: 0, at: 0.5, look: 'live' },
    { source: 1, at: 0.25, look: 'dropped' },
    { source: 2, at: 1, look: 'beyond' },
  ]);
  expect(stripWords(index('DOGE', { sources }))).toBe('DOGE: sources from −5.0 to +112.5 bp of the index');
  expect(dotsOf(index('NEW', { indexE8: 0, sources }))).toEqual([]);
});

test('the rule is told before, the window while it runs', () => {
  expect(windowText(index('BTC'))).toBe('isolates if live < 3 or confidence < 0.40');
  expect(windowText(isolated)).toBe('alone since 10:00:00: low confidence; ends 10:10:00 UTC or later');
});

import { expect, test } from 'vitest';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { bandMark } from './marks.ts';

const distance = {
  state: 'measured',
  sigmas: 11.128,
  rows: [
    { kind: 'joint', underlying: 'BTC', move: -0.337, priceUsd: 41_850_000_000, sigmas: 11.128 },
    { kind: 'own', underlying: 'BTC', move: -0.409, priceUsd: 37_322_000_000, sigmas: 15.11 },
  ],
  path: [
    { underlying: 'BTC', move: -0.337 },
    { underlying: 'SOL', move: -0.454 },
  ],
} as unknown as DistanceView;

test('a band is said in full, and in fewer words that still name the distance for a narrow chart', () => {
  const band = bandMark(distance, btcPerp);
  for (const wordings of [band?.words ?? [], band?.awayWords ?? []]) {
    expect(wordings).toHaveLength(3);
    for (let next = 1; next < wordings.length; next++)
      expect(wordings[next]!.length).toBeLessThan(wordings[next - 1]!.length);
    expect(wordings[0]).toContain('joint 11.13σ, with SOL −45.4%');
    expect(wordings[1]).toContain('joint 11.13σ');
  }
  expect(bandMark(undefined, btcPerp)).toBeUndefined();
});

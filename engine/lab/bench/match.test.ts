import { expect, test } from 'vitest';
import { measureMatch } from './match.ts';
import { FLOW_KINDS } from './orderFlow.ts';

test('every kind of flow replays to where it was drawn, in 96 bytes for a resting order at most', () => {
  const { kinds, bytesPerRestingOrder } = measureMatch({ ops: 3_000, seeds: 2 });
  expect(kinds.map(({ kind }) => kind)).toEqual(FLOW_KINDS);
  for (const { nsPerOp, peerNsPerOp, peerOps, ratio } of kinds) {
    expect(peerOps).toBe(600);
    expect(ratio).toBeCloseTo(peerNsPerOp / nsPerOp);
  }
  expect(bytesPerRestingOrder).toBeLessThanOrEqual(96);
});

import { expect, test } from 'vitest';
import { measureMatch } from './match.ts';
import { FLOW_KINDS } from './orderFlow.ts';

test.each(FLOW_KINDS)('%s flow replays to where it was drawn, in 96 bytes for a resting order', (kind) => {
  const costs = measureMatch(kind, { ops: 3_000, seeds: 2 });
  expect(costs.kind).toBe(kind);
  expect(costs.peerOps).toBe(600);
  expect(costs.ratio).toBeCloseTo(costs.peerNsPerOp / costs.nsPerOp);
  expect(costs.bytesPerRestingOrder).toBeLessThanOrEqual(96);
});

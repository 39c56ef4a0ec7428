import { expect, test } from 'vitest';
import { killFaults } from './bounds.ts';
import { killTest } from './kill.ts';

const CYCLES = Number(process.env.BALLAST_KILL_CYCLES ?? 5);

test('P1, P10: nothing that was acknowledged is lost when the desk is killed under load, and it is soon open again', async () => {
  const report = await killTest({ cycles: CYCLES, seed: 20_261_121, say: () => {} });
  expect(report).toMatchObject({ cycles: CYCLES, lostCount: 0 });
  expect(report.acknowledgedCount).toBeGreaterThan(CYCLES * 10);
  expect(killFaults(report)).toEqual([]);
}, 300_000);

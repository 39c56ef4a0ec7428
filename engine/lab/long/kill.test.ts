import { expect, test } from 'vitest';
import { BARE_START_MS, killTest, RESTART_MS_MAX, STOP_MS_MAX } from './kill.ts';

const CYCLES = Number(process.env.BALLAST_KILL_CYCLES ?? 5);

test('nothing that was acknowledged is lost when the desk is killed under load', async () => {
  const report = await killTest({ cycles: CYCLES, seed: 20_261_121, say: () => {} });
  expect(report).toMatchObject({ cycles: CYCLES, lostCount: 0 });
  expect(report.acknowledgedCount).toBeGreaterThan(CYCLES * 10);
  const stretch = Math.max(1, report.bareStartMsMax / BARE_START_MS);
  expect(report.restartMsMax).toBeLessThanOrEqual(RESTART_MS_MAX * stretch);
  expect(report.stopMs).toBeLessThanOrEqual(STOP_MS_MAX * stretch);
}, 300_000);

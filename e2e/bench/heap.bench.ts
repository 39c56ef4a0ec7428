import { expect, test } from '@playwright/test';
import { budget } from '../budget.ts';
import { startDesk } from '../desk.ts';
import { whole } from '../quiet.ts';
import { startRelay } from '../relay.ts';
import { signIn } from '../wallet.ts';
import { MarketLoad } from './marketLoad.ts';
import { footprint } from './pageMeter.ts';

/** `npm run long -- uiHeap` looks for half an hour. */
const MINUTES = Number(process.env.BALLAST_MINUTES ?? 30);
const PER_SECOND = 1_000;
const LOOKS = 30;

test(`memory of the trade screen over ${MINUTES} minutes at ${PER_SECOND} messages a second`, async ({
  page,
}) => {
  const desk = await startDesk({});
  const load = new MarketLoad(0);
  const relay = await startRelay(desk.origin);
  try {
    await whole(desk);
    relay.passage = load.passage;
    load.perSecond = PER_SECOND;
    await page.goto(`${relay.origin}/trade/BTC-PERP`);
    await signIn(page, 'Trader');
    const session = await page.context().newCDPSession(page);
    const looks: { hours: number; heapMb: number; nodes: number }[] = [];
    const startedMs = Date.now();
    for (let look = 0; look < LOOKS; look++) {
      await page.waitForTimeout((MINUTES * 60_000) / LOOKS);
      looks.push({ hours: (Date.now() - startedMs) / 3_600_000, ...(await footprint(session)) });
    }
    // The first quarter fills the tape, the candles and the compiler's caches.
    const settled = looks.slice(Math.ceil(LOOKS / 4));
    const slope = slopeOf(settled.map(({ hours, heapMb }) => [hours, heapMb]));
    const nodes = Math.max(...looks.map((each) => each.nodes));
    console.log(`heap ${settled.map(({ heapMb }) => heapMb.toFixed(1)).join(' ')} MB`);
    console.log(`slope ${slope.toFixed(2)} MB an hour (≤ ${budget.heapMbPerHour}), nodes ≤ ${nodes}`);
    expect(slope).toBeLessThan(budget.heapMbPerHour);
    expect(nodes).toBeLessThanOrEqual(budget.domNodes);
  } finally {
    load.stop();
    await relay.close();
    await desk.stop();
  }
});

/** Least squares: rise a unit of the first number. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const rise = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return rise / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

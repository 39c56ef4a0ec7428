import { writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { HealthView } from '../../engine/protocol/views/health.ts';
import { budget } from '../budget.ts';
import { type Desk, startDesk } from '../desk.ts';
import { ladderOf } from '../ladder.ts';
import { whole } from '../quiet.ts';
import { type Relay, startRelay } from '../relay.ts';
import { send, ticketOf, write } from '../ticket.ts';
import { signIn } from '../wallet.ts';
import { type Calibration, calibrate } from './calibration.ts';
import { MarketLoad } from './marketLoad.ts';
import { busyShare, footprint, installMeter, readMeter } from './pageMeter.ts';
import { percentile } from './percentile.ts';
import { Results } from './results.ts';

/*
 * The trade screen in a real Chromium against the production build, with a trader signed in and one market of 1,000 and
 * of 5,000 messages a second, and its first load on a processor of a quarter of the speed. Three repetitions, of which
 * the best time and the worst count are judged; what others slowed the machine by at the time
 * is measured between them, while desk and market stand still, and allowed for.
 */
const REPETITIONS = 3;
const WINDOW_MS = 10_000;
/** The page has drawn what it had by then. */
const STILL_MS = 500;
/** A desk that has just opened writes records of its start, for half a minute. */
const RESTED_MS = 120_000;
const ORDERS = 24;
/** Of the processor, for whoever opens the desk on a small machine. */
const THROTTLE = 4;
/** What shifts late shifts too. */
const SETTLED_MS = 5_000;

let desk: Desk;
let relay: Relay;
const load = new MarketLoad(0);

test.beforeAll(async () => {
  desk = await startDesk({});
  await whole(desk);
  await rested(desk);
  relay = await startRelay(desk.origin);
  relay.passage = load.passage;
});
test.afterAll(async () => {
  load.stop();
  await relay?.close();
  await desk?.stop();
});

test('the trade screen keeps its budget of time', async ({ page }) => {
  const results = new Results(budget.calibration);
  await installMeter(page);
  await page.goto(`${relay.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await expect(page.locator('canvas').first()).toBeVisible();
  await page.waitForTimeout(3_000);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    results.calibrated(await calibrateAlone(page));
    await watch(page, 1_000, results);
    await place(page, results);
    results.calibrated(await calibrateAlone(page));
    await watch(page, 5_000, results);
    await handle(page, results);
  }
  results.calibrated(await calibrateAlone(page));
  const session = await page.context().newCDPSession(page);
  results.add('DOM nodes', (await footprint(session)).nodes, budget.domNodes, 'count');
  const report = results.report();
  console.log(report.text);
  writeFileSync('.cache/bench-ui.json', JSON.stringify(report.rows, undefined, 2));
  expect(report.exceeded).toEqual([]);
});

test('the first screen of a processor four times slower is soon there, and stays where it is', async ({
  browser,
}) => {
  const results = new Results(budget.calibration);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    results.calibrated(await calibrate());
    const context = await browser.newContext();
    const page = await context.newPage();
    await installMeter(page);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    await page.goto(`${desk.origin}/trade/BTC-PERP`);
    await expect(page.locator('canvas').first()).toBeVisible();
    await expect(ladderOf(page)).toBeVisible();
    await page.waitForTimeout(SETTLED_MS);
    const { largestPaintMs, layoutShift } = await readMeter(page);
    results.add('largest contentful paint, ms', largestPaintMs, budget.largestPaintMs);
    results.add('layout shift', layoutShift, budget.layoutShift, 'count');
    await context.close();
  }
  results.calibrated(await calibrate());
  const report = results.report();
  console.log(report.text);
  writeFileSync('.cache/bench-first-screen.json', JSON.stringify(report.rows, undefined, 2));
  expect(report.exceeded).toEqual([]);
});

/** Until the records hold what the desk did before it was asked. */
async function rested({ origin }: Desk): Promise<void> {
  const health = async () => (await (await fetch(`${origin}/api/v1/health`)).json()) as HealthView;
  const { sequence } = await health();
  await expect
    .poll(async () => (await health()).recordsSequence, { timeout: RESTED_MS })
    .toBeGreaterThanOrEqual(sequence);
}

/** What others take of this machine: our own load would excuse itself, so desk and market stand still meanwhile. */
async function calibrateAlone(page: Page): Promise<Calibration> {
  load.perSecond = 0;
  desk.freeze();
  try {
    await page.waitForTimeout(STILL_MS);
    return await calibrate();
  } finally {
    desk.thaw();
  }
}

/** Nobody touches anything: how late the screen is and what that costs. */
async function watch(page: Page, perSecond: number, results: Results): Promise<void> {
  const session = await page.context().newCDPSession(page);
  load.perSecond = perSecond;
  await page.waitForTimeout(1_500);
  await readMeter(page);
  const sentBefore = load.sent;
  const busy = await busyShare(session, () => page.waitForTimeout(WINDOW_MS));
  const rate = ((load.sent - sentBefore) * 1_000) / WINDOW_MS;
  expect(rate, 'the load reaches its rate').toBeGreaterThan(perSecond * 0.9);
  const { tickToFrameP50Ms, tickToFrameP99Ms, longTasksMs } = await readMeter(page);
  const at = `at ${perSecond}/s`;
  results.note(`tick to frame p50 ${at}`, tickToFrameP50Ms ?? Number.NaN);
  results.add(
    `tick to frame p99 ${at}, ms`,
    tickToFrameP99Ms ?? Number.NaN,
    budget.tickToFrameP99Ms[perSecond]!,
  );
  results.add(`main thread busy ${at}`, busy, budget.busyShare[perSecond]!, 'processor');
  results.add(`long tasks ${at}`, longTasksMs.length, budget.longTasks, 'count');
  await session.detach();
}

/** Orders far from the market, one after another, at 1,000 messages a second. */
async function place(page: Page, results: Results): Promise<void> {
  const mark = Number((await page.title()).match(/[\d,]+/)?.[0].replaceAll(',', ''));
  await readMeter(page);
  for (let order = 0; order < ORDERS; order++) {
    await write(page, { size: '0.01', price: String(Math.floor(mark * 0.97)), isPostOnly: true });
    await send(page);
    await expect(page.locator('[data-pending]')).toHaveCount(0);
  }
  const { pendingMs, answeredMs } = await readMeter(page);
  // The next repetition starts from the same page.
  await page.locator('body').click({ position: { x: 700, y: 15 } });
  await page.keyboard.press('Shift+X');
  await expect(page.getByText('No open orders.')).toBeVisible();
  expect(pendingMs.length).toBe(ORDERS);
  expect(answeredMs.length).toBe(ORDERS);
  results.note('order sent to pending row p50', percentile(pendingMs, 0.5));
  results.add('order sent to pending row p98, ms', percentile(pendingMs, 0.98), budget.pendingRowMs);
  results.note('order sent to its answer in the row p50', percentile(answeredMs, 0.5));
  results.add('order sent to its answer in the row p99, ms', percentile(answeredMs, 0.99), budget.ackP99Ms);
}

/**
 * Typing and picking prices from the ladder at 5,000 messages a second: near a hundred previews, because of a few
 * dozen the 99th percentile says little.
 */
async function handle(page: Page, results: Results): Promise<void> {
  await readMeter(page);
  const quantity = ticketOf(page).getByLabel('Quantity', { exact: true });
  const ladder = await ladderOf(page).boundingBox();
  let interactions = 0;
  for (let round = 0; round < 24; round++) {
    const size = `0.0${123 + round}`;
    await quantity.fill('');
    await quantity.pressSequentially(size, { delay: 90 });
    interactions += size.length;
    const y = ladder!.y + 60 + ((round * 37) % (ladder!.height - 120));
    await page.mouse.click(ladder!.x + ladder!.width / 2, y);
    interactions++;
    await page.waitForTimeout(150);
  }
  await page.waitForTimeout(300);
  const { interactionsMs, previewP99Ms, previews } = await readMeter(page);
  // Those under 16 ms are not reported by the browser.
  const all = [
    ...interactionsMs,
    ...Array<number>(Math.max(0, interactions - interactionsMs.length)).fill(8),
  ];
  results.add('interaction to next paint p98 at 5000/s, ms', percentile(all, 0.98), budget.interactionP98Ms);
  results.add('longest event at 5000/s, ms', Math.max(0, ...interactionsMs), budget.eventMaxMs);
  results.note(`interactions over 16 ms of ${interactions}`, interactionsMs.length);
  results.add(`preview after a keystroke p99 at 5000/s, ms`, previewP99Ms ?? Number.NaN, budget.previewP99Ms);
  results.note('previews measured', previews);
}

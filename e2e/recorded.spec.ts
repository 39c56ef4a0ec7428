import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { CaptureFixture } from '../engine/lab/fixtures/captureFixture.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import type { MarketView, TradeView } from '../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../lib/format.ts';
import { type Desk, startDesk } from './desk.ts';
import { hear, heardOf, lastSeqOf } from './heard.ts';
import { test } from './journey.ts';
import {
  cutTo,
  decimalsOf,
  expectAligned,
  narrow,
  type Row,
  readRows,
  readThrough,
  rowsOf,
  usdOf,
} from './ladder.ts';
import { listen, violationsOf, whole } from './quiet.ts';
import { recordedTouches } from './recording.ts';

/**
 * Goal: what is on screen is what was recorded. How: the desk is frozen, so that the page stands at one
 * sequence; each level it shows is held against a book rebuilt from the messages it got, and the touches
 * of those messages against a book rebuilt from the file. Where they part is the page's fault in the first
 * case, the market's in the second.
 */
const RECORDINGS = '../shared/data/l2';
const root = path.resolve(import.meta.dirname, '..');
const hasRecordings = existsSync(path.join(root, RECORDINGS));
const source = hasRecordings
  ? `the recordings in ${RECORDINGS}`
  : `captures written by the test, for there is no ${RECORDINGS}`;

/** Longer than a journey lasts from the desk's start on. */
const PLAYED_MS_MAX = 150_000;
/** Some may not be: a large change can be told in two messages, and a level under the smallest order cannot rest. */
const RECORDED_SHARE_MIN = 0.9;
const QUOTED_MIN = 30;

let folder = path.join(root, RECORDINGS);
let desk: Desk;
let markets: readonly MarketView[];

test.beforeAll(async () => {
  if (!hasRecordings) {
    folder = mkdtempSync(path.join(tmpdir(), 'ballast-captures-'));
    writeCapture('BTC', 618_000, 10);
    writeCapture('ETH', 268_200, 100);
  }
  desk = await startDesk({ market: `recorded:${hasRecordings ? RECORDINGS : folder}` });
  await whole(desk);
  markets = ((await (await fetch(`${desk.origin}/api/v1/markets`)).json()) as MarketsView).markets;
});
test.afterAll(async () => {
  await desk?.stop();
  if (!hasRecordings) rmSync(folder, { recursive: true, force: true });
});

test.describe(source, () => {
  for (const coin of ['BTC', 'ETH']) {
    test(`${coin}-PERP moves, and every level on screen is the desk's, as it was recorded`, async ({
      page,
    }) => {
      const complaints = await listen(page);
      const heard = hear(page);
      const market = markets.find(({ underlying }) => underlying === coin)!;
      await page.goto(`${desk.origin}/trade/${coin}-PERP`);

      await test.step('the book fills both sides, is not crossed, and moves', async () => {
        await expect.poll(() => readRows(page)).not.toEqual([]);
        for (let change = 0, before: Row[] = []; change < 5; change++) before = await changed(page, before);
      });

      await test.step('prints, candle, last price and mark are there and not stale', async () => {
        await expect(tapeOf(page).locator('tbody tr').nth(9)).toContainText(/\d/);
        const candles = page.getByRole('tabpanel', { name: 'Candles of 1m' });
        await expect(candles.locator('canvas').first()).toBeVisible();
        await expect(page.getByRole('contentinfo')).toContainText(/feed\s+live/);
        const strip = page.getByRole('region', { name: 'Market', exact: true });
        await expect(strip.getByText('last price').locator('..')).toContainText(/[\d,]+\.\d+/);
        // An old price would carry its age, an unknown one is a dash; each is asked why by a press.
        for (const name of ['mark', 'index']) {
          const value = strip.locator('dl > div', { hasText: name }).locator('dd');
          await expect(value).toHaveText(/^[\d,]+\.\d+, why$/);
        }
      });

      await test.step('each level and print is the one the desk told, at the sequence on screen', async () => {
        await page.getByLabel('step', { exact: true }).selectOption('1');
        await whileFrozen(page, async () => {
          const seq = page.getByRole('contentinfo').getByText(/^seq/);
          await expect
            .poll(async () => Number((await seq.textContent())?.replaceAll(/\D/g, '')) - lastSeqOf(heard))
            .toBe(0);
          const { book, trades } = heardOf(heard, market.instrument);
          expect(Math.min(book.bids.size, book.asks.size)).toBeGreaterThanOrEqual(10);
          expect(Math.max(...book.bids.keys())).toBeLessThan(Math.min(...book.asks.keys()));
          const ends = rowsOf(book, market, []);
          const rows = await readThrough(page, usdOf(ends[0]!), usdOf(ends.at(-1)!));
          expect(rows).toEqual(rowsOf(book, market, rows));
          const prints = await readTape(page);
          const sizes = prints.map(([, size = '']) => size);
          expectAligned(sizes);
          const told = trades.slice(0, prints.length);
          const least = decimalsOf(narrow(formatSize(Math.max(...told.map(({ lots }) => lots)), market), 7));
          const digits = (at: number) => Math.max(least, decimalsOf(sizes[at]!));
          expect(prints).toEqual(told.map((trade, at) => printOf(trade, market, digits(at))));
        });
      });

      await test.step('and what the desk told was recorded', async () => {
        const quoted = () => [...heardOf(heard, market.instrument).quoted];
        await expect.poll(() => quoted().length, { timeout: 30_000 }).toBeGreaterThan(QUOTED_MIN);
        const recorded = recordedTouches(captureOf(coin), market, PLAYED_MS_MAX);
        const touches = quoted();
        const found = touches.filter((touch) => recorded.has(touch));
        expect(found.length / touches.length).toBeGreaterThan(RECORDED_SHARE_MIN);
      });

      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
});

/** The ladder's rows once they are others than before: bids below asks, and some of each. */
async function changed(page: Page, before: readonly Row[]): Promise<Row[]> {
  let rows: Row[] = [];
  await expect
    .poll(async () => {
      rows = await readRows(page);
      return rows;
    })
    .not.toEqual(before);
  const bids = rows.filter(([, bid]) => bid !== '').map(usdOf);
  const asks = rows.filter(([, , ask]) => ask !== '').map(usdOf);
  expect(Math.min(bids.length, asks.length)).toBeGreaterThan(0);
  expect(Math.max(...bids)).toBeLessThan(Math.min(...asks));
  return rows;
}

/** Looks at a page whose desk says nothing more. It holds what it had, and says so. */
async function whileFrozen(page: Page, look: () => Promise<void>): Promise<void> {
  desk.freeze();
  try {
    // Of the chart and of the ladder.
    await expect(page.getByText(/^held, [\d.]+ s old$/)).toHaveCount(2);
    await look();
  } finally {
    desk.thaw();
  }
  await expect(page.getByRole('contentinfo')).toContainText(/feed\s+live/);
}

const tapeOf = (page: Page) => page.getByRole('table', { name: /^Trades/ });

async function readTape(page: Page): Promise<string[][]> {
  const rows = await tapeOf(page)
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [1, 2].map((column) => row.children[column]?.textContent ?? '')));
  return rows.filter(([price]) => price !== '');
}

function printOf({ priceTicks, lots }: TradeView, market: MarketView, decimals: number): string[] {
  return [formatPrice(priceTicks, market), cutTo(formatSize(lots, market), decimals, 7)];
}

function captureOf(coin: string): string {
  const name = readdirSync(folder).find((file) => file.startsWith(`binance-usdm-${coin.toLowerCase()}usdt_`));
  return path.join(folder, name!);
}

/** A minute of a book with 25 levels a side that wanders up and down by 20 ticks, with a trade every half second. */
function writeCapture(coin: string, middleTicks: number, ticksPerUsd: number): void {
  const capture = new CaptureFixture(`${coin}USDT`);
  const levels = (shift: number, sign: 1 | -1, size: string) =>
    Array.from({ length: 25 }, (_, k): [string, string] => [
      ((middleTicks + shift + sign * (1 + 2 * k)) / ticksPerUsd).toFixed(2),
      size,
    ]);
  const shiftAt = (step: number) => Math.abs((step % 40) - 20);
  const sizeAt = (step: number) => (1 + (step % 17) / 10).toFixed(3);
  capture.snapshot(100, levels(shiftAt(0), -1, sizeAt(0)), levels(shiftAt(0), 1, sizeAt(0)));
  for (let step = 1; step < 600; step++) {
    const sides = ([-1, 1] as const).map((sign) => [
      ...levels(shiftAt(step - 1), sign, '0.000'),
      ...levels(shiftAt(step), sign, sizeAt(step)),
    ]);
    capture.diff(100 + step, 100 + step, 99 + step, sides[0]!, sides[1]!);
    if (step % 5 === 0) capture.trade(levels(shiftAt(step), 1, '')[0]![0], '0.250', false);
  }
  capture.write(path.join(folder, `binance-usdm-${coin.toLowerCase()}usdt_small.jsonl.gz`));
}

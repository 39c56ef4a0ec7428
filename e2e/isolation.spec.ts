import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { CaptureFixture } from '../engine/lab/fixtures/captureFixture.ts';
import { type Desk, startDesk } from './desk.ts';
import { test } from './journey.ts';
import { listen, violationsOf, whole } from './quiet.ts';
import { ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Bitcoin rises by an eighth at once, as a capture written here has it: it stands alone, and the screens say so. */
const FLAT_STEPS = 80;
const STEPS = 900;

let folder: string;
let desk: Desk;
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-jump-'));
  writeCapture('BTC', (step) => (step < FLAT_STEPS ? 618_000 : 695_250));
  desk = await startDesk({ market: `recorded:${folder}` });
  await whole(desk);
});
test.afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A book of 25 levels a side around a middle in tenths of a dollar, ten times a second, with a trade each second. */
function writeCapture(coin: string, middleAt: (step: number) => number): void {
  const capture = new CaptureFixture(`${coin}USDT`);
  const levels = (step: number, sign: 1 | -1, size: string) =>
    Array.from({ length: 25 }, (_, k): [string, string] => [
      ((middleAt(step) + sign * (1 + 2 * k)) / 10).toFixed(2),
      size,
    ]);
  capture.snapshot(100, levels(0, -1, '2.000'), levels(0, 1, '2.000'));
  for (let step = 1; step < STEPS; step++) {
    const sides = ([-1, 1] as const).map((sign) => [
      ...levels(step - 1, sign, '0.000'),
      ...levels(step, sign, (2 + (step % 7) / 10).toFixed(3)),
    ]);
    capture.diff(100 + step, 100 + step, 99 + step, sides[0]!, sides[1]!);
    if (step % 10 === 0) capture.trade(levels(step, 1, '')[0]![0], '0.250', false);
  }
  capture.write(path.join(folder, `binance-usdm-${coin.toLowerCase()}usdt_jump.jsonl.gz`));
}

test('a market that stands alone says why in strip and ticket, and takes only orders that reduce', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  const sentence =
    /^BTC stands alone: .*\. Only orders that reduce pass, and gains in it lend nothing, until \d\d:\d\d UTC or later\.$/;
  const strip = page.getByRole('region', { name: 'Market', exact: true });
  await expect(strip.getByRole('status')).toHaveText(sentence, { timeout: 90_000 });
  await expect(ticketOf(page).getByText(sentence)).toBeVisible();
  await write(page, { side: 'Buy', type: 'Market', size: '0.1' });
  await expect(ticketOf(page).getByText('market.isolated')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

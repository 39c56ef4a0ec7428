import { expect } from '@playwright/test';
import { movingDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listening, previewOf, sendButtonOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** How much of what trades an order is, before it is sent. */
const desk = movingDesk();

test('an order says what share of a minute and of a day it is, and a guard of a minute refuses it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const off = { warn: '', hard: '' };
    const guards = { maxSizeUsd: off, dayVolumePercent: off, priceAwayPercent: off, maxSize: {} };
    const minuteVolumePercent = { warn: '', hard: '1' };
    localStorage.setItem('ballast.settings', JSON.stringify({ guards: { ...guards, minuteVolumePercent } }));
  });
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await signIn(page, 'Trader');
  await write(page, { side: 'Buy', type: 'Market', size: '5' });
  // A market that has just begun to trade has a minute's volume as soon as it has a trade.
  await expect(previewOf(page)).toContainText(/of 1 min\s*(> 999|[\d.]+)%/);
  await expect(previewOf(page)).toContainText(/of 24 h\s*(> 999|[\d.]+)%/);
  await expect(sendButtonOf(page)).toContainText('Over your own limit');
  await expect(
    page.getByText(/^The order is .*% of what trades in a minute; your limit is 1\.0%\.$/),
  ).toBeVisible();
});

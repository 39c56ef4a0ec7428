import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** The manager's screen where there is room: panes that a smaller one has not, each of what really happened. */
const desk = stillDesk();

const MANAGER = 2;
const [WIDE, NARROW] = [
  { width: 2560, height: 1440 },
  { width: 1440, height: 900 },
];
const regionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a wide desk shows how margins went and what happened, and a smaller one neither', async ({ page }) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '0.5');
  await page.setViewportSize(WIDE);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const activity = regionOf(page, 'Activity');

  await test.step('what was ordered and what was filled stand there with their account and who it was', async () => {
    const filled = activity.getByRole('row').filter({ hasText: 'Bought 0.5000 BTC-PERP' });
    await expect(filled.first()).toContainText('Macro / BTC-basis');
    const ordered = activity.getByRole('row').filter({ hasText: 'Buy 0.5000 BTC-PERP' });
    await expect(ordered.first()).toContainText('Portfolio manager');
    await expect(activity.getByRole('link', { name: 'audit log' })).toBeVisible();
  });

  await test.step('each account that needs margin has its line, named with where it stands', async () => {
    const lines = regionOf(page, 'MM ÷ equity, 24 h').getByRole('img');
    await expect(lines).toHaveAccessibleName(/^MM ÷ equity, now .*Macro \/ BTC-basis \d+\.\d%/);
    await expect(lines.locator('g[data-line="8"] path').first()).toHaveAttribute('d', /^M[\d.]+,[\d.]+L/);
  });

  await test.step('nothing on it keeps anybody out, in either theme', async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  await test.step('where they would be slits they are not there, and the limits are where they were', async () => {
    await page.setViewportSize(NARROW);
    await expect(activity).toBeHidden();
    await expect(regionOf(page, 'MM ÷ equity, 24 h')).toBeHidden();
    await expect(regionOf(page, 'Limits')).toBeVisible();
  });
  expect(complaints).toEqual([]);
});

test('a trader sees fills, and no question about the log is refused in it', async ({ page }) => {
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '0.1');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.setViewportSize(WIDE);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Trader');
  const activity = regionOf(page, 'Activity');
  await expect(activity).toContainText('decisions are not a trader’s to read');
  await expect(activity.getByRole('row').filter({ hasText: 'Bought 0.1000 BTC-PERP' }).first()).toBeVisible();
  await expect(activity.getByRole('row').filter({ hasText: 'Buy 0.1000 BTC-PERP' })).toHaveCount(0);
  expect(asked).not.toContain('/api/v1/audit');
});

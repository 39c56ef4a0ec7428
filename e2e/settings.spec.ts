import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { openSettings } from './settingsPage.ts';
import { ticketOf } from './ticket.ts';
import { heardTones, hearTones } from './tones.ts';
import { approve, signIn } from './wallet.ts';

/** What a person sets holds at once, survives a reload without a flash, and leaves every screen readable. */
const desk = stillDesk();

const looksOf = (page: Page) =>
  page.evaluate(() =>
    ['data-theme', 'data-palette', 'data-density'].map((name) => document.documentElement.getAttribute(name)),
  );

const settle = (page: Page, change: Record<string, unknown>) =>
  page.evaluate((kept) => {
    localStorage.setItem('ballast.settings', JSON.stringify(kept));
    // What another window of the desk would tell this one.
    window.dispatchEvent(new StorageEvent('storage', { key: 'ballast.settings' }));
  }, change);

/** Everything axe judges by looks; names, roles and order are the same in all of them. */
const rulesOfLooks = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

test('the trade screen has no axe violation in any theme, palette and density', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await expect(ticketOf(page)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  for (const theme of ['dark', 'light'])
    for (const palette of ['classic', 'swapped', 'blue-orange'])
      for (const density of ['compact', 'regular', 'comfortable']) {
        const looks = [theme, palette, density];
        await settle(page, { theme, palette, density });
        await expect.poll(() => looksOf(page)).toEqual(looks);
        expect([looks, await violationsOf(page, rulesOfLooks)]).toEqual([looks, []]);
      }
});

test('the system decides the theme until somebody does, and a choice is there before the first paint', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await openSettings(page, desk.origin);
  await expect.poll(() => looksOf(page)).toEqual(['light', 'classic', 'compact']);
  await page.getByRole('radio', { name: 'dark', exact: true }).check({ force: true });
  await page.getByRole('radio', { name: 'blue up, orange down' }).check({ force: true });
  await page.getByRole('radio', { name: 'comfortable' }).check({ force: true });
  await expect.poll(() => looksOf(page)).toEqual(['dark', 'blue-orange', 'comfortable']);
  // Before any script of the app has run the attributes are there: that is what the browser paints first.
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.dataset.first = document.documentElement.getAttribute('data-palette') ?? '';
    });
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
  expect(await page.evaluate(() => document.documentElement.dataset.first)).toBe('blue-orange');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('times are in the zone that was chosen, say it, and leave the page in UTC', async ({ page }) => {
  const complaints = await listen(page);
  await openSettings(page, desk.origin);
  const clock = page.getByRole('banner').locator('time').first();
  await expect(clock).toContainText(/\d UTC$/);
  await page.getByRole('radio', { name: 'the desk' }).check({ force: true });
  await page.getByLabel('Zone of the desk').focus();
  await page.getByLabel('Zone of the desk').selectOption('Australia/Darwin');
  await expect(page.getByLabel('Zone of the desk')).toBeFocused();
  await expect(clock).toContainText(/\d UTC\+9:30$/);
  await expect(clock).toHaveAttribute('title', 'Australia/Darwin, UTC+9:30');
  // Of one moment: what the clock shows and what it says to machines.
  const apartMinutes = () =>
    clock.evaluate((time) => {
      const shown = /(\d\d):(\d\d):\d\d/.exec(time.textContent ?? '')!;
      const utc = new Date((time as HTMLTimeElement).dateTime);
      return Number(shown[1]) * 60 + Number(shown[2]) - utc.getUTCHours() * 60 - utc.getUTCMinutes();
    });
  expect(((await apartMinutes()) + 1_440) % 1_440).toBe(570);
  expect(await violationsOf(page)).toEqual([]);
  // Of this page: the records of a desk open a moment after it, and a browser complains of each refusal until then.
  expect(complaints).toEqual([]);

  await page.goto(`${desk.origin}/trade/BTC-PERP?panel=ledger`);
  await signIn(page, 'Trader');
  await expect(
    page
      .getByRole('table', { name: /^Trades/ })
      .locator('th')
      .first(),
  ).toHaveText('UTC+9:30');
  const ledger = page.getByRole('grid', { name: 'Ledger', exact: true });
  await expect(ledger.getByRole('button', { name: /^time UTC\+9:30/ })).toBeVisible();
  const cell = ledger.locator('tbody td[data-column="time"] time').first();
  await expect(cell).toHaveAttribute('title', /UTC\+9:30, Australia\/Darwin; \d\d:\d\d:\d\d\.\d{3} UTC$/);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV of Ledger' }).click();
  const [head, first] = readFileSync(await (await file).path(), 'utf8').split('\r\n');
  expect(head).toMatch(/^time UTC,/);
  expect(first!.split(',')[0]).toBe(await cell.getAttribute('datetime'));
});

test('each kind of event is heard or not, as loud as was chosen, tried by a press and remembered', async ({
  page,
}) => {
  const complaints = await listen(page);
  await hearTones(page);
  await openSettings(page, desk.origin);
  const kinds = page.getByRole('list', { name: 'What sounds' });
  const tryOf = (kind: string) => page.getByRole('button', { name: `Try: ${kind}` });
  await expect(page.getByRole('checkbox', { name: 'Sounds on' })).not.toBeChecked();
  await expect(kinds.getByRole('listitem')).toHaveCount(7);
  // Whoever wonders how it would sound hears it before anything is switched on, and nothing else then.
  await tryOf('Order filled').press('Enter');
  await expect.poll(() => heardTones(page)).toEqual([660, 880]);
  await page.getByRole('checkbox', { name: 'Margin call' }).uncheck();
  await expect(page.getByRole('slider', { name: 'Volume: Margin call' })).toBeDisabled();
  await page.getByRole('slider', { name: 'Volume: Order partly filled' }).fill('0');
  await tryOf('Order partly filled').press('Enter');
  await tryOf('Connection lost, and back').press('Enter');
  await expect.poll(() => heardTones(page)).toEqual([660, 880, 262, 196]);
  await page.getByRole('checkbox', { name: 'Sounds on' }).check();
  expect(await violationsOf(page)).toEqual([]);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Sounds on' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Margin call' })).not.toBeChecked();
  await expect(page.getByRole('slider', { name: 'Volume: Order partly filled' })).toHaveValue('0');
  await expect(page.getByRole('slider', { name: 'Volume: Order filled' })).toHaveValue('100');
  expect(complaints).toEqual([]);
});

test('a guard takes numbers and nothing else, and a reset brings back what was delivered', async ({
  page,
}) => {
  await openSettings(page, desk.origin);
  const value = page.getByRole('group', { name: 'Order value' }).getByLabel('asks from');
  await expect(value).toHaveValue('5000000');
  await value.fill('1e9');
  await expect(page.getByText('A plain number such as 2.5, or nothing.')).toBeVisible();
  await value.fill('250,000');
  await page.reload();
  await expect(value).toHaveValue('250000');
  await page.getByRole('button', { name: 'Reset all but keys' }).click();
  await expect(value).toHaveValue('5000000');
});

test('a trading key is made on terms of one’s own, which the wallet shows and the page lists', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await openSettings(page, desk.origin);
  const own = page
    .getByRole('table', { name: 'Your trading keys' })
    .getByRole('row', { name: 'this browser' });
  await expect(own).toContainText('anywhere');
  const section = page.getByRole('region', { name: 'Trading keys' });
  const make = section.getByRole('button', { name: 'Make a key for this browser' });
  await section.getByLabel('Markets').fill('xau-perp');
  await make.click();
  await expect(section.getByText('There is no market XAU-PERP.')).toBeVisible();
  await section.getByLabel('Markets').fill('eth-perp');
  await section.getByLabel('Opens an hour, at most').fill('250k');
  await section.getByLabel('From addresses').fill('203.0.113.7');
  await make.click();
  const title = 'Trader wallet: Sign typed data';
  const words = 'in ETH-PERP only, for 250,000 USD an hour at most, from 203.0.113.7 only';
  // After a reload a wallet may ask again whether the page sees its address.
  const connect = page.getByRole('dialog', { name: 'Trader wallet: Connect' });
  const sign = page.getByRole('dialog', { name: title });
  await expect(connect.or(sign)).toBeVisible();
  if (await connect.isVisible()) await approve(page, 'Trader wallet: Connect', 'Connect');
  await expect(sign).toContainText(words);
  await approve(page, title, 'Sign');
  await expect(own).toContainText('ETH-PERP');
  await expect(own).toContainText('250,000');
  await expect(own).toContainText('203.0.113.7');
  expect(complaints).toEqual([]);
});

test('a key that outlives a day is the firm’s to judge: who must sign stands there before the wallet does', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await openSettings(page, desk.origin);
  const section = page.getByRole('region', { name: 'Trading keys' });
  const make = section.getByRole('button', { name: 'Make a key for this browser' });
  const key = section.getByRole('region', { name: 'The new key' });
  await section.getByLabel('Good for').fill('30');
  await make.click();
  await expect(key).toContainText('Needs 1 ops approver');
  await expect(key).toContainText('KEYS-PAST-SOFT');
  await key.getByRole('button', { name: 'Other terms' }).click();
  await section.getByLabel('Opens an hour, at most').fill('1,500');
  await make.click();
  await expect(key).toContainText('Done at once, by KEYS.');
  await key.getByRole('button', { name: 'Sign and do it' }).click();
  const connect = page.getByRole('dialog', { name: 'Trader wallet: Connect' });
  const sign = page.getByRole('dialog', { name: 'Trader wallet: Sign typed data' });
  await expect(connect.or(sign)).toBeVisible();
  if (await connect.isVisible()) await approve(page, 'Trader wallet: Connect', 'Connect');
  await expect(sign).toContainText('for 1,500 USD an hour at most');
  await approve(page, 'Trader wallet: Sign typed data', 'Sign');
  const own = page
    .getByRole('table', { name: 'Your trading keys' })
    .getByRole('row', { name: 'this browser' });
  await expect(own).toContainText('1,500');
});

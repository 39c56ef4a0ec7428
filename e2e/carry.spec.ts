import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, choose, dialogOf, rowOf } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** What a move would do is known on the way there, by eye and by ear; what closes a place is bounded before it is asked for. */
const desk = stillDesk();
const MANAGER = 2;

async function hold(): Promise<void> {
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '2');
}

const saidOf = (page: Page) => page.getByRole('region', { name: 'Subaccounts' }).getByRole('status');

test('a position is carried with the keyboard, and each place says what it would do there', async ({
  page,
}) => {
  const complaints = await listen(page);
  await hold();
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const said = saidOf(page);
  await expect(rowOf(page, 'Macro / BTC-basis')).toBeVisible();

  await test.step('carried with the keyboard', async () => {
    await rowOf(page, 'Macro / BTC-basis').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(rowOf(page, 'BTC-PERP')).toBeFocused();
    await page.keyboard.press('m');
    await expect(said).toContainText('BTC-PERP is picked up');
    await page.keyboard.press('ArrowUp');
    await expect(rowOf(page, 'Macro / BTC-basis')).toBeFocused();
    await expect(said).toContainText('It lies there already.');
    await page.keyboard.press('ArrowUp');
    await expect(rowOf(page, 'Macro / Alts')).toBeFocused();
    await expect(said).toContainText(/Needs approval by rule PORT: .*1 risk/);
    await expect(said).toContainText(/Macro \/ Alts: MM ÷ equity [\d.]+% → [\d.]+%, distance/);
    await expect(said).toContainText(/Macro \/ BTC-basis (Net|Gross): \d+k → 0 of/);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
    await page.keyboard.press('Enter');
    await expect(dialogOf(page, 'Port a position').getByLabel('To')).toHaveValue('9');
    await expect(said).toBeEmpty();
    await page.keyboard.press('Escape');
    await expect(dialogOf(page, 'Port a position')).toBeHidden();
  });

  await test.step('dragged with the pointer, over what takes it and away again', async () => {
    await rowOf(page, 'BTC-PERP').hover();
    await page.mouse.down();
    await over(page, 'Macro / Alts');
    await expect(said).toContainText(/BTC-PERP → Macro \/ Alts Needs approval by rule PORT: .*1 risk/);
    await expect(said).toContainText(/Macro \/ Alts: MM ÷ equity [\d.]+% → [\d.]+%, distance/);
    await over(page, 'Macro / BTC-basis');
    await expect(said).toContainText('It lies there already.');
    await page.getByRole('heading', { name: 'Subaccounts' }).hover();
    await expect(said).toBeEmpty();
    await page.mouse.up();
  });

  await test.step('an account over an account: as if what is free went there', async () => {
    await rowOf(page, 'Macro / Alts').hover();
    await page.mouse.down();
    await over(page, 'Macro / BTC-basis');
    await expect(said).toContainText(/As if [\d,.]+ USDC went, about all that is free/);
    await expect(said).toContainText(/Macro \/ BTC-basis: MM ÷ equity [\d.]+% → [\d.]+%, distance/);
    await expect(said).toContainText(/Allowed by rule TRANSFER-SMALL|Needs approval by rule TRANSFER/);
    await page.getByRole('heading', { name: 'Subaccounts' }).hover();
    await expect(said).toBeEmpty();
    await page.mouse.up();
  });
  expect(complaints).toEqual([]);
});

/** A browser says that something is held over a row once the pointer has moved on it, not when it came. */
async function over(page: Page, name: string): Promise<void> {
  const row = rowOf(page, name);
  await row.hover({ position: { x: 72, y: 8 } });
  await row.hover({ position: { x: 76, y: 9 } });
}

test('what closes a place says the worst price and cost before anybody signs', async ({ page }) => {
  const complaints = await listen(page);
  await hold();
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Risk');
  await choose(page, 'Macro', 'Flatten…');
  const dialog = dialogOf(page, 'Flatten');
  const distance = dialog.getByLabel('No further from the mark than');
  const worst = async () => Number(await dialog.locator('[data-worst]').getAttribute('data-worst'));
  await expect(dialog.getByRole('table', { name: 'Worst price of each exit' })).toContainText('BTC-PERP');
  const inBand = await worst();
  expect(inBand).toBeGreaterThan(0);
  await distance.fill('0.01');
  await expect.poll(worst).toBeLessThan(inBand / 10);
  await distance.fill('far');
  await expect(distance).toHaveAccessibleDescription(/over 0 and up to 100 %/);
  await expect(dialog.getByRole('button', { name: /^Sign/ })).toHaveAttribute('aria-disabled', 'true');
  await distance.fill('0.5');
  await expect(dialog.locator('[data-worst]')).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    expect(await violationsOf(page)).toEqual([]);
  }
  expect(complaints).toEqual([]);
});

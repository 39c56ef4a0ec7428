import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, choose, dialogOf, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** Risk at the limits of a place: what is used beside each, what a change would be called, and what is no limit. */
const desk = stillDesk();
const MANAGER = 2;

test('risk tightens a place at once, is told what would loosen it, and sends nothing that is no limit', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '0.5');
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Risk');
  await choose(page, 'Macro', 'Limits…');
  const dialog = dialogOf(page, 'Change limits');
  const sign = dialog.getByRole('button', { name: /^Sign/ });
  const rowOf = (name: string) => dialog.getByRole('row', { name: new RegExp(`^${name}`) });

  await test.step('what is used stands beside every limit, set or not', async () => {
    for (const name of ['Gross USD', 'Net USD']) await expect(rowOf(name)).toContainText(/\d+k/);
    await expect(rowOf('Leverage')).toContainText(/[\d.]+×/);
    await expect(rowOf('Concentration')).toContainText('100.0%');
    await expect(rowOf('Loss of the day')).toContainText(/\d/);
  });

  await test.step('what changes nothing is not asked for, and the button says why', async () => {
    const nothing = 'Nothing changes: these are the limits it has.';
    await expect(dialog).toContainText(nothing);
    await expect(sign).toHaveAttribute('aria-disabled', 'true');
    await expect(sign).toHaveAttribute('title', nothing);
    await expect(dialog.getByLabel('Gross, hard')).toHaveValue(/^[\d,]+$/);
    expect(await dialog.getByLabel('Gross, hard').inputValue()).toContain(',');
  });

  await test.step('what is no limit is refused in its field', async () => {
    const leverage = dialog.getByLabel('Leverage, soft');
    await leverage.fill('2000');
    await expect(leverage).toHaveAttribute('aria-invalid', 'true');
    await expect(leverage).toHaveAccessibleDescription(
      'soft: Write how many times the worth, up to 1,000: 3 or 2.5.',
    );
    await expect(sign).toHaveAttribute('aria-disabled', 'true');
    expect(await violationsOf(page)).toEqual([]);
    await leverage.fill('');
    await expect(leverage).not.toHaveAttribute('aria-invalid');
  });

  await test.step('more room is called so and waits for others', async () => {
    await dialog.getByLabel('Gross, hard').fill('900m');
    await expect(dialog.locator('[data-direction="loosen"]')).toContainText('24 h');
    await expect(dialog).toContainText('1 risk + 1 admin');
  });

  await test.step('less room, of one asset too, is done at once with the keyboard alone', async () => {
    await dialog.getByLabel('Gross, hard').fill('1m');
    await expect(dialog.getByLabel('Gross, soft')).toHaveAccessibleDescription(/Over the hard limit/);
    await dialog.getByLabel('Gross, soft').fill('500k');
    await dialog.getByLabel('Limit gross and net of').selectOption('BTC');
    await dialog.getByLabel('Net BTC, hard').fill('1k');
    await expect(rowOf('Net BTC')).toContainText('over hard');
    await expect(dialog.locator('[data-direction="tighten"]')).toBeVisible();
    await expect(dialog).toContainText('Done at once');
    for (const theme of ['dark', 'light']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
    await expect(sign).not.toHaveAttribute('aria-disabled', 'true');
    await sign.focus();
    await page.keyboard.press('Enter');
    await signShown(page, 'Risk', 'Limit Macro');
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
  });
  expect(complaints).toEqual([]);
});

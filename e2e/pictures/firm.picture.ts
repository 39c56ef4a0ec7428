import { expect, test } from '@playwright/test';
import { startDesk } from '../desk.ts';
import { signIn } from '../wallet.ts';
import { fillBook } from './fullBook.ts';
import { fillFirm } from './fullFirm.ts';
import { shoot } from './shoot.ts';

test('the tree of a firm, its queue and its log', async ({ page, browser }) => {
  const desk = await startDesk();
  try {
    await fillBook(desk.origin);
    await fillFirm(desk.origin);
    await page.goto(`${desk.origin}/desk`);
    await signIn(page, 'Second portfolio manager');
    const tree = page.getByRole('treegrid', { name: 'Subaccounts' });
    const rowOf = (name: string) =>
      tree.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await rowOf('Macro / BTC-basis').focus();
    await page.keyboard.press('ArrowRight');
    await expect(rowOf('BTC-PERP')).toBeVisible();
    await shoot(page, browser, 'desk', () => expect(tree).toBeVisible());
    await page.goto(`${desk.origin}/approvals`);
    await shoot(page, browser, 'approvals', () =>
      expect(page.getByRole('region', { name: 'Quorum' })).toBeVisible(),
    );
    await page.goto(`${desk.origin}/audit`);
    await page
      .getByRole('button', { name: /^Show record/ })
      .nth(2)
      .click();
    await shoot(page, browser, 'audit', () => expect(page.getByText('hash holds')).toBeVisible());
  } finally {
    await desk.stop();
  }
});

import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listening } from './ticket.ts';
import { signIn } from './wallet.ts';

/** An address of the trade screen says what is open on it, to oneself tomorrow and to a colleague now. */
const desk = stillDesk();

const accountOf = (page: Page) => page.getByRole('banner').getByLabel('Account');
const tabOf = (page: Page, name: string) =>
  page.getByRole('tablist', { name: 'Orders and fills' }).getByRole('tab', { name: new RegExp(`^${name}`) });

const isAt = (page: Page, path: string, query: Record<string, string>) =>
  expect
    .poll(() => {
      const { pathname, searchParams } = new URL(page.url());
      return { pathname, ...Object.fromEntries(searchParams) };
    })
    .toEqual({ pathname: path, ...query });

/** Chooses the second of the person's accounts, and tells its number. */
async function chooseSecond(page: Page): Promise<string> {
  await accountOf(page).selectOption({ index: 1 });
  return await accountOf(page).inputValue();
}

test('the account and the open panel stand in the address, without a load and where the hand is', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  const first = await accountOf(page).inputValue();
  await isAt(page, '/trade/BTC-PERP', { account: first });
  await tabOf(page, 'Orders').focus();
  await expect(page.getByText('No open orders.')).toBeVisible();
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (/_rsc|\/trade\//.test(request.url())) fetched.push(request.url());
  });
  // What the router would draw anew would be another element.
  await page.evaluate(() => {
    document.querySelector('main')!.dataset.before = 'yes';
  });
  const entries = await page.evaluate(() => history.length);
  for (const [name, panel] of [
    ['Triggers', 'triggers'],
    ['Fills', 'fills'],
    ['Funding', 'funding'],
    ['Ledger', 'ledger'],
  ] as const) {
    await page.keyboard.press('ArrowRight');
    await expect(tabOf(page, name)).toHaveAttribute('aria-selected', 'true');
    await expect(tabOf(page, name)).toBeFocused();
    await isAt(page, '/trade/BTC-PERP', { account: first, panel });
  }
  await accountOf(page).focus();
  const second = await chooseSecond(page);
  await isAt(page, '/trade/BTC-PERP', { account: second, panel: 'ledger' });
  await expect(accountOf(page)).toBeFocused();
  await expect(page.locator('main[data-before="yes"]')).toBeVisible();
  expect(await page.evaluate(() => history.length)).toBe(entries);
  expect(fetched).toEqual([]);
});

test('a link opens the same market, account and panel in another window, and back opens what was left', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/ETH-PERP`);
  await signIn(page, 'Trader');
  const first = await accountOf(page).inputValue();
  const second = await chooseSecond(page);
  await tabOf(page, 'Fills').click();
  await isAt(page, '/trade/ETH-PERP', { account: second, panel: 'fills' });
  await accountOf(page).selectOption(first);
  await isAt(page, '/trade/ETH-PERP', { account: first, panel: 'fills' });

  await test.step('the link, while this browser last chose another account', async () => {
    const other = await page.context().newPage();
    await other.goto(`${desk.origin}/trade/ETH-PERP?account=${second}&panel=fills`);
    await expect(accountOf(other)).toHaveValue(second);
    await expect(tabOf(other, 'Fills')).toHaveAttribute('aria-selected', 'true');
    await expect(other.getByRole('region', { name: 'Market', exact: true })).toContainText('ETH-PERP');
    await expect(accountOf(page)).toHaveValue(first);
    await other.close();
  });

  await test.step('another market keeps both, and back and forward open each as it was left', async () => {
    await page.getByRole('navigation', { name: 'Other markets' }).getByRole('link').first().click();
    await expect.poll(() => new URL(page.url()).pathname).not.toBe('/trade/ETH-PERP');
    const path = new URL(page.url()).pathname;
    await isAt(page, path, { account: first, panel: 'fills' });
    await accountOf(page).selectOption(second);
    await tabOf(page, 'Ledger').click();
    await isAt(page, path, { account: second, panel: 'ledger' });
    await page.goBack();
    await isAt(page, '/trade/ETH-PERP', { account: first, panel: 'fills' });
    await expect(accountOf(page)).toHaveValue(first);
    await expect(tabOf(page, 'Fills')).toHaveAttribute('aria-selected', 'true');
    await page.goForward();
    await isAt(page, path, { account: second, panel: 'ledger' });
    await expect(accountOf(page)).toHaveValue(second);
    await expect(tabOf(page, 'Ledger')).toHaveAttribute('aria-selected', 'true');
  });
});

test('who is sent the link of an account that is not theirs is told so, and stands in their own', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  const theirs = await accountOf(page).inputValue();
  await page.getByRole('button', { name: 'Trader 1', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await isAt(page, '/trade/BTC-PERP', {});
  await page.goto(`${desk.origin}/trade/BTC-PERP?account=${theirs}&panel=triggers`);
  await listening(page);
  await signIn(page, 'Counterparty trader');
  const notice = page.getByRole('region', { name: 'Notices' });
  await expect(notice).toContainText(`Account ${theirs} of this link is not among yours.`);
  const own = await accountOf(page).inputValue();
  expect(own).not.toBe(theirs);
  await isAt(page, '/trade/BTC-PERP', { account: own, panel: 'triggers' });
});

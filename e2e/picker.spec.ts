import { expect, type Page } from '@playwright/test';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { listening } from './ticket.ts';

/** A hundred contracts and more are listed: the picker finds one, and draws only what is in sight. */
const desk = stillDesk();

const listOf = (page: Page) => page.getByRole('listbox', { name: 'Markets' });

async function listed(page: Page): Promise<MarketsView> {
  const ask = async () =>
    (await (await page.request.get(`${desk.origin}/api/v1/markets`)).json()) as MarketsView;
  // A desk lists its contracts once it is open.
  await expect.poll(async () => (await ask()).markets.length).toBeGreaterThan(100);
  return await ask();
}

test('a market is found by typing, by keyboard alone, among rows of which only those in sight exist', async ({
  page,
}) => {
  const complaints = await listen(page);
  const { markets } = await listed(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await page.keyboard.press('/');
  await expect(listOf(page).getByRole('option').first()).toBeVisible();
  expect(await listOf(page).getByRole('option').count()).toBeLessThan(60);
  await expect(listOf(page).getByText('Perpetuals', { exact: true })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  const put = markets.find(({ optionType, underlying }) => optionType === 'put' && underlying === 'ETH')!;
  await expect(page.getByRole('combobox', { name: 'Markets', exact: true })).toBeFocused();
  await page.keyboard.type(put.name.toLowerCase());
  await expect(listOf(page).getByRole('option')).toHaveCount(1);
  await expect(listOf(page).getByText(/^ETH options \d+[A-Z]{3}\d\d$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(({ pathname }) => pathname === `/trade/${put.name}`);
  expect(complaints).toEqual([]);
});

test('the list is sorted by what was traded, and a settled contract has left it', async ({ page }) => {
  const answer = await listed(page);
  const settled = answer.markets.find(({ kind }) => kind === 'option')!;
  await page.route('**/api/v1/markets', (route) =>
    route.fulfill({
      json: {
        ...answer,
        markets: answer.markets.map((market) =>
          market.name === settled.name ? { ...market, stage: 'settled' } : market,
        ),
      },
    }),
  );
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await page.keyboard.press('/');
  const first = listOf(page).getByRole('option').first();
  await expect(first).toContainText('BTC-PERP');
  await page.getByLabel('Sort markets').selectOption('by turnover');
  await expect(listOf(page).getByRole('option').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Markets', exact: true }).fill(settled.name);
  await expect(listOf(page).getByText(settled.name, { exact: true })).toHaveCount(0);
});

test('the list is sorted by spread and by funding, turned, and stands so when it is opened again', async ({
  page,
}) => {
  await listed(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await page.keyboard.press('/');
  await page.getByLabel('Sort markets').selectOption('by spread');
  // The spreads of the perpetuals in the order they stand, read at once; the market stands still.
  const spreads = () =>
    listOf(page)
      .getByRole('option')
      .evaluateAll((rows) =>
        rows.flatMap((row) => /([\d.]+) bp/.exec(row.textContent ?? '')?.[1] ?? []).map(Number),
      );
  const isSorted = (turn: 1 | -1) =>
    expect
      .poll(async () => {
        const shown = (await spreads()).slice(0, 8);
        return (
          shown.length === 8 && shown.every((each, at) => at === 0 || (each - shown[at - 1]!) * turn >= 0)
        );
      })
      .toBe(true);
  await isSorted(1);
  await page.getByRole('button', { name: 'Turn the order, now the tightest first' }).click();
  await isSorted(-1);
  expect(await violationsOf(page)).toEqual([]);
  await page.reload();
  await listening(page);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Sort markets')).toHaveValue('spread');
  await isSorted(-1);
  await page.getByLabel('Sort markets').selectOption('by funding');
  await expect(
    page.getByRole('button', { name: 'Turn the order, now the highest rate first' }),
  ).toBeVisible();
  await expect(listOf(page).getByRole('option').first()).toContainText(/% in 8 h/);
});

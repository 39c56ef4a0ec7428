import { expect, type Page } from '@playwright/test';
import type { AccountsView } from '../engine/protocol/views/accounts.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen } from './quiet.ts';
import { ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * Goal: the gauge is computed in the page by the functions that liquidate, and equal to the engine to the last
 * unit, whatever is held. How: a book of a perpetual, a future and an option on a desk whose prices stand still;
 * the number behind the gauge is held against the HTTP API's.
 */
const desk = stillDesk();

const gaugeOf = (page: Page) => page.getByRole('region', { name: 'Liquidation distance' });

async function buy(page: Page, market: string, side: 'Buy' | 'Sell', size: string): Promise<void> {
  await page.goto(`${desk.origin}/trade/${market}`);
  await write(page, { side, type: 'Market', size });
  await ready(page);
  await send(page);
  await expect(ticketOf(page).getByText('illed: order')).toBeVisible();
}

test('a book of a perpetual, a future and an option reads in the page what it reads in the engine', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  const { markets } = (await (await page.request.get(`${desk.origin}/api/v1/markets`)).json()) as MarketsView;
  const nearest = (kind: string) =>
    markets
      .filter((market) => market.kind === kind && market.underlying === 'BTC')
      .sort((a, b) => a.expiryMs - b.expiryMs)[0]!.name;
  await buy(page, 'BTC-PERP', 'Buy', '20');
  await buy(page, nearest('future'), 'Sell', '1');
  await buy(page, nearest('option'), 'Buy', '1');

  const account = Number(await page.getByLabel('Account', { exact: true }).inputValue());
  const inPage = async () => Number(await gaugeOf(page).locator('data').first().getAttribute('value'));
  const inEngine = async () => {
    const view = (await (await page.request.get(`${desk.origin}/api/v1/accounts`)).json()) as AccountsView;
    return view.accounts.find((each) => each.account === account)!.distance.sigmas;
  };
  expect(await inEngine()).toBeGreaterThan(0);
  // An option is worth less with every second, also on a still desk: both are asked until they speak of one moment.
  await expect.poll(async () => (await inPage()) - (await inEngine()), { intervals: [50] }).toBe(0);

  const age = gaugeOf(page).getByText(/^\d+\.\d s$/);
  const ageBefore = await age.textContent();
  await expect(age, 'its age ticks while it is fresh').not.toHaveText(ageBefore ?? '');

  await gaugeOf(page).locator('button[aria-keyshortcuts="?"]').first().click();
  await expect(page.getByRole('group', { name: 'Why Joint distance' })).toContainText(
    /seq [\d,]+, engine time .* computed in this page, at the marks since/,
  );
  expect(complaints).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import type { Desk } from './desk.ts';
import { test } from './journey.ts';
import { send, type Terms, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Signs a portfolio manager in and trades a hedged book, so that legs take and give. */
export async function openHedge(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  await trade(page, { side: 'Buy', size: '20' });
  await page.goto(`${origin}/trade/ETH-PERP`);
  await trade(page, { side: 'Sell', size: '200' });
}

/** The same book for all journeys of a file, traded once: each signs in and finds it. */
export function hedgeOfFile(desk: Pick<Desk, 'origin'>): void {
  test.beforeAll(async ({ browser }) => {
    const page = await browser.newPage();
    await openHedge(page, desk.origin);
    await page.context().close();
  });
}

async function trade(page: Page, terms: Pick<Terms, 'side' | 'size'>): Promise<void> {
  await write(page, { ...terms, type: 'Market' });
  await send(page);
  await expect(ticketOf(page)).toContainText('Filled: order');
}

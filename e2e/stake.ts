import { expect, type Page } from '@playwright/test';
import { send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * Signs a trader in and leaves something at stake: 0.3 BTC long, and a bid for 0.2 more that rests so far below the
 * market that no move of it makes the bid cross before it is sent.
 */
export async function openStake(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await write(page, { side: 'Buy', type: 'Market', size: '0.3' });
  await send(page);
  await expect(ticketOf(page)).toContainText('Filled: order');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  const bid = Number(await ticketOf(page).getByLabel('Limit', { exact: true }).inputValue());
  await write(page, { side: 'Buy', size: '0.2', price: (bid * 0.97).toFixed(0), isPostOnly: true });
  await send(page);
  await expect(ticketOf(page)).toContainText('Resting: order');
}

import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { type Relay, startRelay } from './relay.ts';
import { pressSend, review, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** An order whose answer is lost on the way is asked about by client id: found, or never arrived. Nobody sends twice. */
const desk = stillDesk();
let relay: Relay;
test.beforeEach(async ({ page }) => {
  relay = await startRelay(desk.origin);
  await page.goto(`${relay.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  await write(page, { size: '0.1', isPostOnly: true });
});
test.afterEach(() => relay.close());

const outcome = (page: Page) => ticketOf(page).getByRole('status');

test('an order that arrived before the line broke is found again', async ({ page }) => {
  const dialog = await review(page);
  relay.passage = (message, send) => {
    if (message.type !== 'answer') send(message);
  };
  await pressSend(page, dialog);
  await expect(outcome(page)).toContainText('Taking longer than expected.');
  relay.cut();
  relay.mend();
  relay.passage = undefined;
  await expect(outcome(page)).toContainText(/The order arrived\. It is order \d+\./);
});

test('an order that never left is said to have never arrived', async ({ page }) => {
  const dialog = await review(page);
  // What the desk says is heard until the order has left: on a feed that is held none would.
  relay.isDeaf = true;
  await pressSend(page, dialog);
  relay.cut();
  await expect(outcome(page)).toContainText('Taking longer than expected.');
  relay.isDeaf = false;
  relay.mend();
  await expect(outcome(page)).toContainText('The order never arrived. Nothing was placed.');
});

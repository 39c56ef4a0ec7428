import { expect, type Page } from '@playwright/test';
import { movingDesk } from './deskOfFile.ts';
import { expectHeard, heardOn, listenTo } from './ears.ts';
import { test } from './journey.ts';
import { agree, listening, review, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * A trader who hears the screen: roles, names and live regions are all there is. The market moves, because what is said
 * once on a market that stands still may be said at every tick of one that does not.
 */
const desk = movingDesk();

const ordersOf = (page: Page) => page.getByRole('grid', { name: 'Open orders' });

test('signs in, hears the gauge, writes, is told why not, sends, finds the order, cancels it', async ({
  page,
}) => {
  await listenTo(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await signIn(page, 'Portfolio manager');
  await expectHeard(page, /^Signed in: Portfolio manager 1\.$/m);

  await test.step('what the order would do is said once, and then what it did', async () => {
    await write(page, { type: 'Market', size: '100' });
    await expectHeard(
      page,
      /Preview: 100\.0000 BTC fills now at .* Account: initial .* distance .* limits pass, nearest /,
    );
    await silent(page);
    const dialog = await review(page);
    await expect(dialog.getByRole('list', { name: 'What will be signed' })).toMatchAriaSnapshot(`
      - list "What will be signed":
        - listitem: /Buy 100 BTC-PERP, at market/
    `);
    await agree(page, dialog);
    await expectHeard(page, /Filled: order \d+ at seq [\d,]+\. Filled 100\.0000 BTC at/);
  });

  await test.step('the gauge is a sentence, with what drives it', async () => {
    const gauge = page.getByRole('region', { name: 'Liquidation distance' });
    await expect(
      gauge.getByRole('img', { name: /^Joint distance [\d.]+ ?σ.*BTC alone.*Most likely way: BTC −/ }),
    ).toBeVisible();
  });

  await test.step('an order that would be refused is told with its reason, once', async () => {
    await writeBelowBid(page, '2000');
    await expectHeard(page, /(cap|margin|order)\.\w+\. \S.*\./);
    await silent(page);
  });

  await test.step('an order that rests is found by its cells and cancelled by its name', async () => {
    await writeBelowBid(page, '0.2');
    await expectHeard(page, /Preview: 0\.2000 BTC rests\. Account: /);
    await agree(page, await review(page));
    await expectHeard(page, /Resting: order \d+ at seq [\d,]+\. 0\.2000 BTC open\./);
    await expect(ordersOf(page).getByRole('columnheader', { name: /^state/ })).toHaveCount(1);
    await expect(ordersOf(page)).toMatchAriaSnapshot(`
      - gridcell "BTC-PERP"
      - gridcell /buy/
      - gridcell "Limit"
      - gridcell "GTC post"
      - gridcell "0.2000"
    `);
    await expect(ordersOf(page).getByRole('gridcell', { name: 'working' })).toHaveCount(1);
    const cancel = ordersOf(page).getByRole('button', { name: /^Cancel order \d+$/ });
    const [orderId] = /\d+/.exec((await cancel.getAttribute('aria-label')) ?? '') ?? [];
    await cancel.press('Enter');
    await expectHeard(page, new RegExp(`Order ${orderId} cancelled\\.`));
    await expect(ordersOf(page).getByRole('gridcell', { name: 'cancelled' })).toHaveCount(1);
  });
});

/** An order at a price that is not reached. Its size is written last: a draft without one is not judged, and none is told twice. */
async function writeBelowBid(page: Page, size: string): Promise<void> {
  const ticket = ticketOf(page);
  await ticket.getByRole('button', { name: 'Price at bid' }).click();
  const limit = ticket.getByLabel('Limit', { exact: true });
  const bid = Number(await limit.inputValue());
  await limit.fill((bid * 0.98).toFixed(0));
  await ticket.getByLabel('post').setChecked(true);
  await write(page, { size, isPostOnly: true });
}

/**
 * While nobody does anything nothing is said, however the market moves. That prices stood still, and that they are back, is
 * said, and is no noise.
 */
async function silent(page: Page): Promise<void> {
  const before = (await heardOn(page)).length;
  await page.waitForTimeout(3_000);
  const said = (await heardOn(page)).slice(before);
  const ofFeed = /^(Blocked: [\w ]+ too old\b|Feed (stale|offline)$|Connected again after )/;
  expect(said.filter((words) => !ofFeed.test(words))).toEqual([]);
}

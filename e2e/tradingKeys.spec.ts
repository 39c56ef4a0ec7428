import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { signShown } from './firm.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import { openSettings } from './settingsPage.ts';
import { send, ticketOf, write } from './ticket.ts';
import { approve, type PersonName, signIn } from './wallet.ts';

/** A trading key from its first order to its end: trades, is held to less, is revoked, and what it sends then is refused. */
const desk = stillDesk();

const tableOf = (page: Page) => page.getByRole('table', { name: /rading keys/ });
const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const statusOf = (page: Page, name: string) => dialogOf(page, name).getByRole('status');

/** What the page's own key is answered when it orders, over HTTP: a bot that holds the key would do the same. */
const orderOf = (page: Page, instrument: string) =>
  page.evaluate(async (name) => {
    const algorithms = { ed25519: { name: 'Ed25519' }, p256: { name: 'ECDSA', hash: 'SHA-256' } };
    type Handle = { scheme: keyof typeof algorithms; publicKey: string; privateKey: CryptoKey };
    const handles = await new Promise<Handle[]>((resolve) => {
      const opening = indexedDB.open('ballast', 1);
      opening.onsuccess = () => {
        const all = opening.result.transaction('agentKeys').objectStore('agentKeys').getAll();
        all.onsuccess = () => resolve(all.result);
      };
    });
    // The page forgets a key that has ended; who stole it would not.
    const thief = window as unknown as { kept?: Handle };
    thief.kept ??= handles[0]!;
    const { kept } = thief;
    const { chainId, vault } = await (await fetch('/api/v1/markets')).json();
    const { accounts } = await (await fetch('/api/v1/session')).json();
    const operations = [{ type: 'CancelAll', account: accounts[0].account, instrument: name }];
    const text = JSON.stringify({ domain: 'Ballast', chainId, vault, nonce: Date.now(), operations });
    const signed = await crypto.subtle.sign(
      algorithms[kept.scheme],
      kept.privateKey,
      new TextEncoder().encode(text),
    );
    const signature = Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
    const answer = await fetch('/api/v1/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ballast': '1' },
      body: JSON.stringify({ text, agent: kept.publicKey, signature }),
    });
    const body = await answer.json();
    return body.error?.code ?? body.results[0].error?.code ?? body.results[0].status;
  }, instrument);

/** After a reload a wallet may ask again whether the page sees its address. */
async function sign(page: Page, person: PersonName, shows: string): Promise<void> {
  const connect = page.getByRole('dialog', { name: `${person} wallet: Connect` });
  const typed = page.getByRole('dialog', { name: `${person} wallet: Sign typed data` });
  await expect(connect.or(typed)).toBeVisible();
  if (await connect.isVisible()) await approve(page, `${person} wallet: Connect`, 'Connect');
  await signShown(page, person, shows);
}

async function openKeys(page: Page, person: PersonName): Promise<void> {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, person);
  await openSettings(page, desk.origin);
  await expect(tableOf(page)).toBeVisible();
}

test('a key trades, is changed, is revoked, and orders no more', async ({ page }) => {
  await openKeys(page, 'Trader');
  const own = tableOf(page).getByRole('row', { name: 'this browser' });
  await expect(own).toContainText('anywhere');
  expect(await orderOf(page, 'BTC-PERP')).not.toContain('.');
  await expect(own).toContainText('127.0.0.1');

  await own.getByRole('button', { name: /^Change/ }).click();
  const changing = 'Change a trading key';
  await expect(statusOf(page, changing)).toContainText('Nothing changes: these are the terms it has.');
  const change = dialogOf(page, changing).getByRole('button', { name: /^Sign/ });
  await expect(change).toHaveAttribute('aria-disabled', 'true');
  await dialogOf(page, changing).getByLabel('Markets').fill('eth-perp');
  await dialogOf(page, changing).getByLabel('Opens an hour, at most').fill('250k');
  await expect(statusOf(page, changing)).toContainText('Done at once');
  expect(await violationsOf(page)).toEqual([]);
  await change.click();
  await sign(page, 'Trader', 'in ETH-PERP only, for 250,000 USD an hour at most');
  await expect(statusOf(page, changing)).toContainText('It is done.');
  await dialogOf(page, changing).getByRole('button', { name: 'Close' }).click();
  await expect(own).toContainText('ETH-PERP');
  await expect(own).toContainText('0 of 250,000');

  await own.getByRole('button', { name: /^Revoke/ }).click();
  const revoking = 'Revoke a trading key';
  await expect(dialogOf(page, revoking)).toContainText(
    'Orders it placed or changed last are cancelled at once',
  );
  await expect(statusOf(page, revoking)).toContainText('Done at once');
  expect(await violationsOf(page)).toEqual([]);
  await dialogOf(page, revoking).getByRole('button', { name: /^Sign/ }).click();
  await signShown(page, 'Trader', 'Revoke the trading key');
  await expect(statusOf(page, revoking)).toContainText('It is done.');
  expect(await orderOf(page, 'ETH-PERP')).toBe('actor.revoked');
  await dialogOf(page, revoking).getByRole('button', { name: 'Close' }).click();
  await expect(own).toHaveCount(0);
});

test('who watches over the firm ends a key, and the browser that traded with it lets go of it at once', async ({
  page,
  browser,
}) => {
  const other = await browser.newContext();
  const trader = await other.newPage();
  await trader.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(trader, 'Portfolio manager');
  await ticketOf(trader).getByRole('button', { name: 'Price at bid' }).click();
  await write(trader, { size: '0.01', isPostOnly: true });
  await send(trader);
  await expect(ticketOf(trader).getByRole('status')).toContainText(/order/i);
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Risk');
  await openSettings(page, desk.origin);
  const theirs = tableOf(page).getByRole('row', { name: 'Portfolio manager 1' });
  await theirs.getByRole('button', { name: /^Change/ }).click();
  const changing = dialogOf(page, 'Change a trading key');
  await changing.getByLabel('Good from now for').fill('30');
  await expect(changing.getByRole('status')).toContainText('Would be refused');
  await changing.getByRole('button', { name: 'Cancel' }).click();
  await theirs.getByRole('button', { name: /^Revoke/ }).click();
  const revoking = dialogOf(page, 'Revoke a trading key');
  await expect(revoking.getByRole('status')).toContainText('Done at once');
  await revoking.getByRole('button', { name: /^Sign/ }).click();
  await sign(page, 'Risk', 'Revoke the trading key');
  await expect(revoking.getByRole('status')).toContainText('It is done.');
  await revoking.getByRole('button', { name: 'Close' }).click();
  await expect(theirs).toHaveCount(0);
  await expect(trader.getByRole('button', { name: 'Approve trading key' })).toBeVisible();
  await other.close();
});

test('an auditor sees every key and is offered nothing', async ({ page, browser }) => {
  const other = await browser.newContext();
  const trader = await other.newPage();
  await openKeys(trader, 'Trader');
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Auditor');
  await openSettings(page, desk.origin);
  const theirs = tableOf(page).getByRole('row', { name: 'Trader 1' }).first();
  await expect(theirs).toBeVisible();
  await expect(tableOf(page).getByRole('button')).toHaveCount(0);
  expect(await violationsOf(page)).toEqual([]);
  await other.close();
});

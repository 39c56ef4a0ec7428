import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import { watchFor } from './sighting.ts';
import { signIn } from './wallet.ts';

/** A page of another site does nothing in the name of who is signed in, and a session ends everywhere when told to. */
const desk = stillDesk();

/** Another site: a page of nothing, on a host name that is not the desk's. */
async function openForeignPage(context: BrowserContext): Promise<{ page: Page; close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>another site</title><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await context.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return { page, close: () => server.close() };
}

const isSignedIn = (page: Page) =>
  page.evaluate(async () => (await fetch('/api/v1/session', { headers: { 'x-ballast': '1' } })).status);

test('a page of another site reads nothing, sends nothing and hears nothing', async ({ page, context }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  expect(await isSignedIn(page)).toBe(200);
  const foreign = await openForeignPage(context);
  const outcome = await foreign.page.evaluate(async (origin) => {
    const tried: string[] = [];
    const attempt = async (words: string, init: RequestInit, path = '/api/v1/session') => {
      try {
        const response = await fetch(origin + path, { credentials: 'include', ...init });
        tried.push(`${words} ${response.type}`);
      } catch {
        tried.push(`${words} blocked`);
      }
    };
    const body = JSON.stringify({ account: 8, asset: 'USDC', amount: '1000000' });
    await attempt('read', {});
    await attempt('delete', { method: 'DELETE', headers: { 'x-ballast': '1' } });
    await attempt('json', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await attempt('simple', { method: 'POST', mode: 'no-cors', body }, '/api/v1/sandbox/faucet');
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/stream`);
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
    return { tried, isOpen };
  }, desk.origin);
  // The desk's answer to the simple request is there and nobody may read it.
  expect(outcome.tried).toEqual(['read blocked', 'delete blocked', 'json blocked', 'simple blocked']);
  expect(outcome.isOpen).toBe(false);
  // A form goes as far as a form can, and comes to a refusal.
  await foreign.page.evaluate((origin) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: `${origin}/api/v1/sandbox/faucet`, enctype: 'text/plain' });
    document.body.append(form);
    form.submit();
  }, desk.origin);
  await expect(foreign.page.getByText('request.originNotAllowed')).toBeVisible();
  expect(await isSignedIn(page)).toBe(200);
  foreign.close();
});

test('who ends their other sessions is signed out there at once, and stays here', async ({
  page,
  browser,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Auditor');
  await page.goto(`${desk.origin}/settings`);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(other, 'Auditor');
  const sessions = page.getByRole('table', { name: 'Sessions' });
  await expect(sessions.getByRole('row')).toHaveCount(3);
  expect(await violationsOf(page)).toEqual([]);
  await expect(other.getByRole('button', { name: 'Auditor', exact: true })).toBeVisible();
  const signedOut = await watchFor(other, [{ at: 'button', says: /^Sign in$/ }]);
  const pressed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        document.addEventListener('click', () => resolve(Date.now()), { capture: true, once: true });
      }),
  );
  await page.getByRole('button', { name: 'End all others' }).click();
  await signedOut.seenWithin(1_000, await pressed);
  await expect(sessions.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Auditor', exact: true })).toBeVisible();
  await elsewhere.close();
});

/** Every page there is, as the folders of the app name them. */
function pagePaths(): string[] {
  const files = readdirSync(path.resolve(import.meta.dirname, '../app'), { recursive: true }).map(String);
  const folders = files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => path.dirname(file));
  return folders.map((folder) => `/${folder === '.' ? '' : folder.replace('[market]', 'BTC-PERP')}`);
}

test('the cookie of a session is out of reach of scripts and other sites, and new with each sign-in', async ({
  page,
  context,
}) => {
  await page.goto(`${desk.origin}/status`);
  const secrets: string[] = [];
  for (const isConnected of [false, true]) {
    await signIn(page, 'Auditor', isConnected);
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([
      {
        name: '__Host-ballast',
        domain: '127.0.0.1',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
      },
    ]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    secrets.push(cookies[0]!.value);
    await page.getByRole('button', { name: 'Auditor', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await expect.poll(() => context.cookies()).toEqual([]);
  }
  // 256 random bits, and nobody can have them before they are given.
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(secrets[0]).not.toBe(secrets[1]);
});

test('every page has the headers of a page, and a new nonce each time', async ({ request }) => {
  for (const page of [...pagePaths(), '/no-such']) {
    const [first, second] = [await request.get(desk.origin + page), await request.get(desk.origin + page)];
    const headers = first.headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, page).toContain("default-src 'none'");
    expect(policy, page).toContain("frame-ancestors 'none'");
    expect(policy, page).not.toContain('unsafe-eval');
    expect(policy, page).not.toBe(second.headers()['content-security-policy']);
    expect(headers, page).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['x-powered-by'], page).toBeUndefined();
  }
});

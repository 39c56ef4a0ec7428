import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { FirmNodeView, FirmView } from '../engine/protocol/views/firm.ts';
import { formatUsd, formatUsdShort } from '../lib/format.ts';
import { movingDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import { openSettings } from './settingsPage.ts';
import { signIn } from './wallet.ts';

/**
 * An auditor goes from a decision to the desk as it was before and behind it, reads what differs, can change nothing
 * there, and comes back. The market moves meanwhile: nothing of it reaches a page of the past.
 */
const desk = movingDesk();

const RISK = 3;
const BASIS = 8;
const READ_ONLY = 'This is the past: nothing can be changed from there. Go back to now.';

const banner = (page: Page) => page.getByRole('region', { name: 'The past' });

/** Lowers the gross limit of a place by a tenth: risk does that alone, and at once. */
async function tighten(): Promise<{ place: FirmNodeView; before: number; after: number }> {
  const risk = await FirmPerson.signIn(desk.origin, RISK);
  const { body } = await risk.client.get<FirmView>('/api/v1/firm');
  const place = body.nodes.find(({ limits }) => limits?.hard.grossUsd !== undefined)!;
  const { soft, hard } = place.limits!;
  const before = hard.grossUsd!;
  const after = before * 0.9;
  const limits = {
    soft: { ...soft, grossUsd: Math.min(soft.grossUsd ?? after, after) },
    hard: { ...hard, grossUsd: after },
  };
  await risk.ask({ kind: 'SetLimits', node: place.node, limits });
  return { place, before, after };
}

/** The hard limits that the page shows of a place, as its table has them. */
const hardOf = (page: Page, place: string) =>
  page
    .getByRole('table', { name: 'Limits and how much of them is used' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: place, exact: true }) })
    .filter({ hasText: /gross/i })
    .first();

/** On the audit page, the last decision about limits. */
async function openDecision(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'action' }).selectOption('SetLimits');
  const row = page.getByRole('grid', { name: 'Audit log' }).getByRole('row').filter({ hasText: 'SetLimits' });
  await row
    .first()
    .getByRole('button', { name: /^Show record/ })
    .click();
}

/** Waits until a page of the past stands; a moment that is being made for somebody else is waited for. */
async function stands(page: Page): Promise<void> {
  await expect(banner(page)).toContainText('UTC', { timeout: 60_000 });
}

test('from a decision to the desk before and behind it: the limit differs, nothing can be pressed, back to now', async ({
  page,
}) => {
  const { place, before, after } = await tighten();
  await page.goto(`${desk.origin}/audit`);
  await signIn(page, 'Auditor');
  await openDecision(page);
  await page.getByRole('link', { name: 'before', exact: true }).click();
  await stands(page);
  await expect(banner(page)).toContainText('Read only');
  await expect(banner(page)).toContainText('Auditor, auditor');
  await expect(hardOf(page, place.label)).toContainText(formatUsdShort(before));
  await expect(page.getByRole('treegrid', { name: 'Subaccounts' })).toContainText('BTC-basis');
  expect(await actingButtons(page)).toEqual([]);
  for (const theme of ['dark', 'light']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    expect(await violationsOf(page)).toEqual([]);
  }

  await page.goBack();
  await openDecision(page);
  await page.getByRole('link', { name: 'after this', exact: true }).click();
  await stands(page);
  await expect(hardOf(page, place.label)).toContainText(formatUsdShort(after));
  expect(await actingButtons(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(banner(page)).toBeHidden();
  await expect(page).toHaveURL(`${desk.origin}/desk`);
  await expect(page.getByRole('button', { name: /^Actions of .*BTC-basis$/ })).toBeVisible();
});

/** Buttons of the page's panes that are neither disabled with the reason nor known to change only what is looked at. */
function actingButtons(page: Page): Promise<string[]> {
  return page.evaluate((reason) => {
    const looks =
      '[data-look], [role=tab], [aria-pressed], [aria-current], [popovertarget], th button, [aria-expanded], [aria-label^="Open "], [aria-label^="Close "]';
    return [...document.querySelectorAll<HTMLButtonElement>('main button, header button')]
      .filter((button) => !button.matches(looks) && button.closest('[popover]') === null)
      .filter((button) => !button.disabled && button.closest('fieldset:disabled') === null)
      .filter((button) => !(button.ariaDisabled === 'true' && button.title === reason))
      .map((button) => button.outerHTML.slice(0, 160));
  }, READ_ONLY);
}

test('on a moving market a page of the past stands still, and asks for nothing but the past', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const sequence = async () =>
    (await (await page.request.get(`${desk.origin}/api/v1/health`)).json()).sequence as number;
  const seq = await sequence();
  const past = await page.context().newPage();
  const live: string[] = [];
  past.on('websocket', (socket) => live.push(socket.url()));
  past.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const isToday = pathname === '/api/v1/session' && request.method() === 'GET';
    const isPast = request.method() === 'GET' && searchParams.get('asOf') === String(seq);
    if (pathname.startsWith('/api/') && !isToday && !isPast)
      live.push(`${request.method()} ${request.url()}`);
  });
  const there: AccountView = await (
    await page.request.get(`${desk.origin}/api/v1/accounts/${BASIS}?asOf=${seq}`)
  ).json();

  for (const place of ['trade/BTC-PERP', 'risk', 'options', 'approvals', 'desk']) {
    await past.goto(`${desk.origin}/${place}?asOf=${seq}`);
    await stands(past);
    await past.getByRole('combobox', { name: 'Account', exact: true }).selectOption(String(BASIS));
    const equity = past.getByRole('banner').getByText(formatUsd(there.margin.equityUsd, 2), { exact: true });
    await expect(equity).toBeVisible();
    expect(await actingButtons(past), place).toEqual([]);
    const moved = await sequence();
    await expect.poll(sequence).toBeGreaterThan(moved);
    await expect(equity).toBeVisible();
  }
  await past.goto(`${desk.origin}/trade/BTC-PERP?asOf=${seq}`);
  await expect(past.getByRole('region', { name: 'Trades' })).toContainText('not kept by sequence');
  await expect(past.getByRole('region', { name: 'Market', exact: true })).toContainText(
    'of the past the desk shows marks, indexes and books',
  );
  await expect(past.getByRole('button', { name: /The past is read only/ })).toBeVisible();
  for (const place of ['audit', 'status', 'verify', 'settings', 'help/margin']) {
    await past.goto(`${desk.origin}/${place}?asOf=${seq}`);
    await expect(past.getByRole('main')).toContainText('This page is not shown as of a sequence.');
  }
  await past.goto(`${desk.origin}/risk?asOf=${seq}`);
  await stands(past);
  await past.getByRole('navigation').getByRole('link', { name: 'Settlement' }).click();
  await expect(past.getByRole('main')).toContainText('It is shown as of now alone');
  expect(new URL(past.url()).searchParams.get('asOf')).toBe(String(seq));
  expect(live).toEqual([]);
});

test('a sequence that is none, and one that has not come, are refused in words and with their code', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Auditor');
  for (const [asOf, code, words] of [
    ['soon', 'request.malformed', 'A sequence is a whole number from 1.'],
    ['999999999', 'past.future', 'has not come to that sequence yet'],
  ] as const) {
    await page.goto(`${desk.origin}/desk?asOf=${asOf}`);
    await expect(page.getByRole('main')).toContainText(words);
    await expect(page.getByRole('main')).toContainText(code);
    await expect(page.getByRole('treegrid')).toBeHidden();
  }
});

test('the top bar leads to the page that is open as of a sequence, and from a page without a past to the tree', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Auditor');
  const open = page.getByRole('banner').getByRole('button', { name: 'as of…' });
  const panel = page.getByRole('group', { name: 'This page as of a sequence' });
  const sequence = panel.getByLabel('Sequence');
  await open.click();
  await sequence.fill('999999999');
  await sequence.press('Enter');
  await expect(panel.getByRole('alert')).toContainText(/Write a sequence from 1 to [\d,]+\./);
  for (const theme of ['dark', 'light']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    expect(await violationsOf(page)).toEqual([]);
  }
  await sequence.fill('150');
  await sequence.press('Enter');
  await expect(page).toHaveURL(
    ({ pathname, searchParams }) => pathname === '/risk' && searchParams.get('asOf') === '150',
  );
  await stands(page);
  await expect(banner(page)).toContainText('as of sequence 150');
  await expect(open).toBeHidden();
  await openSettings(page, desk.origin);
  // Numbers that come into the bar meanwhile move the button from under the pointer.
  await expect(async () => {
    if (!(await sequence.isVisible())) await open.click();
    await expect(sequence).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await sequence.fill('151');
  await sequence.press('Enter');
  await expect(page).toHaveURL(`${desk.origin}/desk?asOf=151`);
});

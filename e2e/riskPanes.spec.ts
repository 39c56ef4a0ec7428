import { expect, type Page } from '@playwright/test';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { OracleView } from '../engine/protocol/views/oracle.ts';
import type { MarginScheduleView } from '../engine/protocol/views/schedule.ts';
import type { StressesView } from '../engine/protocol/views/stress.ts';
import { stillDesk } from './deskOfFile.ts';
import { hedgeOfFile } from './hedge.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** What margin stands on and what stresses would do, on a market that stands still: the screen has what the API has. */
const desk = stillDesk();
hedgeOfFile(desk);

const ask = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(`${desk.origin}/api/v1/${path}`)).json()) as T;

const oracleOf = (page: Page) => page.getByRole('region', { name: 'Oracle' });
const scheduleOf = (page: Page) => page.getByRole('region', { name: 'MM schedule' });
const scenariosOf = (page: Page) => page.getByRole('region', { name: 'Scenarios', exact: true });

/** Exact numbers of a row, as the screen has them behind what it shows. */
const amountsOf = (page: Page, row: string) =>
  page
    .locator(`${row} data`)
    .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));

async function openRisk(page: Page): Promise<void> {
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Portfolio manager');
}

test('a risk officer sees what every index stands on, and its sources one press away', async ({ page }) => {
  const complaints = await listen(page);
  await openRisk(page);
  const rows = oracleOf(page).locator('tr[data-index]');
  // A source that was late for a moment is live again in the next answer: both sides are asked until they agree.
  await expect(async () => {
    const { indexes } = await ask<OracleView>(page, 'oracle');
    const [btc] = indexes;
    await expect(rows).toHaveCount(indexes.length, { timeout: 1_500 });
    const live = `${btc!.liveSources}/${btc!.sources.length}`;
    await expect(rows.first()).toContainText(live, { timeout: 1_500 });
  }).toPass();
  await expect(
    rows.first().getByRole('img', { name: /^BTC: sources from .+ bp of the index$/ }),
  ).toBeVisible();
  // Nothing is in trouble: the first stands in full until another is picked, here without a mouse.
  const doge = oracleOf(page).getByRole('button', { name: 'DOGE', exact: true });
  await doge.focus();
  await page.keyboard.press('Enter');
  await expect(doge).toHaveAttribute('aria-pressed', 'true');
  const sources = oracleOf(page).getByRole('region', { name: 'Sources of DOGE', exact: true });
  await expect(sources).toContainText('isolates if live < 3 or confidence < 0.40');
  await expect(sources.locator('tr[data-source]')).toHaveCount(7);
  await expect(sources.getByRole('button', { name: /^live/ })).toHaveCount(7);
  await oracleOf(page)
    .getByRole('button', { name: /^1\.00/ })
    .first()
    .click();
  await expect(page.getByRole('group', { name: 'Why Confidence in BTC' })).toContainText(
    'stands alone under',
  );
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
});

test('an index in trouble is shown in full by itself, with its rule and since when', async ({ page }) => {
  await openRisk(page);
  const view = await ask<OracleView>(page, 'oracle');
  const doge = view.indexes.find(({ underlying }) => underlying === 'DOGE')!;
  const startMs = Date.UTC(2026, 0, 5, 10);
  doge.liveSources = 2;
  doge.confidencePpm = 285_714;
  doge.window = { rule: 'sources', startMs, heldMs: startMs, endsMs: startMs + 600_000 };
  doge.sources = doge.sources.map((source) =>
    source.source < 2
      ? source
      : {
          ...source,
          state: source.source === 6 ? 'outOfBand' : 'stale',
          deviationBp: source.source === 6 ? 112.5 : 0,
        },
  );
  await page.route('**/api/v1/oracle', (route) => route.fulfill({ json: view }));
  const sources = oracleOf(page).getByRole('region', { name: 'Sources of DOGE', exact: true });
  await expect(sources).toContainText(
    'alone since 10:00:00: too few live sources; ends 10:10:00 UTC or later',
  );
  await expect(sources.locator('tr[data-source="6"]')).toContainText('out of band');
  await expect(sources.locator('tr[data-source="6"]')).toContainText('+112.5');
  await expect(oracleOf(page).getByText('DOGE alone')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test('the published schedule says what maintenance margin is now and will be', async ({ page }) => {
  await openRisk(page);
  const schedule = await ask<MarginScheduleView>(page, 'margin-schedule');
  await page.route('**/api/v1/margin-schedule', (route) => {
    const btc = schedule.multipliers.find(({ underlying }) => underlying === 'BTC')!;
    Object.assign(btc, { targetPpm: 1_190_000, nextPpm: 1_050_000 });
    btc.steps = [{ atMs: schedule.atMs, muPpm: 1_050_000 }];
    return route.fulfill({ json: schedule });
  });
  const btc = scheduleOf(page).locator('tr[data-row="BTC"]');
  await expect(btc).toContainText('1.19');
  await expect(btc).toContainText('1.05');
  await btc.getByRole('button', { name: /^1\.05/ }).click();
  await expect(page.getByRole('group', { name: /^Why Multiplier of BTC, at/ })).toContainText('announced');
  await page.keyboard.press('Escape');
  const selected = Number(await page.getByLabel('Account', { exact: true }).inputValue());
  const own = schedule.accounts.find(({ account }) => account === selected)!;
  const { margin } = await ask<AccountView>(page, `accounts/${selected}`);
  expect(Math.abs(own.nowUsd - margin.maintenanceUsd)).toBeLessThan(margin.maintenanceUsd / 1_000);
  await expect.poll(() => amountsOf(page, 'tr[data-row="total"]:has(data)')).toContain(own.thenUsd);
  expect(own.parts.reduce((sum, { nowUsd }) => sum + nowUsd, 0)).toBe(own.nowUsd);
});

test('stresses say what each would do to the account and to all, and which legs bring it', async ({
  page,
}) => {
  const complaints = await listen(page);
  await openRisk(page);
  const view = await ask<StressesView>(page, 'stresses');
  await page.route('**/api/v1/stresses', (route) => route.fulfill({ json: view }));
  await expect(scenariosOf(page)).toContainText(`seq ${view.seq.toLocaleString('en')}`);
  const selected = Number(await page.getByLabel('Account', { exact: true }).inputValue());
  const own = view.accounts.find(({ account }) => account === selected)!;
  const [first] = own.outcomes;
  const row = 'tr[data-scenario="S1"]';
  await expect
    .poll(() => amountsOf(page, row))
    .toEqual([first!.pnlUsd, first!.equityUsd, first!.maintenanceUsd, first!.deficitUsd]);
  expect(first!.equityUsd - first!.pnlUsd).toBe(own.equityUsd);

  await test.step('a row says which legs, by keyboard', async () => {
    const profit = page.locator(row).getByRole('button').first();
    await profit.focus();
    await page.keyboard.press('?');
    const why = page.getByRole('group', { name: /^Why P&L under Alts/ });
    await expect(why).toContainText('BTC −13.0%, perpetuals, futures');
    await expect(why).toContainText('ETH −20.0%, perpetuals, futures');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(profit).toBeFocused();
  });

  await test.step('all accounts together', async () => {
    await page.getByRole('tab', { name: /^all 3 accounts/ }).click();
    const pnlUsd = view.accounts.reduce((sum, { outcomes }) => sum + outcomes[0]!.pnlUsd, 0);
    await expect.poll(async () => (await amountsOf(page, row))[0]).toBe(pnlUsd);
    await expect(scenariosOf(page).getByRole('columnheader', { name: 'worst' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
  });
  expect(complaints).toEqual([]);
});

test('numbers that are no longer renewed are held, and can still be read', async ({ page }) => {
  await openRisk(page);
  const equity = page.locator('tr[data-row="equity"]');
  await expect(equity).toBeVisible();
  await page.route('**/api/v1/**', (route) => route.abort());
  const isFaint = () =>
    equity.evaluate((row) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--text-3)';
      const faint = getComputedStyle(probe).color;
      probe.remove();
      return getComputedStyle(row).color === faint;
    });
  await expect.poll(isFaint).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
});

test('whoever is not signed in reads the oracle and nothing of accounts', async ({ request }) => {
  expect((await request.get(`${desk.origin}/api/v1/oracle`)).status()).toBe(200);
  for (const path of ['stresses', 'margin-schedule']) {
    const answer = await request.get(`${desk.origin}/api/v1/${path}`);
    expect([answer.status(), (await answer.json()).error.code]).toEqual([401, 'session.required']);
  }
});

test('two panes of one place change by keyboard, and the focus stays on their tabs', async ({ page }) => {
  await openRisk(page);
  const tabs = page.getByRole('tablist', { name: 'Offsets and history' });
  await tabs.getByRole('tab', { name: 'Isolated against cross' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tabs.getByRole('tab', { name: 'History' })).toBeFocused();
  await expect(page.getByRole('img', { name: /^joint distance/ })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(tabs.getByRole('tab', { name: 'Isolated against cross' })).toBeFocused();
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect(tabs).toBeHidden();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Legs alone and as one book' })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import type { AccountsView } from '../engine/protocol/views/accounts.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import type { OptionChainView } from '../engine/protocol/views/options.ts';
import { stillDesk } from './deskOfFile.ts';
import { dollars, fallAt, fallOf, readFall, readFallAt, sum } from './fall.ts';
import { hedgeOfFile } from './hedge.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { announceOutsideWallet, signIn } from './wallet.ts';

/**
 * A risk officer's look at accounts on a market that stands still, so that every number on screen can be
 * compared with the HTTP API's at the same sequence.
 */
const desk = stillDesk();
hedgeOfFile(desk);

/**
 * Asks for all accounts and answers the page with the same: margin of a paused desk may still move while its book closes a
 * gap. A question that was on its way is answered by the desk, so what is compared is compared at this sequence.
 */
async function holdAccounts(page: Page): Promise<AccountsView> {
  const view = (await (await page.request.get(`${desk.origin}/api/v1/accounts`)).json()) as AccountsView;
  await page.route('**/api/v1/accounts', (route) => route.fulfill({ json: view }));
  return view;
}

test('a risk officer reads the fall from net asset value to free margin and asks why', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Risk' }).click();
  await expect(fallOf(page)).toBeVisible();

  await test.step('the rows add up, at the digits shown and exactly', async () => {
    const rows = await readFall(page);
    const named = (start: string) => [...rows].filter(([id]) => id.startsWith(start)).map(([, row]) => row);
    const drivers = ['leg ', 'residual ', 'fade ', 'clamp ', 'addOn '].flatMap(named);
    const [nav, equity, maintenance, buffer, free] = ['nav', 'equity', 'maintenance', 'buffer', 'free'].map(
      (id) => rows.get(id)!,
    );
    expect(named('leg ').length).toBeGreaterThanOrEqual(2);
    for (const key of ['shown', 'exact'] as const) {
      expect(nav![key] + sum(named('haircut '), key)).toBe(equity![key]);
      expect(sum(drivers, key)).toBe(maintenance![key]);
      expect(sum([equity!, maintenance!, buffer!, ...named('credit')], key)).toBe(free![key]);
    }
  });

  await test.step('the numbers are the API’s at the same sequence', async () => {
    const { seq, accounts } = await holdAccounts(page);
    const selected = Number(await page.getByLabel('Account', { exact: true }).inputValue());
    const { margin } = accounts.find(({ account }) => account === selected)!;
    await expect.poll(() => readFallAt(page)).toEqual(fallAt(seq, [margin]));
    await page.unroute('**/api/v1/accounts');
  });

  await test.step('a number says why, by keyboard alone', async () => {
    const number = fallOf(page).locator('tr[data-row="equity"]').getByRole('button');
    await number.focus();
    const why = page.getByRole('group', { name: 'Why Equity' });
    await page.keyboard.press('?');
    await expect(why).toBeVisible();
    await expect(why).toContainText('net asset value − haircuts');
    await expect(why).toContainText(/seq [\d,]+, engine time/);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
    await expect(number).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(why).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the winning scenario is a sentence with legs that sum to it', async () => {
    const legs = page.getByRole('table', { name: 'Legs of the winning scenario' });
    await expect(page.getByRole('tabpanel', { name: 'Winning scenario' })).toContainText(
      /[A-Z]+ [−+][\d.]+ %/,
    );
    const values = await legs
      .locator('tr[data-row]')
      .evaluateAll((all) =>
        all.map((row) => [row.getAttribute('data-row'), Number(row.querySelector('data')?.value)] as const),
      );
    const at = values.findIndex(([id]) => id === 'scan');
    expect(values.slice(0, at).reduce((total, [, usd]) => total + usd, 0)).toBe(values[at]![1]);
    const total = values.slice(at, -1).reduce((all, [, usd]) => all + usd, 0);
    expect(total).toBe(values.at(-1)![1]);
  });

  await test.step('isolated legs less what is saved is what one book needs', async () => {
    const values = new Map(
      await page
        .getByRole('table', { name: 'Legs alone and as one book' })
        .locator('tr[data-row]')
        .evaluateAll((all) =>
          all.map((row) => [row.getAttribute('data-row'), Number(row.querySelector('data')?.value)] as const),
        ),
    );
    expect(values.get('isolated')! + values.get('saved')!).toBe(values.get('cross'));
    expect(values.get('saved')).toBeLessThan(0);
  });

  await test.step('other venues say what the same book would need there', async () => {
    const venues = page.getByRole('table', { name: 'Margin on other venues' });
    await expect(venues.getByRole('cell', { name: 'Ballast', exact: true })).toBeVisible();
    const hyperliquid = venues.locator('tr[data-venue="hyperliquid"]');
    await expect(hyperliquid.locator('data')).toHaveCount(2);
    await hyperliquid.getByRole('button', { name: 'Hyperliquid', exact: true }).click();
    const words = page.getByRole('region', { name: 'Hyperliquid in words' });
    await expect(words).toContainText('BTC-PERP liquidated at');
    await expect(words).toContainText('Published rules, our copy of');
  });

  await test.step('the gauge names its three measures', async () => {
    const gauge = page.getByRole('region', { name: 'Liquidation distance' });
    for (const measure of [/^joint/, /^market$/, /alone$/])
      await expect(gauge.getByRole('rowheader', { name: measure }).first()).toBeVisible();
    await expect(gauge).toContainText('Most likely way:');
  });

  await test.step('all accounts add up to the firm, and another account is one press away', async () => {
    await page.getByRole('tab', { name: /^all 3 accounts/ }).click();
    const { seq, accounts: all } = await holdAccounts(page);
    const margins = all.map(({ margin }) => margin);
    await expect.poll(() => readFallAt(page)).toEqual(fallAt(seq, margins));
    await expect(page.getByRole('table', { name: 'Winning scenario of each account' })).toBeVisible();
    await page.getByRole('tab', { name: 'account', exact: true }).click();
    const accounts = page.getByRole('table', { name: 'Accounts', exact: true });
    await accounts.getByRole('button', { name: 'Vol', exact: true }).click();
    await expect(page.getByLabel('Account', { exact: true }).locator('option:checked')).toContainText('Vol');
    const vol = all.find(({ label }) => label === 'Vol')!;
    await expect.poll(() => readFallAt(page)).toEqual(fallAt(seq, [vol.margin]));
    await page.unroute('**/api/v1/accounts');
  });

  await test.step('accounts sort by any column, at the press of its head', async () => {
    const accounts = page.getByRole('table', { name: 'Accounts', exact: true });
    await accounts.getByRole('button', { name: /^equity/ }).click();
    await expect(accounts.getByRole('columnheader', { name: 'equity' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    const equities = await accounts
      .locator('tr[data-account] td:nth-child(2) data')
      .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));
    expect(equities).toEqual([...equities].sort((a, b) => b - a));
  });

  await test.step('the history has begun, and says since when', async () => {
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(page.getByText(/kept since \d\d:\d\d UTC/)).toBeVisible();
    await expect(page.getByRole('img', { name: /^joint distance/ })).toBeVisible();
  });

  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test.describe('whoever may not see', () => {
  test('is asked to sign in, and gets a code from the API', async ({ page, request }) => {
    const complaints = await listen(page);
    await page.goto(`${desk.origin}/risk`);
    await expect(page.getByText('Sign in to see margin.')).toBeVisible();
    await expect(fallOf(page)).toBeHidden();
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    for (const path of ['accounts', 'accounts/8/margin-history', 'accounts/8/venues']) {
      const answer = await request.get(`${desk.origin}/api/v1/${path}`);
      expect([answer.status(), (await answer.json()).error.code]).toEqual([401, 'session.required']);
    }
  });

  test('a wallet that is no member reads so and sees nothing', async ({ page }) => {
    await announceOutsideWallet(page, 'stranger');
    await page.goto(`${desk.origin}/risk`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /^Outside/ }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not a member');
    await page.keyboard.press('Escape');
    await expect(page.getByText('Sign in to see margin.')).toBeVisible();
    await expect(fallOf(page)).toBeHidden();
  });

  test('a trader sees two of three accounts, and a code for the third', async ({ page }) => {
    await page.goto(`${desk.origin}/risk`);
    await signIn(page, 'Trader');
    await expect(page.getByRole('tab', { name: /^all 2 accounts/ })).toBeVisible();
    const answer = await page.request.get(`${desk.origin}/api/v1/accounts/10/margin-history`);
    expect([answer.status(), (await answer.json()).error.code]).toEqual([403, 'actor.outOfScope']);
  });
});

/** A chain whose every expiry has its prices: they are listed soon after the desk is open, and priced one after another. */
async function pricedChain(
  page: Page,
  underlying: string,
): Promise<{ expiries: OptionChainView['expiries']; strikeCount: number }> {
  const ask = async <T>(path: string) =>
    (await (await page.request.get(`${desk.origin}/api/v1/${path}`)).json()) as T;
  let expiries: OptionChainView['expiries'] = [];
  await expect(async () => {
    ({ expiries } = await ask<OptionChainView>(`options/${underlying}`));
    const { markets } = await ask<MarketsView>('markets');
    const options = markets.filter(
      (market) => market.kind === 'option' && market.stage === 'trading' && market.underlying === underlying,
    );
    expect(options.length).toBeGreaterThan(0);
    expect(expiries.flatMap((expiry) => expiry.options)).toHaveLength(options.length);
  }).toPass();
  return { expiries, strikeCount: new Set(expiries[0]!.options.map(({ strikeE8 }) => strikeE8)).size };
}

test('an option chain stands by expiry, calls left and puts right, and leads to its markets', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/options`);
  const chain = page.getByRole('table', { name: /^Chain of BTC/ });
  const strikes = chain.locator('tr[data-strike]');
  await expect(strikes.first()).toBeVisible();
  const { expiries: dates, strikeCount } = await pricedChain(page, 'BTC');
  await expect(strikes).toHaveCount(strikeCount);
  await expect(page.getByText('Sign in to see your payoff.')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);

  await test.step('a call and a put of one strike have the same volatility, and deltas one apart', async () => {
    const cells = await strikes.first().locator('td').allTextContents();
    expect(cells).toHaveLength(17);
    expect(cells[4]).toBe(cells[12]);
    expect(dollars(cells[3]!) - dollars(cells[13]!)).toBeCloseTo(1, 1);
  });

  await test.step('best prices stand around the marks', async () => {
    const cells = strikes.nth(Math.floor(strikeCount / 2)).locator('td');
    for (const price of [5, 7, 9, 11]) await expect(cells.nth(price)).toHaveText(/\d/, { timeout: 20_000 });
    const texts = await cells.allTextContents();
    expect(dollars(texts[5]!)).toBeLessThan(dollars(texts[7]!));
    expect(dollars(texts[9]!)).toBeLessThan(dollars(texts[11]!));
  });

  await test.step('another expiry is one press away', async () => {
    const expiries = page.getByRole('tablist', { name: 'Expiry' }).getByRole('tab');
    await expect(expiries).toHaveCount(dates.length);
    await expiries.nth(1).click();
    await expect(expiries.nth(1)).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('a mark is the way to its market', async () => {
    const mark = chain.getByRole('link').first();
    const name = (await mark.getAttribute('href'))!.replace('/trade/', '');
    await mark.click();
    await expect(page).toHaveURL(({ pathname }) => pathname === `/trade/${name}`);
    await expect(page.getByRole('region', { name: 'Market', exact: true })).toContainText(name);
  });
  const unknown = await page.request.get(`${desk.origin}/api/v1/options/NONE`);
  expect((await unknown.json()).error.code).toBe('underlying.unknown');
  expect(complaints).toEqual([]);
});

test('the payoff of an account is drawn over the price of its underlying', async ({ page }) => {
  await page.goto(`${desk.origin}/options`);
  await signIn(page, 'Portfolio manager');
  await expect(
    page.getByRole('img', { name: /^Payoff of BTC-PERP between [\d,]+ and [\d,]+/ }),
  ).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test('help shows the worked example in both of its forms', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/help/margin`);
  const ways = page.getByRole('table', { name: 'Distance of the example in both forms' });
  const cellsOf = (way: string) => ways.getByRole('row', { name: new RegExp(`^${way}`) }).getByRole('cell');
  await expect(cellsOf('ETH alone').nth(1)).toHaveText('+6.4%');
  await expect(cellsOf('ETH alone').nth(2)).toHaveText('3.02');
  await expect(cellsOf('The market').nth(2)).toHaveText('15.90');
  await expect(cellsOf('Joint').nth(2)).toHaveText('2.97');
  await expect(cellsOf('Joint').nth(4)).not.toHaveText('2.97');
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

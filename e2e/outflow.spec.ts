import { type Browser, expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import {
  choose,
  detailOf,
  dialogOf,
  entryOf,
  groupOf,
  openApprovals,
  propose,
  rowOf,
  signShown,
} from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { openSettlement, send } from './vault.ts';
import { type PersonName, signIn } from './wallet.ts';

/**
 * Where a firm's money may go and how much of it in a day: asked for by operations, agreed to by others in browsers of
 * their own, and held to when money leaves.
 */
const desk = stillDesk();

const SECOND_APPROVER = 12;
const CUSTODIAN = `0x${'ab'.repeat(20)}`;
const BANK = `0x${'cd'.repeat(20)}`;
const [BOOK, LISTED, UNLISTED, LIMITS] = [
  'Address book',
  'Address for withdrawals',
  'Take an address off the book',
  'Withdrawal limits',
];

const bookOf = (page: Page) => page.getByRole('region', { name: /^Address book \d+$/ });
const lineOf = (page: Page, to: string) => bookOf(page).locator(`tr[data-to="${to}"]`);
const limitsOf = (page: Page) => page.getByRole('region', { name: LIMITS, exact: true });

async function openBook(page: Page, person: PersonName): Promise<void> {
  await openApprovals(page, desk.origin, person);
  await page.getByRole('tab', { name: BOOK }).click();
  await expect(bookOf(page)).toContainText('owns the firm');
}

async function elsewhere(browser: Browser): Promise<Page> {
  return await (await browser.newContext()).newPage();
}

/** Nothing to object to, in either theme. */
async function lookClosely(page: Page): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    expect(await violationsOf(page)).toEqual([]);
  }
}

async function write(page: Page, to: string, name: string, dayUsd: string): Promise<void> {
  await bookOf(page).getByRole('button', { name: 'Add an address' }).click();
  const dialog = dialogOf(page, LISTED);
  await dialog.getByLabel('Address').fill(to);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('To it in a day').fill(dayUsd);
}

/** Signs what a dialog does at once, and closes it. */
async function doIt(page: Page, title: string, person: PersonName, shows: string): Promise<void> {
  const dialog = dialogOf(page, title);
  await dialog.getByRole('button', { name: 'Sign and do it' }).click();
  await signShown(page, person, shows);
  await expect(dialog.getByRole('status')).toHaveText(/^Done/);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
}

async function agreeAs(page: Page, person: PersonName, proposal: number, says: string): Promise<void> {
  await openApprovals(page, desk.origin, person);
  await expect(groupOf(page, 'Mine to sign')).toContainText(`#${proposal}`);
  await entryOf(page, proposal).click();
  await expect(detailOf(page, proposal)).toContainText(says);
  await page.getByRole('button', { name: `Agree to #${proposal}` }).click();
  await signShown(page, person, says);
}

/** Writes a withdrawal of so much USDC on the settlement page. */
async function writeWithdrawal(page: Page, amount: string, to?: string) {
  await page.getByRole('button', { name: /^Withdraw/ }).click();
  const dialog = dialogOf(page, 'Withdraw');
  if (to !== undefined) await dialog.getByLabel('To address').fill(to);
  await dialog.getByLabel('Amount').fill(amount);
  return dialog;
}

test('operations ask for an address, two of them and the owner agree, and it waits its day', async ({
  page,
  browser,
}) => {
  const complaints = await listen(page);
  await openBook(page, 'Ops maker');
  const says = `Let withdrawals go to Custodian, ${CUSTODIAN}, at most 250,000 USD a day.`;

  const proposal =
    await test.step('what is no address is not asked for, and who must agree stands there first', async () => {
      await write(page, '0x12', 'Custodian', '250k');
      const dialog = dialogOf(page, LISTED);
      await expect(dialog).toContainText('Not an address: 0x and 40 hex digits.');
      await dialog.getByLabel('Address').fill(CUSTODIAN.toUpperCase().replace('0X', '0x'));
      await expect(dialog).toContainText('not in the book→ Custodian, at most 250,000 USD a day');
      await expect(dialog).toContainText('2 ops approver + 1 firm owner · waits 24 h');
      await lookClosely(page);
      const number = await propose(page, LISTED, 'Ops maker', says);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(lineOf(page, CUSTODIAN)).toContainText(`0 of 3 agreed#${number}`);
      return number;
    });

  await test.step('two of operations and the owner’s own wallet agree, and it is not in force yet', async () => {
    const [approver, owner] = [await elsewhere(browser), await elsewhere(browser)];
    await agreeAs(approver, 'Ops approver', proposal, says);
    await (await FirmPerson.signIn(desk.origin, SECOND_APPROVER)).agree(proposal);
    await expect(lineOf(page, CUSTODIAN)).toContainText('2 of 3 agreed');
    await agreeAs(owner, 'Firm owner', proposal, says);
    await expect(groupOf(owner, 'Held by delay')).toContainText(`#${proposal}`);
    await expect(lineOf(page, CUSTODIAN)).toContainText(/in force in 2[34]:\d\d:\d\d#/);
    await expect(lineOf(page, CUSTODIAN)).toContainText('not listed');
    await lookClosely(page);
    await approver.context().close();
    await owner.context().close();
  });

  await test.step('its number leads to the proposal', async () => {
    await lineOf(page, CUSTODIAN)
      .getByRole('button', { name: `#${proposal}` })
      .click();
    await expect(detailOf(page, proposal)).toContainText(says);
  });
  expect(complaints).toEqual([]);
});

test('risk limits what leaves in a day: what is within goes on, what is above is refused with its reason', async ({
  page,
  browser,
}) => {
  const complaints = await listen(page);
  const risk = await elsewhere(browser);
  await openSettlement(page, desk.origin, 'Portfolio manager');

  await test.step('less room is done at once', async () => {
    await openBook(risk, 'Risk');
    await limitsOf(risk).getByRole('button', { name: 'Change limits' }).click();
    const dialog = dialogOf(risk, LIMITS);
    await expect(dialog).toContainText('Nothing changes: these are the limits it has.');
    await dialog.getByLabel('In all in a day').fill('much');
    await expect(dialog.getByLabel('In all in a day')).toHaveAttribute('aria-invalid', 'true');
    await dialog.getByLabel('In all in a day').fill('5k');
    await dialog.getByLabel('To any one address in a day').fill('1k');
    await expect(dialog.locator('[data-direction="tighten"]')).toBeVisible();
    await lookClosely(risk);
    await doIt(risk, LIMITS, 'Risk', 'to one address at most 1,000 USD a day');
    await expect(limitsOf(risk)).toContainText('0 of 5,000');
  });

  await test.step('a withdrawal above it is refused with its sentence and code', async () => {
    const dialog = await writeWithdrawal(page, '1,000.01');
    const refused = dialog.locator('[data-refusal="withdrawal.destinationLimit"]');
    await expect(refused).toContainText('More would go to this address in this day than may.');
    await expect(refused).toContainText('withdrawal.destinationLimit');
    await expect(dialog.getByRole('button', { name: 'Sign and propose' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await lookClosely(page);
  });

  await test.step('the same address within it is asked for', async () => {
    await dialogOf(page, 'Withdraw').getByLabel('Amount').fill('999');
    await propose(page, 'Withdraw', 'Portfolio manager', 'Withdraw 999 USDC');
  });

  await test.step('more room waits for others and a day', async () => {
    await limitsOf(risk).getByRole('button', { name: 'Change limits' }).click();
    const dialog = dialogOf(risk, LIMITS);
    await expect(dialog.getByLabel('In all in a day')).toHaveValue('5,000');
    await dialog.getByLabel('In all in a day').fill('');
    await expect(dialog.locator('[data-direction="loosen"]')).toContainText('24 h');
    await expect(dialog).toContainText('1 risk + 1 admin');
    await risk.context().close();
  });
  expect(complaints).toEqual([]);
});

test('a firm of one lists an address, withdraws there as far as its limit goes, and takes it off', async ({
  page,
}) => {
  const complaints = await listen(page);
  await openSettlement(page, desk.origin, 'Counterparty trader');

  await test.step('the vault’s list, which is the owner’s own', async () => {
    await page.getByRole('button', { name: 'Address list' }).click();
    const dialog = dialogOf(page, 'Address list');
    await dialog.getByLabel('To address').fill(BANK);
    await dialog.getByRole('button', { name: 'Send with my wallet' }).click();
    await send(page, 'Counterparty trader', 'setWhitelist');
    await expect(dialog.getByText(/^final in block/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the vault’s list alone does not do: the book lacks it, and its own form is at hand', async () => {
    const dialog = await writeWithdrawal(page, '100', BANK);
    await expect(dialog.locator('[data-refusal="withdrawal.notInBook"]')).toBeVisible();
    await dialog.getByRole('button', { name: 'Add it to the book…' }).click();
    const form = dialogOf(page, LISTED);
    await expect(form.getByLabel('Address')).toHaveValue(BANK);
    await form.getByLabel('Name').fill('Bank');
    await form.getByLabel('To it in a day').fill('150');
    await expect(form).toContainText('not in the book→ Bank, at most 150 USD a day');
    await lookClosely(page);
  });

  await test.step('nobody else has to agree in a firm of one, and the withdrawal is as it was written', async () => {
    await doIt(page, LISTED, 'Counterparty trader', `Let withdrawals go to Bank, ${BANK}`);
    const dialog = dialogOf(page, 'Withdraw');
    await expect(dialog.getByLabel('Amount')).toHaveValue('100');
    await expect(dialog.getByRole('button', { name: 'Sign and withdraw' })).not.toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await goTo(page, 'Approvals');
    await page.getByRole('tab', { name: BOOK }).click();
    await expect(lineOf(page, BANK)).toContainText(/150.*1 of 1 accounts.*in the book/);
  });

  await test.step('within its limit it goes on, above it is refused', async () => {
    await goTo(page, 'Settlement');
    const dialog = await writeWithdrawal(page, '150.01', BANK);
    await expect(dialog.locator('[data-refusal="withdrawal.destinationLimit"]')).toBeVisible();
    await dialog.getByLabel('Amount').fill('100');
    await dialog.getByRole('button', { name: 'Sign and withdraw' }).click();
    await signShown(page, 'Counterparty trader', `Withdraw 100 USDC`);
    await expect(dialog.getByRole('status')).toHaveText(/^Authorised/);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await goTo(page, 'Approvals');
    await expect(lineOf(page, BANK).getByRole('cell').nth(3)).toHaveText('100');
  });

  await test.step('off the book it is refused again', async () => {
    await lineOf(page, BANK).getByRole('button', { name: 'Take off Bank' }).click();
    await expect(dialogOf(page, UNLISTED)).toContainText('Bank→ not in the book');
    await lookClosely(page);
    await doIt(page, UNLISTED, 'Counterparty trader', `Let no more withdrawals go to ${BANK}.`);
    await expect(lineOf(page, BANK)).toHaveCount(0);
    await expect(bookOf(page)).toContainText('Only the owner’s own address is paid.');
    await goTo(page, 'Settlement');
    const dialog = await writeWithdrawal(page, '1', BANK);
    await expect(dialog.locator('[data-refusal="withdrawal.notInBook"]')).toContainText(
      'The firm’s address book has no such address.',
    );
  });
  expect(complaints).toEqual([]);
});

test('a subaccount is kept apart at once, takes nothing from its sisters, and goes back only in a day', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');

  await test.step('it is kept apart', async () => {
    await choose(page, 'Macro / Alts', 'Keep apart…');
    await expect(dialogOf(page, 'Keep apart')).toContainText('with the others→ kept apart');
    await expect(dialogOf(page, 'Keep apart').locator('[data-direction="tighten"]')).toBeVisible();
    await lookClosely(page);
    await doIt(page, 'Keep apart', 'Portfolio manager', 'Keep Macro / Alts (9) apart');
    await expect(rowOf(page, 'Macro / Alts')).toBeFocused();
    await expect(rowOf(page, 'Macro / Alts')).toContainText('apart');
  });

  await test.step('a transfer to it is refused with its sentence', async () => {
    await choose(page, 'Macro / BTC-basis', 'Transfer collateral…');
    const dialog = dialogOf(page, 'Transfer collateral');
    await dialog.getByLabel('To').selectOption('9');
    await dialog.getByLabel('Amount').fill('1');
    const refused = dialog.locator('[data-refusal="account.segregated"]');
    await expect(refused).toContainText('A segregated account moves nothing to another');
    await expect(refused).toContainText('account.segregated');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('that it is so no longer is for others to agree to', async () => {
    await choose(page, 'Macro / Alts', 'Keep apart no longer…');
    const title = 'Keep apart no longer';
    await expect(dialogOf(page, title)).toContainText('1 risk + 1 ops approver');
    const proposal = await propose(
      page,
      title,
      'Portfolio manager',
      'Keep Macro / Alts (9) apart no longer.',
    );
    await dialogOf(page, title).getByRole('button', { name: 'Close' }).click();
    await expect(rowOf(page, 'Macro / Alts')).toContainText(`#${proposal}`);
  });
  expect(complaints).toEqual([]);
});

/** By the rail: a page that is loaded anew would have to be signed in to again. */
async function goTo(page: Page, name: string): Promise<void> {
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await links.filter({ hasText: new RegExp(`${name}$`) }).click();
}

import { expect, type Page } from '@playwright/test';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { type PersonName, signIn } from './wallet.ts';

/** The page on which a firm's people decide. */
export const queueOf = (page: Page) => page.getByRole('region', { name: 'Proposals' });
export const groupOf = (page: Page, name: string) => queueOf(page).getByRole('region', { name });
export const entryOf = (page: Page, proposal: number) =>
  queueOf(page).getByRole('button', { name: `#${proposal} ` });
export const detailOf = (page: Page, proposal: number) =>
  page.getByRole('region', { name: new RegExp(`^#${proposal} `) });

/** Opens the approvals page as somebody. */
export async function openApprovals(page: Page, origin: string, person: PersonName): Promise<void> {
  await page.goto(`${origin}/approvals`);
  await signIn(page, person);
  await expect(page.getByRole('tab', { name: 'Queue' })).toBeVisible();
}

/** Signs what the sandbox's wallet of a person shows, once it shows that it is about this. */
export async function signShown(page: Page, person: PersonName, shows: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `${person} wallet: Sign typed data` });
  await expect(dialog).toContainText(shows);
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** The firm's tree, where a person asks for what others have to agree to. */
const treeOf = (page: Page) => page.getByRole('treegrid', { name: 'Subaccounts' });
export const rowOf = (page: Page, name: string) =>
  treeOf(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
export const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Opens a row's menu with the keyboard alone and chooses from it. */
export async function choose(page: Page, row: string, item: string): Promise<void> {
  await rowOf(page, row).focus();
  await page.keyboard.press('Enter');
  const buttons = page.getByRole('group', { name: `Actions of ${row}`, exact: true }).getByRole('button');
  // The menu gives the focus to its first line a frame after it is there: before that it would take it away again.
  await expect(buttons.first()).toBeFocused();
  await buttons.filter({ hasText: item }).focus();
  await page.keyboard.press('Enter');
}

/**
 * Chooses to port the position that stands below an account, without a mouse.
 *
 * @returns its dialog
 */
export async function choosePort(page: Page, account: string, market: string) {
  await rowOf(page, account).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(rowOf(page, market)).toBeFocused();
  await choose(page, market, 'Port to another account…');
  return dialogOf(page, 'Port a position');
}

/**
 * Has the person's wallet sign what a dialog of the tree proposes, once it shows that it is about this.
 *
 * @returns the number under which it waits
 */
export async function propose(page: Page, title: string, person: PersonName, shows: string): Promise<number> {
  const dialog = dialogOf(page, title);
  await dialog.getByRole('button', { name: 'Sign and propose' }).click();
  await signShown(page, person, shows);
  const said = dialog.getByRole('status');
  await expect(said).toHaveText(/^Proposal \d+ waits/);
  return Number(/\d+/.exec((await said.textContent()) ?? ''));
}

/**
 * Looks at the desk as of before the decision that is shown. It is made anew from the journal, within the time the desk
 * gives it; on a slow machine it is asked again.
 */
export async function lookBack(page: Page) {
  const past = page.getByRole('region', { name: /^Desk as of/ });
  const live = page.getByRole('button', { name: 'Return to live' });
  await expect(async () => {
    if (await live.isVisible()) await live.click();
    await page.getByRole('button', { name: 'desk before it' }).click();
    await expect(past).toContainText('State hash', { timeout: 25_000 });
  }).toPass();
  return past;
}

/** The page that checks an export without a desk. */
export const foundOn = (page: Page) => page.getByRole('region', { name: 'Found' });

export async function checkExport(page: Page, content: string): Promise<void> {
  await page.getByLabel('File to check').setInputFiles({
    name: 'audit.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(content),
  });
}

/** The first account of the sandbox's firm. */
const BASIS = 8;

/** Buys this much bitcoin for the account Macro / BTC-basis. */
export async function buyForBasis(
  person: { trade(order: OrderDraftWire): Promise<void> },
  size: string,
): Promise<void> {
  const order = { account: BASIS, instrument: 'BTC-PERP', side: 'buy', size, type: 'market' } as const;
  // A desk that has just opened has a book a moment later.
  await expect(() => person.trade(order)).toPass();
}

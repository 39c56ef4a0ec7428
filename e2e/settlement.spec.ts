import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { infect, refusalOf, swapInWallet } from './malware.ts';
import { listen, violationsOf } from './quiet.ts';
import { announceOutsideWallet, type PersonName, signIn } from './wallet.ts';

/**
 * Money comes in by a wallet's own transactions and goes out by a root that a quorum signed; what stands in between is
 * on one page, and a balance is proved on it without the desk's word.
 */
const desk = stillDesk();

const [OPS_APPROVER, OWNER] = [5, 9];
const OTHER_WALLET = `0x${'66'.repeat(20)}`;

const regionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** A row of what came in and went out, by its amount: the vault's own table may hold the same number. */
const rowOf = (page: Page, amount: string) =>
  page
    .getByRole('table', { name: 'Each deposit and withdrawal' })
    .getByRole('row')
    .filter({ hasText: amount });

/** Opens the page as somebody, once the vault holds what was credited. */
async function openSettlement(page: Page, person: PersonName): Promise<void> {
  await page.goto(`${desk.origin}/settlement`);
  await signIn(page, person);
  await expect(regionOf(page, 'Vault and liabilities')).toContainText('100.0000%', { timeout: 60_000 });
}

/** Has the sandbox's wallet send a transaction, once it says what it calls. */
async function send(page: Page, person: PersonName, call: string): Promise<void> {
  const wallet = dialogOf(page, `${person} wallet: Send a transaction`);
  await expect(wallet.getByRole('region', { name: call, exact: true })).toBeVisible();
  await wallet.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(wallet).toBeHidden();
}

/** Writes a deposit of so much, and waits until it is worked out. */
async function writeDeposit(page: Page, amount: string) {
  await page.keyboard.press('d');
  const dialog = dialogOf(page, 'Deposit');
  await dialog.getByLabel('Amount').fill(amount);
  await expect(dialog.getByRole('list', { name: 'Transactions' })).toContainText(
    `Deposit ${amount}.000000 USDC`,
  );
  return dialog;
}

test('a deposit is made, allowed and sent by the wallet, and is credited once its block is final', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const complaints = await listen(page);
  await openSettlement(page, 'Trader');
  expect(await violationsOf(page)).toEqual([]);
  const dialog = await writeDeposit(page, '1,234');
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Send 3 with my wallet' }).click();
  for (const call of ['mint', 'approve', 'deposit']) await send(page, 'Trader', call);
  await expect(dialog.getByText(/^final in block/)).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'All' }).click();
  await expect(rowOf(page, '+1,234.00')).toContainText('credited');
  expect(complaints).toEqual([]);
});

test('who says no in the wallet has sent nothing, and may try again', async ({ page }) => {
  await openSettlement(page, 'Portfolio manager');
  const dialog = await writeDeposit(page, '77');
  await dialog.getByRole('button', { name: 'Send 3 with my wallet' }).click();
  const wallet = dialogOf(page, 'Portfolio manager wallet: Send a transaction');
  await wallet.getByRole('button', { name: 'Reject' }).click();
  const steps = dialog.getByRole('list', { name: 'Transactions' });
  await expect(steps).toContainText('You rejected the request in your wallet.');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(wallet).toBeVisible();
  await wallet.getByRole('button', { name: 'Reject' }).click();
});

test('a wallet on another chain is told so, and sends nothing', async ({ page }) => {
  await announceOutsideWallet(page, 'turns');
  await page.goto(`${desk.origin}/settlement`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Outside/ }).click();
  await expect(regionOf(page, 'Vault and liabilities')).toContainText('100.0000%', { timeout: 60_000 });
  await page.keyboard.press('d');
  const dialog = dialogOf(page, 'Deposit');
  await dialog.getByLabel('Amount').fill('5');
  await expect(dialog).toContainText(
    'Your wallet is on chain 1, the vault on 31337. Put your wallet on that chain.',
  );
  await expect(dialog.getByRole('button', { name: 'Send with my wallet' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('a withdrawal is asked for, agreed to, signed into a root, claimed and paid', async ({ page }) => {
  test.setTimeout(240_000);
  await openSettlement(page, 'Portfolio manager');
  await page.keyboard.press('w');
  const dialog = dialogOf(page, 'Withdraw');
  await dialog.getByLabel('Amount').fill('250');
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toContainText('250000000');
  await expect(dialog).toContainText('dispute time of 3 s');
  await dialog.getByRole('button', { name: 'Sign and propose' }).click();
  const wallet = dialogOf(page, 'Portfolio manager wallet: Sign typed data');
  await expect(wallet).toContainText('Withdraw 250 USDC');
  await wallet.getByRole('button', { name: 'Sign', exact: true }).click();
  const said = dialog.getByRole('status');
  await expect(said).toHaveText(/^Proposal \d+ waits/);
  const proposal = Number(/\d+/.exec((await said.textContent()) ?? ''));
  await dialog.getByRole('button', { name: 'Close' }).click();
  const rows = rowOf(page, '−250.00');
  await expect(rows).toContainText('approvals 0 of 2');
  for (const index of [OPS_APPROVER, OWNER])
    await (await FirmPerson.signIn(desk.origin, index)).agree(proposal);
  await rows.getByRole('button', { name: 'Claim' }).click({ timeout: 90_000 });
  const claim = dialogOf(page, 'Claim a withdrawal');
  await claim.getByRole('button', { name: 'Send with my wallet' }).click();
  await send(page, 'Portfolio manager', 'claim');
  await expect(claim.getByText(/^final in block/)).toBeVisible();
  await claim.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'Done' }).click();
  await expect(rows).toContainText('paid, block');
});

test('a balance is recomputed on the page and equals what the vault says through the wallet', async ({
  page,
}) => {
  await openSettlement(page, 'Portfolio manager');
  const pane = regionOf(page, 'Verify my balance');
  await expect(pane).toContainText('recomputed from your state and salt', { timeout: 60_000 });
  await expect(pane).toContainText('20 siblings, same root');
  await expect(pane).toContainText('equal on chain');
  await expect(regionOf(page, 'Exit kit')).toContainText(/3 of 3 accounts, root #\d+/);
  const download = page.waitForEvent('download');
  await page.keyboard.press('x');
  const kit = JSON.parse(await readAll(await (await download).createReadStream()));
  expect(kit).toMatchObject({ format: 'ballast-exit-kit-1', chainId: 31_337 });
  expect(kit.accounts).toHaveLength(3);
});

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

test('a script that alters where a withdrawal goes gets nothing', async ({ page }) => {
  await infect(page);
  await openSettlement(page, 'Portfolio manager');
  const watcher = await FirmPerson.signIn(desk.origin, OWNER);
  const before = (await watcher.proposals()).length;
  await page.keyboard.press('w');
  const dialog = dialogOf(page, 'Withdraw');
  await dialog.getByLabel('Amount').fill('99');
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toContainText('99000000');
  await swapInWallet(page, ['action', 'to'], OTHER_WALLET);
  await dialog.getByRole('button', { name: 'Sign and propose' }).click();
  const code = await refusalOf(page, /^\/api\/v1\/proposals$/, async () => {
    const wallet = dialogOf(page, 'Portfolio manager wallet: Sign typed data');
    await expect(wallet).toContainText(OTHER_WALLET);
    await wallet.getByRole('button', { name: 'Sign', exact: true }).click();
  });
  expect(code).toBe('signature.invalid');
  await expect(dialog.getByRole('status')).toHaveText(
    'The signature does not match the signed bytes and the key.',
  );
  expect(await watcher.proposals()).toHaveLength(before);
});

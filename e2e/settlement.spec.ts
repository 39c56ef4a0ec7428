import { type Browser, expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { detailOf, entryOf, groupOf, openApprovals, signShown } from './firm.ts';
import { test } from './journey.ts';
import { infect, refusalOf, swapInRequest, swapInWallet } from './malware.ts';
import { listen, violationsOf } from './quiet.ts';
import { send as orders, readOutcome, write } from './ticket.ts';
import { dialogOf, openSettlement, regionOf, rowOf, send, stepsOf, tokensOf, writeDeposit } from './vault.ts';
import { announceOutsideWallet, type PersonName } from './wallet.ts';

/**
 * Money comes in by a wallet's own transactions and goes out by a root that a quorum signed; what stands in between is
 * on one page, and a balance is proved on it without the desk's word.
 */
const desk = stillDesk();

const OWNER = 9;
const [BASIS, VOL] = [8, 10];
const OTHER_WALLET = `0x${'66'.repeat(20)}`;

test('money comes in, is traded with, is agreed to and claimed, and is in the wallet to the unit', async ({
  page,
  browser,
}) => {
  const complaints = await listen(page);
  const watcher = await FirmPerson.signIn(desk.origin, OWNER);
  await openSettlement(page, desk.origin, 'Portfolio manager');
  await page.getByRole('banner').getByLabel('Account').selectOption(String(VOL));
  const first = await watcher.usdcOf(VOL);

  await test.step('it is made, allowed by a signature and sent by the wallet, and credited once its block is final', async () => {
    const dialog = await writeDeposit(page, '1,234.50');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send 2 with my wallet' }).click();
    await send(page, 'Portfolio manager', 'mint');
    await signShown(page, 'Portfolio manager', '1234500000');
    await send(page, 'Portfolio manager', 'depositWithPermit');
    await expect(dialog.getByText(/^final in block/)).toHaveCount(2);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'All' }).click();
    await rowOf(page, '+1,234.50').getByRole('button').click();
    await expect(rowOf(page, '+1,234.50')).toContainText('credited');
    await expectSteps(page, [/^sent/, /^in a block.*block \d+/, /^credited/, /^in root/], 3);
    expect(await watcher.usdcOf(VOL)).toBe(first + 1_234_500_000);
  });

  await test.step('it is traded with', async () => {
    await openPage(page, 'Trade');
    await write(page, { side: 'Buy', type: 'Market', size: '0.1' });
    await orders(page);
    const [, , fee] = await readOutcome(page, 'Filled: order');
    expect(fee).toBeGreaterThan(0);
    await expect.poll(() => watcher.usdcOf(VOL)).toBe(first + 1_234_500_000 - fee!);
  });

  const traded = await watcher.usdcOf(VOL);
  const before = await tokensOf(desk.origin, 'USDC', watcher.address);
  const proposal = await test.step('a withdrawal of some of it is asked for', async () => {
    await openPage(page, 'Settlement');
    return await askToWithdraw(page, '250.25');
  });

  await test.step('operations and the owner agree, each in a browser of their own', async () => {
    const row = rowOf(page, '−250.25');
    await expect(row).toContainText('approvals 0 of 2');
    await row.getByRole('button').click();
    await expect(stepsOf(page)).toContainText('Must still agree: 1 ops approver and 1 firm owner.');
    const says = 'Withdraw 250.25 USDC';
    const others = await elsewhere(browser);
    await agreeAs(others, 'Ops approver', proposal, says);
    await expect(row).toContainText('approvals 1 of 2');
    await expect(stepsOf(page)).toContainText('Must still agree: 1 firm owner.');
    await others.context().close();
    const owner = await elsewhere(browser);
    await agreeAs(owner, 'Firm owner', proposal, says);
    await owner.context().close();
    await expect(stepsOf(page)).toContainText(`Proposal #${proposal}`);
    expect(await watcher.usdcOf(VOL)).toBe(traded - 250_250_000);
  });

  await test.step('a root carries it, and anybody claims it to the owner', async () => {
    const row = rowOf(page, '−250.25');
    await row.getByRole('button', { name: 'Claim' }).click({ timeout: 90_000 });
    const claim = dialogOf(page, 'Claim a withdrawal');
    await claim.getByRole('button', { name: 'Send with my wallet' }).click();
    await send(page, 'Portfolio manager', 'claim');
    await expect(claim.getByText(/^final in block/)).toBeVisible();
    await claim.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'All' }).click();
    await expect(row).toContainText('paid, block');
    const over = [
      /^signed\d/,
      /^checked\d/,
      /^approved\d/,
      /^debited\d/,
      /^in root#\d/,
      /^disputeover at \d/,
    ];
    await expectSteps(page, [...over, /^paidblock \d+/], 7);
    expect((await tokensOf(desk.origin, 'USDC', watcher.address)) - before).toBe(250_250_000n);
  });

  await test.step('the proposal leads to its steps and back', async () => {
    await stepsOf(page)
      .getByRole('link', { name: `Proposal #${proposal}` })
      .click();
    await page.getByRole('link', { name: 'Its steps up to the payment' }).click();
    await page.getByRole('tab', { name: 'All' }).click();
    await expect(stepsOf(page)).toContainText(`Proposal #${proposal}`);
  });
  expect(complaints).toEqual([]);
});

/** Without a reload: the wallet that signed in stays at hand. */
async function openPage(page: Page, name: 'Trade' | 'Settlement'): Promise<void> {
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await links.filter({ hasText: new RegExp(`${name}$`) }).click();
}

/** The steps of the row that is looked at say this, in their order, and so many of them are over at least. */
async function expectSteps(page: Page, words: readonly RegExp[], overMin: number): Promise<void> {
  const steps = stepsOf(page).getByRole('listitem');
  await expect(steps).toHaveText([...words]);
  for (let place = 0; place < overMin; place++)
    await expect(steps.nth(place)).toHaveAttribute('data-is', 'done');
}

/** Asks the firm for a withdrawal to the owner's wallet. @returns the number under which it waits */
async function askToWithdraw(page: Page, amount: string): Promise<number> {
  await expect(regionOf(page, 'Vault and liabilities')).toContainText('100.0000%');
  await page.keyboard.press('w');
  const dialog = dialogOf(page, 'Withdraw');
  await dialog.getByLabel('Amount').fill(amount);
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toContainText(
    String(Number(amount) * 1e6),
  );
  await expect(dialog).toContainText('dispute time of 3 s');
  await dialog.getByRole('button', { name: 'Sign and propose' }).click();
  await signShown(page, 'Portfolio manager', `Withdraw ${amount} USDC`);
  const said = dialog.getByRole('status');
  await expect(said).toHaveText(/^Proposal \d+ waits/);
  const proposal = Number(/\d+/.exec((await said.textContent()) ?? ''));
  await dialog.getByRole('button', { name: 'Close' }).click();
  return proposal;
}

async function elsewhere(browser: Browser): Promise<Page> {
  return await (await browser.newContext()).newPage();
}

/** Agrees to a proposal on the approvals page, once it says what it is. */
async function agreeAs(page: Page, person: PersonName, proposal: number, says: string): Promise<void> {
  await openApprovals(page, desk.origin, person);
  await expect(groupOf(page, 'Mine to sign')).toContainText(`#${proposal}`);
  await entryOf(page, proposal).click();
  await expect(detailOf(page, proposal)).toContainText(says);
  await page.getByRole('button', { name: `Agree to #${proposal}` }).click();
  await signShown(page, person, says);
  await expect(detailOf(page, proposal)).toContainText(
    `${person === 'Ops approver' ? 'Ops approver 1' : person} agreed`,
  );
}

test('who says no in the wallet has sent nothing, and may try again', async ({ page }) => {
  await openSettlement(page, desk.origin, 'Portfolio manager');
  const dialog = await writeDeposit(page, '77');
  await dialog.getByRole('button', { name: 'Send 2 with my wallet' }).click();
  const wallet = dialogOf(page, 'Portfolio manager wallet: Send a transaction');
  await wallet.getByRole('button', { name: 'Reject' }).click();
  const steps = dialog.getByRole('list', { name: 'Transactions' });
  await expect(steps).toContainText('You rejected the request in your wallet.');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(wallet).toBeVisible();
  await wallet.getByRole('button', { name: 'Reject' }).click();
});

test('who says no to the signature has sent nothing; one that the token does not take makes way for an allowance', async ({
  page,
}) => {
  await infect(page);
  await openSettlement(page, desk.origin, 'Portfolio manager');
  const dialog = await writeDeposit(page, '55');
  await dialog.getByRole('button', { name: 'Send 2 with my wallet' }).click();
  await send(page, 'Portfolio manager', 'mint');
  const wallet = dialogOf(page, 'Portfolio manager wallet: Sign typed data');
  await expect(wallet).toContainText('55000000');
  await wallet.getByRole('button', { name: 'Reject' }).click();
  const steps = dialog.getByRole('list', { name: 'Transactions' });
  await expect(steps).toContainText('You rejected the request in your wallet.');

  // Of another number than the token's next one.
  await swapInWallet(page, ['nonce'], '99');
  // The tokens are there now: it is worked out anew.
  await expect(steps.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await signShown(page, 'Portfolio manager', '99');
  await expect(steps).toContainText('Allow exactly 55');
  for (const call of ['approve', 'deposit']) await send(page, 'Portfolio manager', call);
  await expect(dialog.getByText(/^final in block/)).toHaveCount(2);
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

test('a balance is recomputed on the page and equals what the vault says through the wallet', async ({
  page,
}) => {
  await openSettlement(page, desk.origin, 'Portfolio manager');
  const pane = regionOf(page, 'Verify my balance');
  await expect(pane).toContainText('recomputed from your state and salt', { timeout: 60_000 });
  await expect(pane).toContainText('20 siblings, same root');
  await expect(pane).toContainText('equal on chain');
  await expect(regionOf(page, 'Exit kit')).toContainText(/3 of 3 accounts, roots? #\d+/);
  const download = page.waitForEvent('download');
  await page.keyboard.press('x');
  const kit = JSON.parse(await readAll(await (await download).createReadStream()));
  expect(kit).toMatchObject({ format: 'ballast-exit-kit-1', chainId: 31_337 });
  // Twice where a newer root is posted and not final yet.
  const subs = kit.accounts.map(({ proof }: { proof: { leaf: { sub: string } } }) => proof.leaf.sub);
  expect(new Set(subs).size).toBe(3);

  await test.step('the kit is used on a copy of the chain, and pays what it says', async () => {
    const copy = dialogOf(page, 'Leave without the desk, rehearsed');
    // A root that is posted while the dialog opens is in the kit a moment later.
    await expect(async () => {
      await page.getByRole('button', { name: 'Rehearse' }).click();
      await expect(copy.getByRole('status')).toContainText(/ in \d/, { timeout: 30_000 });
      const words = await copy.getByRole('status').textContent();
      await copy.getByRole('button', { name: 'Close' }).click();
      expect(words).toMatch(
        /^Frozen at root #\d+ after 10 min of silence\. 3 of 3 left with all they have\./,
      );
    }).toPass({ timeout: 90_000 });
    expect(await violationsOf(page)).toEqual([]);
  });
});

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

test('a script that alters where a withdrawal goes, or how much of it, gets nothing', async ({ page }) => {
  await infect(page);
  await openSettlement(page, desk.origin, 'Portfolio manager');
  const watcher = await FirmPerson.signIn(desk.origin, OWNER);
  const stand = async () => [await watcher.proposals(), await watcher.usdcOf(BASIS)];
  const before = await stand();
  await page.keyboard.press('w');
  const dialog = dialogOf(page, 'Withdraw');
  const [ask, said] = [dialog.getByRole('button', { name: 'Sign and propose' }), dialog.getByRole('status')];
  await dialog.getByLabel('Amount').fill('99');
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toContainText('99000000');
  const refused = async (shows: string) => {
    await ask.click();
    const sign = () => signShown(page, 'Portfolio manager', shows);
    expect(await refusalOf(page, /^\/api\/v1\/proposals$/, sign)).toBe('signature.invalid');
    await expect(said).toHaveText('The signature does not match the signed bytes and the key.');
    expect(await stand()).toEqual(before);
  };

  for (const [field, value] of [
    ['to', OTHER_WALLET],
    ['amount', '990000000000'],
  ] as const)
    await test.step(`the wallet is given another ${field}, and its person does not look`, async () => {
      await swapInWallet(page, ['action', field], value);
      await refused(value);
    });

  for (const [field, value] of [
    ['to', OTHER_WALLET],
    ['amount', 990_000_000_000],
  ] as const)
    await test.step(`another ${field} is sent than the wallet showed`, async () => {
      await swapInRequest(page, '/api/v1/proposals', ['action', field], value);
      await refused('Withdraw 99 USDC');
    });

  await test.step('another is drafted: nobody is asked to sign', async () => {
    await swapInRequest(page, '/api/v1/proposals/draft', ['action', 'to'], OTHER_WALLET);
    await ask.click();
    await expect(said).toContainText('The desk drafted another');
    await expect(said).toContainText('Nothing was signed.');
    expect(await stand()).toEqual(before);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { exitPage, type KitAccount } from '../engine/lab/exitPage.ts';
import { addressOf } from '../engine/sandbox/people.ts';
import { sandboxVault } from '../engine/sandbox/vault.ts';
import { type AfterDesk, endDesk, StrangersWallet, unitsOf } from './afterDesk.ts';
import { startDesk } from './desk.ts';
import { test } from './journey.ts';
import { openSettlement, regionOf } from './vault.ts';

/**
 * The desk is gone for good: what is left is the kit that its page saved, the two files beside it, and the chain. The
 * second journey ends the vault, so it is the last one.
 */
let dataDir: string;
let after: AfterDesk;

test.beforeAll(async ({ browser }) => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-e2e-'));
  const desk = await startDesk({ pace: 'paused', dataDir });
  try {
    const page = await browser.newPage();
    await openSettlement(page, desk.origin, 'Firm owner');
    await expect(regionOf(page, 'Exit kit')).toContainText(/3 of 3 accounts, roots? #\d+/);
    after = await endDesk(desk, dataDir, page);
    // The last root may be younger than a guardian's time to reject it.
    await after.pass(sandboxVault.terms.dispute + 1);
    await page.context().close();
  } finally {
    await desk.stop();
  }
});
test.afterAll(async () => {
  await after?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
});

const accountsOf = (page: Page) => regionOf(page, 'Accounts of the kit');
const exitsOf = (page: Page) => accountsOf(page).getByRole('button', { name: /^Escape / });
const said = (page: Page) => page.getByRole('status').first();
const sent = (page: Page) => page.getByRole('status').last();

/** Gives the page a kit's text and waits until it has judged it: before that there is no word of it. */
async function check(page: Page, text: string): Promise<void> {
  await page.getByLabel('or its text').fill(text);
  await page.getByRole('button', { name: 'Check the kit' }).click();
  await expect(said(page)).toHaveText(/^3 accounts of vault 0x\w{40} on chain 31337\./);
  await expect(accountsOf(page).getByRole('article')).toHaveCount(3);
}

/** The kit with one account changed. */
function changed(change: (account: KitAccount) => void): string {
  const kit = JSON.parse(after.kit);
  change(kit.accounts[0]);
  return JSON.stringify(kit);
}

/** More for the account than it has, and a root of one's own that says so: only whoever knows the vault's can tell. */
function forged(account: KitAccount): void {
  const { proof } = account;
  proof.leaf.entitled[0] = String(BigInt(proof.leaf.entitled[0]!) + 1n);
  const { hash, sums } = exitPage.topOf(proof.leaf, proof.path)!;
  Object.assign(proof.root, { accountsRoot: hash, sums: sums.map(String) });
  proof.hash = exitPage.rootHashOf(proof.root);
  Object.assign(account.escape!, { data: exitPage.escapeData(proof) });
}

test('from a folder the page finds out what is false in a kit, and makes the transactions of a true one', async ({
  page,
}) => {
  const trusted = page.getByLabel('Root you trust');
  const node = page.getByLabel('A node you trust');
  await page.goto(pathToFileURL(path.join(after.folder, 'exit.html')).href);

  await test.step('one unit more, or another transaction, is refused', async () => {
    await check(
      page,
      changed(({ proof }) => {
        proof.leaf.entitled[0] = String(BigInt(proof.leaf.entitled[0]!) + 1n);
      }),
    );
    await expect(accountsOf(page)).toContainText('The leaf is not in the root.');
    await expect(exitsOf(page)).toHaveCount(2);
    await check(
      page,
      changed((account) => Object.assign(account.escape!, { to: addressOf('counterparty trader') })),
    );
    await expect(accountsOf(page)).toContainText(
      'The transaction in the kit is not the one this page makes.',
    );
    await expect(exitsOf(page)).toHaveCount(2);
  });

  await test.step('a root that never was is refused by a root one trusts, and by the chain', async () => {
    const { hash } = exitPage.readKit(after.kit).accounts[0]!.proof;
    const kit = changed(forged);
    await check(page, kit);
    await expect(said(page)).toContainText('Not held against the chain: no node is named.');
    await expect(exitsOf(page)).toHaveCount(3);
    await trusted.fill(hash);
    await check(page, kit);
    await expect(accountsOf(page)).toContainText('The root is not the one you trust.');
    await expect(exitsOf(page)).toHaveCount(2);
    await trusted.fill('');
    await node.fill(after.node);
    await check(page, kit);
    await expect(accountsOf(page)).toContainText(/The vault keeps another root \d+\./);
    await expect(exitsOf(page)).toHaveCount(2);
  });

  await test.step('the kit as it was saved holds against the chain', async () => {
    const [{ proof }] = exitPage.readKit(after.kit).accounts as [KitAccount];
    await page.getByLabel('Exit kit').setInputFiles({
      ...{ name: 'kit.json', mimeType: 'application/json' },
      buffer: Buffer.from(after.kit),
    });
    await expect(page.getByLabel('or its text')).toHaveValue(after.kit);
    await check(page, after.kit);
    await expect(said(page)).toContainText(`its newest final root is ${proof.epoch}.`);
    await expect(exitsOf(page)).toHaveCount(3);
    await exitsOf(page).first().click();
    await expect(page.getByLabel('Data')).toHaveValue(exitPage.escapeData(proof));
    await expect(page.getByLabel('To', { exact: true })).toHaveValue(proof.vault);
  });

  await test.step('without a wallet the data is for one elsewhere', async () => {
    await page.getByRole('button', { name: 'Send with the wallet of this browser' }).click();
    await expect(sent(page)).toHaveText(
      'This browser has no wallet here: send the data with one that you have elsewhere.',
    );
  });
});

test('from a server a stranger’s wallet freezes the vault, and every account is paid what the kit says', async ({
  page,
}) => {
  const { accounts } = exitPage.readKit(after.kit);
  const owner = addressOf('firm owner');
  const before = await unitsOf(after, owner);
  const wallet = new StrangersWallet(after.chain);
  await wallet.enter(page);
  await page.goto(`${after.origin}/exit.html`);
  await page.getByLabel('A node you trust').fill(after.node);
  await check(page, after.kit);
  const send = page.getByRole('button', { name: 'Send with the wallet of this browser' });
  /** @returns once the chain has what was sent */
  const sendWith = async (words: RegExp): Promise<void> => {
    await expect(page.locator('#words')).toHaveText(words);
    const before = await sent(page).textContent();
    await send.click();
    await expect(sent(page)).toHaveText(/^Sent as 0x\w{64}\.$/);
    await expect(sent(page)).not.toHaveText(before ?? '');
    const hash = /0x\w{64}/.exec((await sent(page).textContent()) ?? '')![0];
    await expect
      .poll(async () => await after.chain.call('eth_getTransactionReceipt', [hash]))
      .toMatchObject({ status: '0x1' });
  };

  await test.step('a wallet of another chain, and a freeze before its time, are refused', async () => {
    await page.getByRole('button', { name: 'Freeze: no root for too long' }).click();
    await send.click();
    await expect(sent(page)).toHaveText('The wallet is on chain 1, the vault on 31337.');
    wallet.chainId = 31_337;
    await send.click();
    await expect(sent(page)).toHaveText(/revert/);
  });

  await test.step('after too long without a root anybody freezes it', async () => {
    await after.pass(sandboxVault.terms.rootTimeout + 1);
    await sendWith(/^Freezes the vault for good/);
    await check(page, after.kit);
    await expect(said(page)).toContainText(
      `The vault is frozen at root ${accounts[0]!.proof.epoch}: accounts leave by that one.`,
    );
  });

  await test.step('each account leaves once, to its owner, with all it has', async () => {
    for (const place of accounts.keys()) {
      await exitsOf(page).nth(place).click();
      await sendWith(new RegExp(`^Pays what root \\d+ leaves .* to ${owner}\\.`));
    }
    const entitled = (asset: number) =>
      accounts.reduce((sum, { proof }) => sum + BigInt(proof.leaf.entitled[asset]!), 0n);
    expect(await unitsOf(after, owner)).toEqual(before.map((units, asset) => units + entitled(asset)));
    await send.click();
    await expect(sent(page)).toHaveText(/revert/);
  });
});

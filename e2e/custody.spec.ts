import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { ApprovalsView } from '../engine/protocol/views/approvals.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import { anvilOf } from './anvil.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { openSettings } from './settingsPage.ts';
import { signIn } from './wallet.ts';

/**
 * Who runs a firm's custody finds it in one place: which wallets are contracts, whether the custodian's machine is there,
 * what a withdrawal needs by the policy in force, and which subaccounts nothing moves out of.
 */
const desk = stillDesk();

const [MANAGER, TREASURY] = [2, 6];
const BASIS = 8;
/** Answers any call with a word: what stands at a custodian's address is a program. */
const CONTRACT = '0x60015f5260205ff3';

const tableOf = (page: Page, name: string) => page.getByRole('table', { name, exact: true });
const rowWith = (page: Page, table: string, text: string) =>
  tableOf(page, table).getByRole('row').filter({ hasText: text });

async function openCustody(page: Page): Promise<void> {
  await openSettings(page, desk.origin);
  await signIn(page, 'Ops maker');
  await expect(tableOf(page, 'Wallets and addresses')).toBeVisible();
}

test('a custodian’s machine and its contract are seen by who looks after the wallets', async ({ page }) => {
  const complaints = await listen(page);
  const [manager, signer] = await Promise.all([
    FirmPerson.signIn(desk.origin, MANAGER),
    FirmPerson.signIn(desk.origin, TREASURY),
  ]);
  const { body: firm } = await manager.client.get<FirmView>('/api/v1/firm');
  await openCustody(page);
  const lines = (address: string) => rowWith(page, 'Wallets and addresses', address);

  await test.step('the owner is there, whoever else uses a key on this screen is counted', async () => {
    await expect(lines(firm.owner)).toContainText('owner');
    await expect(lines(signer.address)).toHaveCount(0);
    await expect(page.getByText(/more wallets are keys that people of the firm use/)).toBeVisible();
  });

  await test.step('a machine that asks appears, first listening, then with when it asked', async () => {
    const { body } = await signer.client.get<ApprovalsView>('/api/v1/approvals');
    await expect(lines(signer.address)).toContainText(/asked .* ago/);
    let isAsking = true;
    // As a machine does: asked again as soon as it is answered, whatever woke it.
    const machine = (async () => {
      for (let { seq } = body; isAsking; )
        seq = (await signer.client.get<ApprovalsView>(`/api/v1/approvals?after=${seq}&waitMs=2000`)).body.seq;
    })();
    await expect(lines(signer.address)).toContainText('waits for news');
    isAsking = false;
    await machine;
    await expect(lines(signer.address)).toContainText(/asked .* ago/);
  });

  await test.step('a wallet with code is a contract from the next final block on', async () => {
    await expect(lines(signer.address)).toContainText('key');
    const anvil = anvilOf(desk.pid);
    await anvil.ask('anvil_setCode', [signer.address, CONTRACT]);
    await anvil.warp(1);
    await expect(lines(signer.address)).toContainText('contract, ERC-1271', { timeout: 30_000 });
  });

  await expect(page.getByText(`${desk.origin}/api/v1/approvals?after=SEQ&waitMs=25000`)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('what a withdrawal needs is what the policy says, band by band', async ({ page }) => {
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const { body: firm } = await manager.client.get<FirmView>('/api/v1/firm');
  const edges = firm.policy.rules.flatMap(({ when: { actions, overUsd, upToUsd } }) =>
    actions?.includes('Withdraw') ? [overUsd, upToUsd] : [],
  );
  const [small, large] = [...new Set(edges)]
    .filter((usd) => usd !== undefined)
    .sort((a, b) => a - b)
    .map((usd) => usd.toLocaleString('en-US'));
  await openCustody(page);
  const bands = tableOf(page, 'Withdrawal thresholds').getByRole('row');
  await expect(bands).toContainText([
    'worth, USD',
    `up to ${small}`,
    `over ${small}, up to ${large}`,
    `over ${large}`,
  ]);
  await expect(bands.nth(1)).toContainText('1 ops approver');
  await expect(bands.nth(3)).toContainText('2 treasury signer');
  await expect(bands.nth(3)).toContainText('waits 4 h');
  await expect(bands.nth(3)).toContainText('WITHDRAW-LARGE');
  await expect(page.getByText(`By policy v${firm.policy.version}`)).toBeVisible();
});

test('a subaccount that is kept apart is in the list as soon as it is', async ({ page }) => {
  await openCustody(page);
  await expect(page.getByText(/^0 of \d+ subaccounts are segregated/)).toBeVisible();
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const { status } = await manager.propose({ kind: 'SetSegregation', account: BASIS, isSegregated: true });
  expect(status).toBe(200);
  await expect(rowWith(page, 'Subaccounts kept apart', 'BTC-basis')).toContainText('Macro');
  await expect(page.getByText(/^1 of \d+ subaccounts are segregated/)).toBeVisible();
});

import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { AuditPageView } from '../engine/protocol/views/audit.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import { stillDesk } from './deskOfFile.ts';
import { choose, detailOf, dialogOf, openApprovals, signShown } from './firm.ts';
import { test } from './journey.ts';
import { infect, refusalOf, swapInRequest, swapInWallet, swapNothing } from './malware.ts';
import { type PersonName, signIn } from './wallet.ts';

/**
 * Something in the page gives the wallet another text than the person asked for, or sends another than was signed. Who
 * does not look signs it; the desk rebuilds the text from the request and refuses it, and nothing has happened.
 */
const desk = stillDesk();

const [MANAGER, OPS_MAKER, AUDITOR] = [2, 4, 7];
const [MACRO, BASIS, ALTS, OTHER] = [1, 8, 9, 10];
const NEW_WALLET = `0x${'a1'.repeat(20)}`;
const THEIR_WALLET = `0x${'66'.repeat(20)}`;
const MISMATCH = 'The signature does not match the signed bytes and the key.';

const PROPOSALS = /^\/api\/v1\/proposals$/;

/** Signs whatever the wallet shows, once it shows what was put there. */
const signBlindly = (page: Page, person: PersonName, shows: string) => () => signShown(page, person, shows);

async function refusals(): Promise<string[]> {
  const auditor = await FirmPerson.signIn(desk.origin, AUDITOR);
  const { body } = await auditor.client.get<AuditPageView>('/api/v1/audit?result=refused&limit=100');
  return body.records.map((record) => ('action' in record ? `${record.action} ${record.result}` : ''));
}

test('a transfer to somebody else, or of more, is not made', async ({ page }) => {
  const watcher = await FirmPerson.signIn(desk.origin, MANAGER);
  const balances = () => Promise.all([BASIS, ALTS, OTHER].map((account) => watcher.usdcOf(account)));
  const before = await balances();
  await infect(page);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await choose(page, 'Macro / BTC-basis', 'Transfer collateral…');
  const dialog = dialogOf(page, 'Transfer collateral');
  await dialog.getByLabel('To').selectOption({ label: 'Macro / Alts' });
  await dialog.getByLabel('Amount').fill('1000');
  const send = dialog.getByRole('button', { name: 'Sign and do it' });
  const said = dialog.getByRole('status');
  // The preview answers for what is written.
  await expect(dialog).toContainText('Done at once');

  for (const [field, value] of [
    ['to', String(OTHER)],
    ['amount', '900000000'],
  ] as const)
    await test.step(`the wallet is given another ${field}`, async () => {
      await swapInWallet(page, ['action', field], value);
      await send.click();
      const code = await refusalOf(page, PROPOSALS, signBlindly(page, 'Portfolio manager', value));
      expect(code).toBe('signature.invalid');
      await expect(said).toHaveText(MISMATCH);
      expect(await balances()).toEqual(before);
    });

  await test.step('another account is sent than the one that was signed', async () => {
    await swapInRequest(page, '/api/v1/proposals', ['action', 'to'], OTHER);
    await send.click();
    const code = await refusalOf(
      page,
      PROPOSALS,
      signBlindly(page, 'Portfolio manager', 'to Macro / Alts (9)'),
    );
    expect(code).toBe('signature.invalid');
    await expect(said).toHaveText(MISMATCH);
  });

  await test.step('another account is drafted: nobody is asked to sign', async () => {
    await swapInRequest(page, '/api/v1/proposals/draft', ['action', 'to'], OTHER);
    await send.click();
    await expect(said).toContainText(
      'The desk drafted another message.action.to than you asked for. Nothing was signed.',
    );
    expect(await balances()).toEqual(before);
  });

  await test.step('it is made once nobody swaps anything: nothing else was in the way', async () => {
    await swapNothing(page);
    await send.click();
    await signShown(page, 'Portfolio manager', 'Move 1,000 USDC');
    await expect(said).toHaveText(/^Done/);
    const moved = 1_000_000_000;
    expect(await balances()).toEqual([before[0]! - moved, before[1]! + moved, before[2]]);
  });
  const found = await refusals();
  expect(found.filter((each) => each === 'POST /api/v1/proposals signature.invalid')).toHaveLength(3);
});

test('no key trades but the one that was made here', async ({ page }) => {
  await infect(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  const theirKey = `0x${'5e'.repeat(32)}`;
  await swapInWallet(page, ['publicKey'], theirKey);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Trader/ }).click();
  for (const [title, button] of [
    ['Connect', 'Connect'],
    ['Sign a message', 'Sign'],
  ] as const)
    await page
      .getByRole('dialog', { name: `Trader wallet: ${title}` })
      .getByRole('button', { name: button, exact: true })
      .click();
  const code = await refusalOf(page, /^\/api\/v1\/agents$/, signBlindly(page, 'Trader', theirKey));
  expect(code).toBe('signature.invalid');
  await expect(page.getByRole('dialog', { name: 'Approve a trading key' }).getByRole('alert')).toHaveText(
    MISMATCH,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Trader 1', exact: true }).click();
  await expect(dialogOf(page, 'Trader 1')).toContainText('none in this browser');
  expect(await refusals()).toContain('POST /api/v1/agents signature.invalid');
});

test('nobody comes into the firm with another wallet than was written', async ({ page }) => {
  const maker = await FirmPerson.signIn(desk.origin, OPS_MAKER);
  await infect(page);
  await openApprovals(page, desk.origin, 'Ops maker');
  await page.getByRole('tab', { name: 'Members' }).click();
  await page.getByLabel('Name').fill('Risk 3');
  await page.getByLabel('Address of the wallet').fill(NEW_WALLET);
  const change = page.getByRole('region', { name: 'Admit somebody' });
  await expect(change.getByRole('status')).toContainText('Needs 2 admin');
  await swapInWallet(page, ['action', 'address'], THEIR_WALLET);
  await change.getByRole('button', { name: 'Sign and ask for it' }).click();
  const code = await refusalOf(page, PROPOSALS, signBlindly(page, 'Ops maker', THEIR_WALLET));
  expect(code).toBe('signature.invalid');
  await expect(change.getByRole('status')).toHaveText(MISMATCH);
  expect(await maker.proposals()).toEqual([]);
});

test('a veto that was made an approval is neither', async ({ page }) => {
  const maker = await FirmPerson.signIn(desk.origin, OPS_MAKER);
  await maker.ask({ kind: 'SetNodeState', node: MACRO, state: 'frozen' });
  const proposal = (await maker.ask({ kind: 'SetNodeState', node: MACRO, state: 'normal' }))!;
  await infect(page);
  await openApprovals(page, desk.origin, 'Risk');
  await expect(detailOf(page, proposal)).toContainText('Let all orders through again');
  const sign = page.getByRole('region', { name: 'You sign' });
  const decision = /^\/api\/v1\/proposals\/\d+\/decision$/;
  for (const [at, value] of [
    ['decision', 'approve'],
    ['approver', THEIR_WALLET],
    ['requestId', `0x${'0'.repeat(63)}9`],
  ] as const) {
    await swapInWallet(page, [at], value);
    await sign.getByLabel('Comment, or why').fill('Not before the roll.');
    await sign.getByRole('button', { name: `Veto #${proposal}` }).click();
    const code = await refusalOf(page, decision, signBlindly(page, 'Risk', value));
    expect(code).toBe('signature.invalid');
    // What is handed over to be verified has a status of its own, which says nothing until it is copied.
    await expect(sign.getByRole('status').filter({ hasText: /./ })).toHaveText(MISMATCH);
  }
  const [waiting] = await maker.proposals();
  expect(waiting).toMatchObject({ proposal, approvals: [] });
  const { body } = await maker.client.get<FirmView>('/api/v1/firm');
  expect(body.nodes[MACRO]!.state).toBe('frozen');
});

import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import {
  detailOf as detail,
  entryOf as entry,
  groupOf as group,
  openApprovals,
  queueOf as queue,
  signShown,
} from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';

/**
 * Two people of a firm decide in two browsers what others of it ask for elsewhere: one thing is vetoed, another takes
 * both their wallets, and each sees what the other did without asking.
 */
const desk = stillDesk();

const [MANAGER, OPS_MAKER] = [2, 4];
const [MACRO, BASIS, ALTS] = [1, 8, 9];

test('what is asked for is vetoed by one, agreed to by two, and then it is so', async ({ page, browser }) => {
  const complaints = await listen(page);
  const risk = page;
  const admin = await (await browser.newContext()).newPage();
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const maker = await FirmPerson.signIn(desk.origin, OPS_MAKER);
  await openApprovals(risk, desk.origin, 'Risk');
  await openApprovals(admin, desk.origin, 'Admin');
  await expect(queue(risk)).toContainText('Nothing waits.');

  await test.step('risk vetoes a transfer, and whoever looks sees it', async () => {
    const amount = 300_000_000_000;
    const proposal = (await manager.ask({ kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount }))!;
    const asked = detail(risk, proposal);
    await expect(asked).toContainText('Move 300,000 USDC from Macro / BTC-basis (8) to Macro / Alts (9).');
    await expect(asked.getByRole('region', { name: 'Margin after it' })).toContainText('−300,000');
    await expect(asked.getByRole('region', { name: 'Quorum' })).toContainText('Ops approver 1');
    await expect(risk.getByRole('button', { name: `Agree to #${proposal}` })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    const words = risk.getByLabel('Comment, or why');
    await words.fill('What is it for?');
    await risk.getByRole('button', { name: 'Ask', exact: true }).click();
    await signShown(risk, 'Risk', 'What is it for?');
    await expect(group(admin, 'Waiting for others')).toContainText('question');
    await manager.comment(proposal, 'Margin for the roll.');
    await expect(asked.getByRole('region', { name: 'Comments' })).toContainText(
      'Portfolio manager 1: Margin for the roll.',
    );
    const veto = risk.getByRole('button', { name: `Veto #${proposal}` });
    await expect(veto).toHaveAttribute('aria-disabled', 'true');
    await words.fill('Not before the roll.');
    await veto.click();
    await signShown(risk, 'Risk', 'Not before the roll.');
    await expect(group(admin, 'Decided')).toContainText('vetoed');
    await expect(detail(admin, proposal)).toContainText('vetoed by Risk 1');
    await expect(detail(admin, proposal)).toContainText('Risk 1: Not before the roll.');
  });

  await test.step('that a desk goes on takes both, each with their own wallet', async () => {
    expect(await manager.ask({ kind: 'SetNodeState', node: MACRO, state: 'frozen' })).toBeUndefined();
    const proposal = (await maker.ask({ kind: 'SetNodeState', node: MACRO, state: 'normal' }))!;
    for (const [who, person] of [
      [risk, 'Risk'],
      [admin, 'Admin'],
    ] as const) {
      await expect(group(who, 'Mine to sign')).toContainText(`#${proposal}`);
      await entry(who, proposal).click();
      await expect(detail(who, proposal).getByRole('row', { name: /^Macro/ })).toContainText('frozen→normal');
      await who.getByRole('button', { name: `Agree to #${proposal}` }).click();
      await signShown(who, person, 'Let all orders through again at Macro (node 1) and all below it.');
    }
    const trail = detail(risk, proposal).getByRole('region', { name: 'Trail' });
    await expect(trail).toContainText(/UTC.*Admin 1 agreed seq [0-9,]+ 0x2361…1e8f/);
    await expect(group(risk, 'Decided')).toContainText('done');
    const { nodes } = await (await risk.request.get(`${desk.origin}/api/v1/firm`)).json();
    expect(nodes[MACRO].state).toBe('normal');
  });

  await test.step('nothing on the page keeps anybody out, in either theme', async () => {
    for (const theme of ['dark', 'light']) {
      await risk.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(risk)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
  await admin.context().close();
});

test('who makes rules sees who could do what under them, and what nobody could', async ({ page }) => {
  const complaints = await listen(page);
  await openApprovals(page, desk.origin, 'Ops maker');
  const change = page.getByRole('region', { name: 'Change', exact: true });
  const managers = page.getByRole('row', { name: /^portfolio manager / });

  await test.step('a draft is tested and linted before anybody is asked', async () => {
    await page.getByRole('tab', { name: 'Policy' }).click();
    await expect(page.getByRole('region', { name: /^Policy v1/ })).toBeVisible();
    await expect(managers).toContainText('1 ops approver · expires 24 h · risk may veto');
    await page.getByRole('button', { name: 'TRANSFER', exact: true }).click();
    await page.getByLabel('People of group 1').fill('3');
    await expect(managers).toContainText('not the people for it');
    await expect(change.getByRole('list', { name: 'Findings' })).toContainText(
      'TRANSFER There are not 3 ops approver',
    );
    await page.getByLabel('People of group 1').fill('2');
    await expect(change.getByRole('list', { name: 'Findings' })).toHaveCount(0);
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('it is asked for, and waits for two admins and a day', async () => {
    await expect(change).toContainText('Needs 2 admin · waits 24 h · expires 24 h');
    await change.getByRole('button', { name: 'Sign and ask for it' }).click();
    await signShown(page, 'Ops maker', "Replace the firm's policy by these");
    await expect(change).toContainText(/It waits for others as #\d+\./);
    await page.getByRole('tab', { name: 'Queue' }).click();
    await expect(group(page, 'Waiting for others')).toContainText('Set policy');
    await expect(page.getByRole('row', { name: /^TRANSFER/ })).toContainText('2 ops approver');
  });

  await test.step('the last who may propose rules may not leave, and says why', async () => {
    await page.getByRole('tab', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Ops maker you' }).click();
    await page.getByText('end membership').click();
    await expect(page.getByRole('region', { name: 'Change Ops maker' })).toContainText('Would be refused:');
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

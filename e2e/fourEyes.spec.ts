import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { formatUsd } from '../lib/format.ts';
import { stillDesk } from './deskOfFile.ts';
import {
  buyForBasis,
  checkExport,
  choose,
  choosePort,
  detailOf,
  dialogOf,
  entryOf,
  foundOn,
  groupOf,
  lookBack,
  openApprovals,
  propose,
  rowOf,
  signShown,
} from './firm.ts';
import { test } from './journey.ts';
import { listen } from './quiet.ts';
import { type PersonName, signIn } from './wallet.ts';

/**
 * What one person of a firm asks for in a browser, others decide in theirs, each with their own wallet, and who audits
 * them finds it all afterwards, with the desk's help and without.
 */
const desk = stillDesk();

const MANAGER = 2;
const [MACRO, BASIS, ALTS] = [1, 8, 9];
const USD = 1_000_000;

async function elsewhere(browser: Browser, person: PersonName): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openApprovals(page, desk.origin, person);
  return page;
}

/** Opens a proposal and agrees to it, once it says what it is. */
async function agree(page: Page, person: PersonName, proposal: number, says: string): Promise<void> {
  await expect(groupOf(page, 'Mine to sign')).toContainText(`#${proposal}`);
  await entryOf(page, proposal).click();
  await expect(detailOf(page, proposal)).toContainText(says);
  await page.getByRole('button', { name: `Agree to #${proposal}` }).click();
  await signShown(page, person, says);
}

test('one asks, one vetoes, two agree, each in a browser of their own, and the auditor finds it', async ({
  page,
  browser,
}) => {
  const complaints = await listen(page);
  const watcher = await FirmPerson.signIn(desk.origin, MANAGER);
  const held = async (account: number) => {
    const { body } = await watcher.client.get<FirmRiskView>('/api/v1/firm/risk');
    return body.accounts.find((each) => each.account === account)!.positions.map(({ lots }) => lots);
  };
  const hardLimit = async () => {
    const { body } = await watcher.client.get<FirmView>('/api/v1/firm');
    return body.nodes[MACRO]!.limits?.hard.grossUsd;
  };
  const before = (await hardLimit())!;
  await buyForBasis(watcher, '0.5');
  const lots = await held(BASIS);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const risk = await elsewhere(browser, 'Risk');

  await test.step('a manager asks for more room, and risk vetoes it', async () => {
    await choose(page, 'Macro', 'Limits…');
    const dialog = dialogOf(page, 'Change limits');
    const gross = dialog.getByLabel('Gross, hard');
    await expect(gross).toHaveValue((before / USD).toLocaleString('en-US'));
    await gross.fill(String((2 * before) / USD));
    await expect(dialog).toContainText('1 risk + 1 admin · waits 24 h');
    const proposal = await propose(page, 'Change limits', 'Portfolio manager', 'Limit Macro');
    await page.keyboard.press('Escape');
    await entryOf(risk, proposal).click();
    const [was, asked] = [before, 2 * before].map((limit) => formatUsd(limit));
    const row = detailOf(risk, proposal).getByRole('row', { name: /^hard gross, USD/ });
    await expect(row).toContainText(`${was}→${asked}`);
    const reason = 'Not before the roll.';
    await risk.getByLabel('Comment, or why').fill(reason);
    await risk.getByRole('button', { name: `Veto #${proposal}` }).click();
    await signShown(risk, 'Risk', reason);
    await expect(detailOf(risk, proposal)).toContainText('vetoed by Risk 1');
    await expect(detailOf(risk, proposal)).toContainText(reason);
    expect(await hardLimit()).toBe(before);
  });

  const ported = await test.step('a position goes over once two more people agree', async () => {
    const says = 'Port 0.5 BTC-PERP from Macro / BTC-basis (8) to Macro / Alts (9) at the mark';
    const dialog = await choosePort(page, 'Macro / BTC-basis', 'BTC-PERP');
    await dialog.getByLabel('To').selectOption({ label: 'Macro / Alts' });
    await expect(dialog).toContainText('1 portfolio manager of the receiver + 1 risk');
    const proposal = await propose(page, 'Port a position', 'Portfolio manager', says);
    await page.keyboard.press('Escape');
    const second = await elsewhere(browser, 'Second portfolio manager');
    await agree(second, 'Second portfolio manager', proposal, says);
    await expect(detailOf(second, proposal)).toContainText('Portfolio manager 2 agreed');
    expect(await held(ALTS)).toEqual([]);
    await agree(risk, 'Risk', proposal, says);
    for (const who of [risk, second]) await expect(groupOf(who, 'Decided')).toContainText('done');
    await expect.poll(() => held(ALTS)).toEqual(lots);
    expect(await held(BASIS)).toEqual([]);
    await expect(rowOf(page, 'Macro / Alts')).not.toContainText(`#${proposal}`);
    await second.context().close();
    return proposal;
  });

  await test.step('nobody’s page complained', async () => {
    expect(complaints).toEqual([]);
    await risk.context().close();
  });

  await test.step('the auditor finds both, and the desk as it was before', async () => {
    const auditor = await (await browser.newContext()).newPage();
    await auditor.goto(`${desk.origin}/audit`);
    await signIn(auditor, 'Auditor');
    await seeInLog(auditor, ported);
    await checkWithoutDesk(auditor);
    await auditor.context().close();
  });
});

async function seeInLog(page: Page, ported: number): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Audit log' }).getByRole('row');
  const actions = page.getByRole('combobox', { name: 'action' });
  const record = page.getByRole('region', { name: /^Record [0-9,]+$/ });
  await actions.selectOption('SetLimits');
  const vetoed = rows.filter({ hasText: 'Decide.SetLimits' });
  await expect(vetoed).toContainText('vetoed');
  await expect(vetoed).toContainText('Risk 1');
  await actions.selectOption('PortPosition');
  const decisions = rows.filter({ hasText: 'Decide.PortPosition' });
  await expect(decisions).toHaveCount(2);
  const done = decisions.filter({ hasText: 'applied' });
  await done.getByRole('button', { name: /^Show record/ }).click();
  await expect(record).toContainText(`#${ported}`);
  await expect(record).toContainText('Portfolio manager 2, Risk 1');
  await expect(record).toContainText('hash holds');
  const past = await lookBack(page);
  const positions = (account: string) =>
    past
      .getByRole('table', { name: 'Accounts as they were' })
      .getByRole('row', { name: new RegExp(account) })
      .getByRole('cell')
      .nth(4);
  await expect(positions('BTC-basis')).toHaveText('1');
  await expect(positions('Alts')).toHaveText('0');
  await expect(past.getByRole('table', { name: 'Limits as they were' })).toContainText('"grossUsd":');
  await page.getByRole('button', { name: 'Return to live' }).click();
  await expect(past).toBeHidden();
}

/** What the desk gave away is checked in a page that cannot ask it. */
async function checkWithoutDesk(page: Page): Promise<void> {
  const key = page.getByRole('region', { name: 'Export', exact: true }).getByText(/^[0-9a-f]{64}$/);
  const publicKey = (await key.textContent()) ?? '';
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Log and its seal' }).click();
  const content = await readFile(await (await coming).path(), 'utf8');
  expect(content).toContain('Decide.PortPosition');
  await page.getByRole('link', { name: 'Check a file here' }).click();
  await expect(foundOn(page)).toContainText('Nothing checked yet.');
  await page.context().setOffline(true);
  await page.getByLabel('Key you trust, for an export').fill(publicKey);
  await checkExport(page, content);
  await expect(foundOn(page)).toContainText('Nothing was changed, left out, added or moved.');
  await expect(foundOn(page)).toContainText('held against the key you trust');
  await checkExport(page, content.replace('"result":"vetoed"', '"result":"applied"'));
  await expect(foundOn(page)).toContainText('Its content does not match its hash.');
}

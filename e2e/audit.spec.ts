import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { checkExport, foundOn as found, lookBack } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/**
 * An auditor sees what was decided, looks at the desk as of before, takes the log away and checks it in a page without
 * a network; a byte that somebody changed is found there.
 */
const desk = stillDesk();

const MANAGER = 2;
const [BASIS, ALTS] = [8, 9];
const MOVED = 1_000_000_000;

test('the auditor sees a decision, looks at the desk before it, and checks the log without the desk', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await manager.ask({ kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: MOVED });
  await page.goto(`${desk.origin}/audit`);
  await signIn(page, 'Auditor');
  const log = page.getByRole('grid', { name: 'Audit log' });

  await test.step('who, by which rule, and what it changed', async () => {
    // A fresh desk still lists its contracts: they may stand before it.
    const actions = page.getByRole('combobox', { name: 'action' });
    await actions.selectOption('Transfer');
    const row = log.getByRole('row').filter({ hasText: 'Propose.Transfer' });
    await expect(row).toContainText('applied');
    await row.getByRole('button', { name: /^Show record/ }).click();
    const record = page.getByRole('region', { name: /^Record [0-9,]+$/ });
    await expect(record).toContainText('hash holds');
    await expect(record.getByRole('row', { name: /^account 9 USDC/ })).toBeVisible();
    await actions.selectOption('SetPolicy');
    await expect(page.getByText('No record matches.')).toBeVisible();
    await actions.selectOption('Transfer');
    await expect(row).toBeVisible();
  });

  await test.step('the desk as of before it, to be looked at only', async () => {
    const past = await lookBack(page);
    await expect(past).toContainText('nothing can be sent from here');
    await expect(past.getByRole('table', { name: 'Accounts as they were' })).toContainText('BTC-basis');
    await expect(past).toContainText('State hash');
    for (const theme of ['dark', 'light']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Return to live' }).click();
    await expect(past).toBeHidden();
    expect(await violationsOf(page)).toEqual([]);
  });

  const text = await (await page.request.get(`${desk.origin}/api/v1/audit/export`)).text();
  const { publicKey } = await (await page.request.get(`${desk.origin}/api/v1/audit`)).json();
  await test.step('the log is checked without a network, and a changed byte is found', async () => {
    await page.getByRole('link', { name: 'Check a file here' }).click();
    await expect(found(page)).toContainText('Nothing checked yet.');
    // From here on the page misses its desk, and says so.
    expect(complaints).toEqual([]);
    await page.context().setOffline(true);
    await page.getByLabel('Key you trust, for an export').fill(publicKey);
    await checkExport(page, text);
    await expect(found(page)).toContainText('Nothing was changed, left out, added or moved.');
    await expect(found(page)).toContainText('held against the key you trust');
    await checkExport(page, text.replace(`"amount":${MOVED}`, `"amount":${MOVED + 1}`));
    await expect(found(page)).toContainText('Its content does not match its hash.');
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('a text to be signed is decoded field by field, without a network too', async () => {
    await page.getByLabel('Typed data or export').fill(JSON.stringify(typedData));
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(found(page).getByRole('row', { name: /^action.amount/ })).toContainText('1000000000');
    await expect(found(page).getByRole('row', { name: /^action hash/ })).toContainText(/0x[0-9a-f]{64}/);
  });
});

const typedData = {
  domain: { name: 'Ballast', version: '1', chainId: 31_337, verifyingContract: `0x${'c3'.repeat(20)}` },
  primaryType: 'Propose',
  types: {
    Propose: [
      { name: 'summary', type: 'string' },
      { name: 'action', type: 'Transfer' },
      { name: 'firm', type: 'int64' },
    ],
    Transfer: [
      { name: 'from', type: 'int64' },
      { name: 'to', type: 'int64' },
      { name: 'asset', type: 'string' },
      { name: 'amount', type: 'int64' },
    ],
  },
  message: {
    summary: 'Move 1000 USDC.',
    action: { from: '8', to: '9', asset: 'USDC', amount: '1000000000' },
    firm: '1',
  },
};

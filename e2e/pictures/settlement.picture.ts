import { expect, type Page, test } from '@playwright/test';
import { FirmPerson } from '../../engine/lab/firmPerson.ts';
import { addressOf } from '../../engine/lab/seeds/people.ts';
import { startDesk } from '../desk.ts';
import { signIn } from '../wallet.ts';
import { shoot } from './shoot.ts';

/** People of the sandbox by their place in its list of wallets. */
const [PORTFOLIO_MANAGER, OPS_APPROVER, OWNER] = [2, 5, 9];
const BASIS = 8;
const HOUR_MS = 3_600_000;

test('the vault, its roots, what comes and goes, and a balance that is proved', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const desk = await startDesk();
  try {
    await page.goto(`${desk.origin}/settlement`);
    await signIn(page, 'Portfolio manager');
    const vault = page.getByRole('region', { name: 'Vault and liabilities', exact: true });
    await expect(vault).toContainText('100.0000%', { timeout: 60_000 });
    await ask(desk.origin, 420_000);
    const agreed = await ask(desk.origin, 40_000);
    for (const index of [OPS_APPROVER, OWNER])
      await (await FirmPerson.signIn(desk.origin, index)).agree(agreed);
    await page.getByRole('tab', { name: 'All' }).click();
    await shoot(page, browser, 'settlement', () => proved(page));
  } finally {
    await desk.stop();
  }
});

/** A withdrawal to the owner's own wallet. @returns the number under which it waits */
async function ask(origin: string, usdc: number): Promise<number> {
  const person = await FirmPerson.signIn(origin, PORTFOLIO_MANAGER);
  const number = await person.ask({
    kind: 'Withdraw',
    account: BASIS,
    asset: 'USDC',
    amount: usdc * 1e6,
    to: addressOf('firm owner'),
    deadlineMs: Date.now() + HOUR_MS,
  });
  return number!;
}

async function proved(page: Page): Promise<void> {
  const pane = page.getByRole('region', { name: 'Verify my balance', exact: true });
  await expect(pane).toContainText('equal on chain', { timeout: 60_000 });
}

import { expect, type Page } from '@playwright/test';
import { budget } from './budget.ts';
import { stillDesk } from './deskOfFile.ts';
import { ACCOUNTS, FIRST, growFirm, PER_GROUP } from './grownFirm.ts';
import { test } from './journey.ts';
import { signIn } from './wallet.ts';

/**
 * A firm of a thousand subaccounts on one screen: what is drawn is what is in sight, and the keyboard walks all of it.
 * The desk's own answers are grown on their way to the page, so that each number is one the engine has made.
 */
const desk = stillDesk();

/** Longest time between two frames of the page while it does something, ms. */
async function longestFrameMs(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const frames = window as Window & { longestFrameMs?: number };
    frames.longestFrameMs = 0;
    let last = performance.now();
    const look = (now: number) => {
      if (frames.longestFrameMs === undefined) return;
      frames.longestFrameMs = Math.max(frames.longestFrameMs, now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  return await page.evaluate(() => {
    const frames = window as Window & { longestFrameMs?: number };
    const longest = frames.longestFrameMs ?? 0;
    frames.longestFrameMs = undefined;
    return longest;
  });
}

test('of a thousand subaccounts only what is in sight is drawn, and the keyboard reaches the last one', async ({
  page,
}) => {
  await growFirm(page);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const tree = page.getByRole('treegrid', { name: 'Subaccounts' });
  const rowOf = (name: string) =>
    tree.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await expect(page.getByText('1,000 accounts')).toBeVisible();
  const longestMs = await longestFrameMs(page, async () => {
    await rowOf('Ballast Sandbox').focus();
    await page.keyboard.press('End');
    await expect(rowOf(`Zone ${FIRST + ACCOUNTS / PER_GROUP - 1}`)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await expect(rowOf(`Book ${2 * FIRST + ACCOUNTS - 1}`)).toBeFocused();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await expect(rowOf('Ballast Sandbox')).toBeFocused();
  });
  test.info().annotations.push({ type: 'longest frame', description: `${Math.round(longestMs)} ms` });
  expect(await tree.locator('tr[data-key]').count()).toBeLessThan(80);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  expect(nodes).toBeLessThanOrEqual(budget.domNodes);
});

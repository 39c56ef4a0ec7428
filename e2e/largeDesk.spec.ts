import { expect, type Page } from '@playwright/test';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { budget } from './budget.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { signIn } from './wallet.ts';

/**
 * A firm of a thousand subaccounts on one screen: what is drawn is what is in sight, and the keyboard walks all of it.
 * The desk's own answers are grown on their way to the page, so that each number is one the engine has made.
 */
const desk = stillDesk();

const ACCOUNTS = 1_000;
const PER_GROUP = 50;
const FIRST = 1_000;

/** So many subaccounts in groups of fifty below the root, each like the first one. */
async function growFirm(page: Page): Promise<void> {
  const groups = Array.from({ length: ACCOUNTS / PER_GROUP }, (_, group) => FIRST + group);
  const places = Array.from({ length: ACCOUNTS }, (_, place) => ({
    number: 2 * FIRST + place,
    parent: groups[Math.floor(place / PER_GROUP)]!,
  }));
  await page.route('**/api/v1/firm', async (route) => {
    const response = await route.fetch();
    const firm = (await response.json()) as FirmView;
    const like = { ...firm.nodes.find(({ account }) => account !== null)! };
    const group = (node: number) => ({ ...like, node, parent: 0, account: null, label: `Zone ${node}` });
    const grown = [
      ...firm.nodes.filter(({ account }) => account === null),
      ...groups.map(group),
      ...places.map(({ number, parent }) => ({
        ...like,
        node: number,
        parent,
        account: number,
        label: `Book ${number}`,
      })),
    ];
    await route.fulfill({ response, json: { ...firm, nodes: grown } });
  });
  await page.route('**/api/v1/firm/risk', async (route) => {
    const response = await route.fetch();
    const view = (await response.json()) as FirmRiskView;
    const [like] = view.accounts;
    const accounts = places.map(({ number }) => ({
      ...like!,
      account: number,
      node: number,
      label: `Book ${number}`,
    }));
    const limits = groups.map((node) => ({ node, kind: 'gross', of: '', used: 1e9, soft: 2e9, hard: 4e9 }));
    await route.fulfill({ response, json: { ...view, accounts, limits } });
  });
}

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
  test.setTimeout(120_000);
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
